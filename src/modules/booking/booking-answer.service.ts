import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { BookingExpired } from './booking.errors';
import { BookingAutoRejected, BookingConfirmed, BookingRejected } from './booking.events';
import { BookingLocks, type HeldBooking } from './booking-locks.service';
import { BookingRegister, type Mover } from './booking-register.service';
import { BookingRepository } from './booking.repository';
import { isLapsed } from './booking.rules';
import type { Booking } from './booking.types';

const SYSTEM: Mover = { part: 'system', role: 'system', userId: null };

/** An answer of the coach, or the lapse that it came too late for. */
interface Answer {
  booking: Booking;
  lapsed: boolean;
}

/** The coach's yes or no to a request, and what happens when neither comes. */
@Injectable()
export class BookingAnswerService {
  constructor(
    private readonly locks: BookingLocks,
    private readonly register: BookingRegister,
    private readonly bookings: BookingRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * T2: the session takes place.
   *
   * @throws BookingExpired when the 24 h are over: the booking is auto-rejected by then, and stays so
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

  /** Requests whose deadline has passed, soonest first. */
  async lapsedIds(limit: number): Promise<string[]> {
    return this.bookings.findLapsedIds(this.clock.now(), limit);
  }

  async firstDeadline(): Promise<Date | null> {
    return this.bookings.firstDeadline();
  }

  @Transactional()
  private async answer(me: Principal, id: string, act: 'confirm' | 'reject', reason: string | null): Promise<Answer> {
    const held = await this.locks.holdAsCoach(me, id);
    const { booking, coachTimezone, mover } = held;
    const at = this.clock.now();
    if (booking.status === 'pending_coach_validation' && isLapsed(booking.expiresAt, at))
      return { booking: await this.lapse(held, at), lapsed: true };
    const moved = await this.register.move(booking, coachTimezone, { act, by: mover, at, reason }, (fact) =>
      act === 'confirm' ? new BookingConfirmed(fact) : new BookingRejected(fact, reason),
    );
    return { booking: moved, lapsed: false };
  }

  private async lapse({ booking, coachTimezone }: HeldBooking, at: Date): Promise<Booking> {
    const move = { act: 'expire', by: SYSTEM, at } as const;
    return this.register.move(booking, coachTimezone, move, (fact) => new BookingAutoRejected(fact));
  }

  /** The lapse is kept, so it is told only after its transaction has committed. */
  private inTime({ booking, lapsed }: Answer): Booking {
    if (lapsed) throw new BookingExpired();
    return booking;
  }
}
