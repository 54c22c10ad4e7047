import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { InvalidTransition, SessionNotStarted } from './booking.errors';
import { BookingAutoDone, BookingDone, BookingNoShow } from './booking.events';
import { BookingLocks, type BookingHeldBy } from './booking-locks.service';
import { BookingRegister, SYSTEM } from './booking-register.service';
import { isOverdue } from './booking.rules';
import { type BookingAct, nextStatus } from './booking.state';
import type { Booking } from './booking.types';
import { mayCorrect } from './penalty.rules';

/** What became of a session: it took place, or the client did not come. */
@Injectable()
export class BookingOutcomeService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * T10: its credit is consumed, or its price is due.
   *
   * @throws BookingNotFound, RoleForbidden, InvalidTransition, SessionNotStarted
   */
  @Transactional()
  async complete(me: Principal, id: string): Promise<Booking> {
    const held = await this.locks.holdAsCoach(me, id);
    const at = this.clock.now();
    assertOver(held, 'complete', at);
    return this.register.move(held, { act: 'complete', by: held.mover, at }, (fact) => new BookingDone(fact));
  }

  /**
   * T11: due or free, as the booking's policy says. T14: on a session that the job counted as done, for 7 days.
   *
   * @throws BookingNotFound, RoleForbidden, InvalidTransition, SessionNotStarted
   */
  @Transactional()
  async miss(me: Principal, id: string): Promise<Booking> {
    const held = await this.locks.holdAsCoach(me, id);
    const { booking, mover } = held;
    const at = this.clock.now();
    const act = booking.status === 'done' ? 'correct' : 'miss';
    assertOver(held, act, at);
    if (act === 'correct' && !mayCorrect(booking, at)) throw new InvalidTransition();
    const due = booking.policyNoshowIsDue;
    return this.register.move(held, { act, by: mover, at }, (fact) => new BookingNoShow(fact, due));
  }

  /** T13, by the job: false when somebody was faster. */
  @Transactional()
  async completeOverdue(id: string): Promise<boolean> {
    const held = await this.locks.holdForSystem(id);
    const at = this.clock.now();
    if (held?.booking.status !== 'confirmed' || !isOverdue(held.booking.endsAt, at)) return false;
    await this.register.move(held, { act: 'complete', by: SYSTEM, at }, (fact) => new BookingAutoDone(fact));
    return true;
  }
}

/** The table of rules §1.1 first, then the start: a request that nobody confirmed was no session. */
function assertOver({ booking, mover }: BookingHeldBy, act: BookingAct, at: Date): void {
  if (nextStatus(booking.status, act, mover.part) === null) throw new InvalidTransition();
  if (at.getTime() < booking.scheduledAt.getTime()) throw new SessionNotStarted();
}
