import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { together } from 'src/common/transaction/together';
import { penaltyChange, statusChange } from './booking-change.rules';
import { BookingEffects } from './booking-effects.service';
import { factOf, requestFactOf } from './booking-facts';
import { BookingNotFound, InvalidTransition } from './booking.errors';
import {
  BookingConfirmed,
  type BookingFact,
  BookingMoved,
  BookingRequested,
  SeatReleased,
  SeatsReleased,
  SeatTaken,
} from './booking.events';
import { BookingRecord } from './booking-record.service';
import { BookingRepository } from './booking.repository';
import { type ActorRole, type BookingAct, type BookingStatus, isActive, nextStatus, type Part } from './booking.state';
import type { Booking, BookingChange, NewBooking } from './booking.types';
import { isCausedByCoach, penaltyWord, type Settlement, settlementOf } from './penalty.rules';
import { DiscoveryRequested } from './requests/request.events';
import { factOfRequest, RequestRegister } from './requests/request-register.service';
import type { CoachingRequest } from './requests/request.types';
import { SeatRepository } from './seat.repository';
import type { KeptSeat } from './slots/slot.types';

/** Who moves a booking: a person in a part, or the product itself. */
export interface Mover {
  part: Part | 'system';
  role: ActorRole;
  /** Null for the product itself. */
  userId: string | null;
}

export const SYSTEM: Mover = { part: 'system', role: 'system', userId: null };

/** A booking that nobody else can move until this transaction ends. */
export interface HeldBooking {
  booking: Booking;
  /** IANA name. */
  coachTimezone: string;
}

/** Who does something to a booking, when, and why. */
export interface Deed {
  by: Mover;
  at: Date;
  reason?: string | null;
}

export interface Move extends Deed {
  act: BookingAct;
}

/** A decision about a penalty: the money moves, the status stays. */
export interface Verdict extends Deed {
  money: Settlement['money'];
  change: BookingChange;
  /** What the history says where nobody gave a reason. */
  word: string;
}

/** What a new booking takes its seat with. */
export interface Opening extends Deed {
  /** Seats of the slot. */
  capacity: number;
  /** What the waitlist keeps for the client at this start: the booking takes its place. */
  kept: KeptSeat | null;
  /** IANA name. */
  coachTimezone: string;
}

/**
 * The one place where a booking is opened and moved: row, seat, engagements, credit, payment, relation, history and
 * facts change together, in the caller's transaction, along the table of rules §1.1. So no path can forget one of them.
 */
@Injectable()
export class BookingRegister {
  constructor(
    private readonly bookings: BookingRepository,
    private readonly history: BookingRecord,
    private readonly seats: SeatRepository,
    private readonly effects: BookingEffects,
    private readonly requests: RequestRegister,
    private readonly events: EventBus,
  ) {}

  /**
   * T1, T1b, T1c: under the lock of the coach.
   *
   * @throws SlotUnavailable, ClientBusy, NoCreditsAvailable
   */
  async open(booking: NewBooking, opening: Opening): Promise<Booking> {
    const { at, coachTimezone } = opening;
    const opened = await this.place(booking, opening);
    await this.effects.hold(opened, at);
    const request = await this.requests.booked(opened, at);
    const fact = factOf(opened, null, coachTimezone, at);
    const word = await this.wordOf(opened, request, fact);
    await together(word && this.events.publish(word), this.events.publish(new SeatTaken(fact)));
    return opened;
  }

  /**
   * Moves a locked booking along the table. A move that ends it frees its seat, and takes its money or gives it back.
   *
   * @throws InvalidTransition when the table has no such move
   */
  async move(held: HeldBooking, move: Move, fact: (fact: BookingFact) => DomainEvent): Promise<Booking> {
    const { told, isReleased } = await this.step(held, move, fact);
    if (isReleased) await this.events.publish(new SeatReleased(told));
    return orThrow(await this.bookings.findById(held.booking.id), BookingNotFound);
  }

  /** Many of one coach, in their order; who waits for a place is asked once, when all are free. @throws InvalidTransition */
  async moveAll(
    coachId: string,
    held: readonly HeldBooking[],
    move: Move,
    fact: (fact: BookingFact) => DomainEvent,
  ): Promise<void> {
    const starts = new Set<number>();
    for (const each of held) {
      const { told, isReleased } = await this.step(each, move, fact);
      if (isReleased) starts.add(told.scheduledAt.getTime());
    }
    const released = [...starts].map((start) => new Date(start));
    if (released.length > 0) await this.events.publish(new SeatsReleased(coachId, released));
  }

