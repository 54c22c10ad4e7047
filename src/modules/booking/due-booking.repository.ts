import { Injectable } from '@nestjs/common';
import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';
import { Database, type Statement } from 'src/common/transaction/database';
import { AUTO_DONE_HOURS } from './booking.rules';
import { UNDECIDED_DAYS } from './penalty.rules';

const LAPSED: Statement = {
  name: 'booking_find_lapsed',
  text: `SELECT id FROM bookings WHERE status = 'pending_coach_validation' AND expires_at <= $1
         ORDER BY expires_at, id LIMIT $2`,
};
const FIRST_DEADLINE: Statement = {
  name: 'booking_first_deadline',
  text: `SELECT min(expires_at) AS at FROM bookings WHERE status = 'pending_coach_validation'`,
};
const OVERDUE: Statement = {
  name: 'booking_find_overdue',
  text: `SELECT id FROM bookings WHERE status = 'confirmed' AND ends_at < $1 ORDER BY ends_at, id LIMIT $2`,
};
const FIRST_END: Statement = {
  name: 'booking_first_end',
  text: `SELECT min(ends_at) AS at FROM bookings WHERE status = 'confirmed'`,
};
const UNDECIDED: Statement = {
  name: 'booking_find_undecided',
  text: `SELECT id FROM bookings WHERE penalty_due AND penalty_applied_at IS NULL AND penalty_arisen_at <= $1
         ORDER BY penalty_arisen_at, id LIMIT $2`,
};
const FIRST_UNDECIDED: Statement = {
  name: 'booking_first_undecided',
  text: `SELECT min(penalty_arisen_at) AS at FROM bookings WHERE penalty_due AND penalty_applied_at IS NULL`,
};
const REMINDABLE: Statement = {
  name: 'booking_find_remindable',
  text: 'SELECT id FROM bookings WHERE remind_at <= $1 ORDER BY remind_at, id LIMIT $2',
};
const FIRST_MARK: Statement = { name: 'booking_first_mark', text: 'SELECT min(remind_at) AS at FROM bookings' };

/** Bookings that only time moves, found by the clock: what the periodic jobs work off, soonest first. */
@Injectable()
export class DueBookingRepository {
  constructor(private readonly database: Database) {}

  /** Requests whose deadline has come (T4). */
  async lapsedIds(now: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(LAPSED, [now, limit]);
  }

  async nextLapse(): Promise<Date | null> {
    return this.first(FIRST_DEADLINE, 0);
  }

  /** Confirmed sessions whose end is more than 48 h ago (T13). */
  async overdueIds(now: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(OVERDUE, [new Date(now.getTime() - AUTO_DONE_HOURS * HOUR_MS), limit]);
  }

  async nextOverdue(): Promise<Date | null> {
    return this.first(FIRST_END, AUTO_DONE_HOURS * HOUR_MS + 1);
  }

  /** Penalties that the coach has left undecided for 30 days (rules §3.3). */
  async undecidedIds(now: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(UNDECIDED, [new Date(now.getTime() - UNDECIDED_DAYS * DAY_MS), limit]);
  }

  async nextUndecided(): Promise<Date | null> {
    return this.first(FIRST_UNDECIDED, UNDECIDED_DAYS * DAY_MS);
  }

  /** Bookings that somebody is to be reminded of (rules §9). */
  async remindableIds(now: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(REMINDABLE, [now, limit]);
  }

  async nextReminder(): Promise<Date | null> {
    return this.first(FIRST_MARK, 0);
  }

  private async first(statement: Statement, laterMs: number): Promise<Date | null> {
    const first = await this.database.value<Date>(statement);
    return first && new Date(first.getTime() + laterMs);
  }
}
