import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { BookingNotFound, InvalidTransition } from './booking.errors';
import { type BookingFact, BookingRequested, SeatReleased } from './booking.events';
import { BookingHistoryRepository } from './booking-history.repository';
import { BookingRepository } from './booking.repository';
import { type ActorRole, type BookingAct, isActive, nextStatus, type Part } from './booking.state';
import type { Booking, BookingChange, BookingStep, NewBooking } from './booking.types';
import { SeatRepository } from './seat.repository';

/** Who moves a booking: a person in a part, or the product itself. */
export interface Mover {
  part: Part | 'system';
  role: ActorRole;
  /** Null for the product itself. */
  userId: string | null;
}

export interface Move {
  act: BookingAct;
  by: Mover;
  at: Date;
  reason?: string | null;
  penaltyDue?: boolean;
}

/**
 * The one place where a booking is opened and moved: row, seat, engagements, history and facts change together, in the
 * caller's transaction, along the table of rules §1.1.
 */
@Injectable()
export class BookingRegister {
  constructor(
    private readonly bookings: BookingRepository,
    private readonly history: BookingHistoryRepository,
    private readonly seats: SeatRepository,
    private readonly events: EventBus,
  ) {}

  /** Under the lock of the coach. */
  async open(booking: NewBooking, capacity: number, coachTimezone: string, at: Date): Promise<Booking> {
    await this.bookings.insert(booking, at);
    await this.seats.take({ ...booking, bookingId: booking.id, startsAt: booking.scheduledAt, capacity });
    await this.history.append(booking.id, {
      at,
      from: null,
      to: booking.status,
      actorRole: 'client',
      actorId: booking.clientId,
      reason: null,
    });
    const opened = orThrow(await this.bookings.findById(booking.id), BookingNotFound);
    if (opened.expiresAt)
      await this.events.publish(new BookingRequested(factOf(opened, coachTimezone, at), opened.expiresAt));
    return opened;
  }

  /**
   * Moves a locked booking along the table. A move that ends it frees its seat.
   *
   * @throws InvalidTransition when the table has no such move
   */
  async move(
    booking: Booking,
    coachTimezone: string,
    { act, by, at, reason = null, penaltyDue = false }: Move,
    fact: (fact: BookingFact) => DomainEvent,
  ): Promise<Booking> {
    const status = orThrow(nextStatus(booking.status, act, by.part), InvalidTransition);
    await this.bookings.change(booking.id, changeOf(status, at, by, reason, penaltyDue), at);
    await this.history.append(booking.id, {
      at,
      from: booking.status,
      to: status,
      actorRole: by.role,
      actorId: by.userId,
      reason,
    });
    const told = factOf(booking, coachTimezone, at);
    if (!isActive(status)) await this.seats.release(booking.id);
    await this.events.publish(fact(told));
    if (!isActive(status)) await this.events.publish(new SeatReleased(told));
    return orThrow(await this.bookings.findById(booking.id), BookingNotFound);
  }

  async steps(bookingId: string, query: PageQuery): Promise<Rows<BookingStep>> {
    return this.history.page(bookingId, query);
  }
}

function changeOf(
  status: Booking['status'],
  at: Date,
  by: Mover,
  reason: string | null,
  penaltyDue: boolean,
): BookingChange {
  return {
    status,
    penaltyDue,
    ...(status === 'confirmed' && { confirmedAt: at }),
    ...(status.startsWith('cancelled_') && { cancelledAt: at }),
    // A client's reason is his own: it stands in the history only.
    ...(by.part === 'coach' && { coachCancelReason: reason }),
  };
}

function factOf(booking: Booking, coachTimezone: string, at: Date): BookingFact {
  const { id, clientId, coachId, scheduledAt, durationMin } = booking;
  return { bookingId: id, clientId, coachId, scheduledAt, durationMin, coachTimezone, at };
}