  /** Everything of a move but what becomes of the seat that it may release. */
  private async step(
    { booking, coachTimezone }: HeldBooking,
    { act, by, at, reason = null }: Move,
    fact: (fact: BookingFact) => DomainEvent,
  ): Promise<{ told: BookingFact; isReleased: boolean }> {
    const status = orThrow(nextStatus(booking.status, act, by.part), InvalidTransition);
    const settlement = settlementOf(act, by.part, booking);
    const circumstances = { at, coachTimezone, causedByCoach: isCausedByCoach(act, by.part) };
    const money = await this.effects.settle(booking, settlement.money, circumstances);
    const change = { ...statusChange(status, by, at, reason), ...penaltyChange(settlement, at), ...money };
    await this.bookings.change(booking, change, at);
    await this.record(booking, status, { by, at, reason: reason ?? penaltyWord(act, settlement, booking) });
    const isFreed = isActive(booking.status) && !isActive(status);
    if (isFreed) await this.seats.release(booking.id);
    await this.effects.tellRelation(booking, act, at);
    const request = await this.requests.moved(booking, status, by.part === 'coach' ? reason : null, at);
    const told = factOf(booking, booking.status, coachTimezone, at);
    await this.events.publish(requestFactOf(request, told, status, reason) ?? fact(told));
    return { told, isReleased: isFreed && at < booking.scheduledAt };
  }

  /** Decides about a penalty of a locked booking: a step of its history that leads to the status it came from. */
  async judge(
    { booking, coachTimezone }: HeldBooking,
    { by, at, reason = null, money, change, word }: Verdict,
    fact: (fact: BookingFact) => DomainEvent,
  ): Promise<Booking> {
    const paid = await this.effects.settle(booking, money, { at, coachTimezone, causedByCoach: false });
    await this.bookings.change(booking, { ...change, ...paid }, at);
    await this.record(booking, booking.status, { by, at, reason: reason ?? word });
    await this.events.publish(fact(factOf(booking, booking.status, coachTimezone, at)));
    return orThrow(await this.bookings.findById(booking.id), BookingNotFound);
  }

  /**
   * Puts a booking in the place of a locked one (rules §1.5). The seat is given back and taken anew, never changed: so
   * moves that cross wait for each other in one order only.
   *
   * @throws SlotUnavailable, ClientBusy
   */
  async replace({ booking, coachTimezone }: HeldBooking, successor: NewBooking, opening: Opening): Promise<Booking> {
    const { by, at, reason = null } = opening;
    const status = orThrow(nextStatus(booking.status, 'cancel_in_time', by.part), InvalidTransition);
    await this.seats.release(booking.id);
    const moved = await this.place(successor, { ...opening, reason: null });
    await this.effects.carry(booking, moved, at);
    await this.bookings.change(booking, statusChange(status, by, at, reason), at);
    await this.record(booking, status, { by, at, reason });
    const isNewlyConfirmed = booking.status === 'pending_coach_validation' && moved.status === 'confirmed';
    if (isNewlyConfirmed) await this.effects.tellRelation(moved, 'confirm', at);
    await this.requests.carried(booking, moved, at);
    const previous = { bookingId: booking.id, scheduledAt: booking.scheduledAt, status: booking.status };
    const mover = by.part === 'client' ? 'client' : 'coach';
    const fact = factOf(moved, null, coachTimezone, at);
    await this.events.publish(new BookingMoved(fact, previous, mover, reason, moved.expiresAt));
    await this.events.publish(new SeatTaken(fact));
    await this.events.publish(new SeatReleased(factOf(booking, booking.status, coachTimezone, at)));
    return moved;
  }

  /** Writes the booking, takes its seat and begins its history. */
  private async place(booking: NewBooking, { capacity, kept, by, at }: Opening): Promise<Booking> {
    const { id: bookingId, status: to } = booking;
    const step = { at, from: null, to, actorRole: by.role, actorId: by.userId, reason: null };
    const [opened] = await together(
      this.bookings.insert(booking, at),
      kept && this.seats.drop(kept.entryId),
      this.seats.take({ ...booking, bookingId, startsAt: booking.scheduledAt, capacity }),
      this.history.append(bookingId, step),
    );
    return orThrow(opened, BookingNotFound);
  }

  /** What is told of a booking that was just opened. */
  private async wordOf(
    opened: Booking,
    request: CoachingRequest | null,
    fact: BookingFact,
  ): Promise<DomainEvent | null> {
    const { status, expiresAt } = opened;
    if (status === 'confirmed') {
      await this.effects.tellRelation(opened, 'confirm', fact.at);
      return requestFactOf(request, fact, status) ?? new BookingConfirmed(fact);
    }
    if (!expiresAt) return null;
    if (request) return new DiscoveryRequested(factOfRequest(request, fact.at), fact, expiresAt);
    return new BookingRequested(fact, expiresAt, await this.effects.sessionsRemaining(opened));
  }

  private async record(booking: Booking, to: BookingStatus, { by, at, reason = null }: Deed): Promise<void> {
    const step = { at, from: booking.status, to, actorRole: by.role, actorId: by.userId, reason };
    await this.history.append(booking.id, step);
  }
}
