import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { BookingNotFound, InvalidTransition } from './booking.errors';
import {
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  type BookingFact,
} from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister } from './booking-register.service';
import { actorIn } from './booking.policy';
import { BookingRepository } from './booking.repository';
import type { Part } from './booking.state';
import type { Booking } from './booking.types';
import { type Cancellation, cancellationOf } from './cancellation.rules';

/** What a cancellation would do now, with what the coach says about cancelling. */
export interface CancellationPreview {
  booking: Booking;
  cancellation: Cancellation;
  clientMessage: string | null;
}

/** Withdrawing from a booking, by either side. */
@Injectable()
export class BookingCancellationService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly bookings: BookingRepository,
    private readonly coaches: CoachService,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * T5–T9. A client after the threshold of the policy that the booking was made under cancels late, and a penalty
   * arises.
   *
   * @throws BookingNotFound, InvalidTransition from the start of the session on, and when the booking is no longer active
   */
  @Transactional()
  async cancel(me: Principal, id: string, reason: string | null): Promise<Booking> {
    const held = await this.locks.hold(me, id);
    const { booking, mover } = held;
    const at = this.clock.now();
    const cancellation = cancellationOf(booking, mover.part, at);
    const act = orThrow(cancellation.act, InvalidTransition);
    return this.register.move(held, { act, by: mover, at, reason }, (fact) =>
      factOf(fact, mover.part, cancellation, reason),
    );
  }

  /** What `cancel` would do for this caller at this moment. @throws BookingNotFound */
  async preview(me: Principal, id: string): Promise<CancellationPreview> {
    const booking = orThrow(await this.bookings.findById(id), BookingNotFound);
    const { part } = orThrow(actorIn(booking, me), BookingNotFound);
    const schedule = await this.coaches.findSchedule(booking.coachId);
    const cancellation = cancellationOf(booking, part, this.clock.now());
    return { booking, cancellation, clientMessage: schedule?.policy.clientMessage ?? null };
  }
}

function factOf(fact: BookingFact, part: Part, { act, penalty }: Cancellation, reason: string | null): DomainEvent {
  if (part === 'coach') return new BookingCancelledByCoach(fact, reason);
  return act === 'cancel_late'
    ? new BookingCancelledLate(fact, penalty !== 'to_decide')
    : new BookingCancelledByClient(fact);
}
