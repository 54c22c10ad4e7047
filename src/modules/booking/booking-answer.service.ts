import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingExpired } from './booking.errors';
import { BookingAutoRejected, BookingConfirmed, BookingRejected } from './booking.events';
import { BookingLocks } from './booking-locks.service';
import { BookingRegister, type HeldBooking, SYSTEM } from './booking-register.service';
import { isLapsed } from './booking.rules';
import type { Booking } from './booking.types';
import { TimeOffService } from './time-off/time-off.service';

/** An answer of the coach, or the lapse that it came too late for. */
export interface Answer {
  booking: Booking;
  lapsed: boolean;
}

/** The coach's yes or no to a request, and what happens when neither comes. */
@Injectable()
export class BookingAnswerService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly timeOff: TimeOffService,
    private readonly clock: Clock,
  ) {}

  /**
   * T2: the session takes place.
   *
   * @throws BookingExpired when the 24 h are over: the booking is auto-rejected by then, and stays so
   * @throws CoachOnTimeOff when he has taken that time off since: the request still waits
   */
  async confirm(me: Principal, id: string): Promise<Booking> {
    return this.inTime(await this.answer(me, id, 'confirm', null));
  }

  /** T3: the seat is free again. @throws BookingExpired as for confirm */
  async reject(me: Principal, id: string, reason: string | null): Promise<Booking> {
    return this.inTime(await this.answer(me, id, 'reject', reason));
  }

  /** T4, by the job: false when somebody was faster. */
  @Transactional()
  async expire(id: string): Promise<boolean> {
    const held = await this.locks.holdForSystem(id);
    const now = this.clock.now();
    if (held?.booking.status !== 'pending_coach_validation' || !isLapsed(held.booking.expiresAt, now)) return false;
    await this.lapse(held, now);
    return true;
  }

  /** T2, T3, or T4 when they come too late: in the caller's transaction, which a lapse must not roll back. */
  @Transactional()
  async answer(me: Principal, id: string, act: 'confirm' | 'reject', reason: string | null): Promise<Answer> {
    const held = await this.locks.holdAsCoach(me, id);
    const { booking, mover } = held;
    const at = this.clock.now();
    if (booking.status === 'pending_coach_validation' && isLapsed(booking.expiresAt, at))
      return { booking: await this.lapse(held, at), lapsed: true };
    if (act === 'confirm' && booking.status === 'pending_coach_validation')
      await this.timeOff.assertPresent(booking.coachId, booking.scheduledAt, booking.endsAt);
    const moved = await this.register.move(held, { act, by: mover, at, reason }, (fact) =>
      act === 'confirm' ? new BookingConfirmed(fact) : new BookingRejected(fact, reason),
    );
    return { booking: moved, lapsed: false };
  }

  private async lapse(held: HeldBooking, at: Date): Promise<Booking> {
    const move = { act: 'expire', by: SYSTEM, at } as const;
    return this.register.move(held, move, (fact) => new BookingAutoRejected(fact));
  }

  /** The lapse is kept, so it is told only after its transaction has committed. */
  private inTime({ booking, lapsed }: Answer): Booking {
    if (lapsed) throw new BookingExpired();
    return booking;
  }
}
