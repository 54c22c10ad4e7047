import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import type { DomainEvent } from 'src/common/events/domain-event';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { InvalidTransition } from './booking.errors';
import {
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  type BookingFact,
} from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister } from './booking-register.service';
import { cancellationAct, penaltyArises } from './booking.rules';
import type { Part } from './booking.state';
import type { Booking } from './booking.types';

/** Withdrawing from a booking, by either side. */
@Injectable()
export class BookingCancellationService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * T5–T9. A client after the threshold of the policy that the booking was made under cancels late, and a penalty
   * arises.
   *
   * @throws InvalidTransition from the start of the session on, and when the booking is no longer active
   */
  @Transactional()
  async cancel(me: Principal, id: string, reason: string | null): Promise<Booking> {
    const { booking, coachTimezone, mover } = await this.locks.hold(me, id);
    const at = this.clock.now();
    const act = orThrow(cancellationAct(booking, at), InvalidTransition);
    const part = mover.part === 'client' ? 'client' : 'coach';
    const penaltyDue = penaltyArises(act, part);
    return this.register.move(booking, coachTimezone, { act, by: mover, at, reason, penaltyDue }, (fact) =>
      factOf(fact, part, penaltyDue, reason),
    );
  }
}

function factOf(fact: BookingFact, part: Part, penaltyDue: boolean, reason: string | null): DomainEvent {
  if (part === 'coach') return new BookingCancelledByCoach(fact, reason);
  return penaltyDue ? new BookingCancelledLate(fact, penaltyDue) : new BookingCancelledByClient(fact);
}
