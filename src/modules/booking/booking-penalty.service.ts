import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { NoPenaltyToApply, WAIVE_ERRORS } from './booking.errors';
import { PenaltyApplied, PenaltyWaived } from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister, type HeldBooking, type Mover, SYSTEM } from './booking-register.service';
import type { Booking } from './booking.types';
import { chargeOf, isForgotten, mayApply, waiveRefusal } from './penalty.rules';

/** What the coach decides about a late cancellation or a no-show that counts (rules §3.3). */
@Injectable()
export class BookingPenaltyService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * The session counts: one of the package is consumed, or its price is due.
   *
   * @throws BookingNotFound, RoleForbidden, NoPenaltyToApply unless it waits for this decision and costs something
   */
  @Transactional()
  async apply(me: Principal, id: string): Promise<Booking> {
    const held = await this.locks.holdAsCoach(me, id);
    if (!mayApply(held.booking)) throw new NoPenaltyToApply();
    const at = this.clock.now();
    const change = { penaltyAppliedAt: at };
    const verdict = { by: held.mover, at, money: 'take', change, word: chargeOf(held.booking) } as const;
    return this.register.judge(held, verdict, (fact) => new PenaltyApplied(fact));
  }

  /**
   * Nothing is due any more: what was taken or still held comes back. A payment that was made stays; the two settle it
   * between them.
   *
   * @throws BookingNotFound, RoleForbidden, NoPenaltyToWaive, AlreadyWaived
   */
  @Transactional()
  async waive(me: Principal, id: string, reason: string | null): Promise<Booking> {
    const held = await this.locks.holdAsCoach(me, id);
    const refusal = waiveRefusal(held.booking);
    if (refusal) throw new WAIVE_ERRORS[refusal]();
    return this.drop(held, held.mover, reason, this.clock.now());
  }

  /** The daily job: what the coach left undecided for 30 days is waived. False when somebody was faster. */
  @Transactional()
  async settle(id: string): Promise<boolean> {
    const held = await this.locks.holdForSystem(id);
    const at = this.clock.now();
    if (!held || !isForgotten(held.booking, at)) return false;
    await this.drop(held, SYSTEM, null, at);
    return true;
  }

  private async drop(held: HeldBooking, by: Mover, reason: string | null, at: Date): Promise<Booking> {
    const change = { lateCancelWaived: true, penaltyDue: false, waiveReason: reason };
    const verdict = { by, at, reason, money: 'give_back', change, word: 'none' } as const;
    const waiver = by.part === 'system' ? 'system' : 'coach';
    return this.register.judge(held, verdict, (fact) => new PenaltyWaived(fact, waiver, reason));
  }
}
