import { HOUR_MS } from 'src/common/clock/durations';
import type { BookingStatus } from './booking.state';

/** How long before a request lapses its coach is reminded, and how long before a session its people are. */
const BEFORE_LAPSE_MS = 2 * HOUR_MS;
const DAY_BEFORE_MS = 24 * HOUR_MS;
const HOUR_BEFORE_MS = HOUR_MS;

/** Of a request that waits, of a session that comes in a day, of one that comes in an hour. */
export type ReminderKind = 'answer' | 'day_before' | 'hour_before';

interface Mark {
  kind: ReminderKind;
  at: Date;
}

interface Remindable {
  status: BookingStatus;
  scheduledAt: Date;
  expiresAt: Date | null;
  confirmedAt: Date | null;
  createdAt: Date;
}

/**
 * When a booking is to be reminded of, earliest first (rules §8, §9). A mark that lies before the request, or before the
 * confirmation, is none: who has just agreed needs no reminder.
 */
function marksOf({ status, scheduledAt, expiresAt, confirmedAt, createdAt }: Remindable): Mark[] {
  if (status === 'pending_coach_validation') {
    const at = expiresAt && before(expiresAt, BEFORE_LAPSE_MS);
    return at && at > createdAt ? [{ kind: 'answer', at }] : [];
  }
  if (status !== 'confirmed' || confirmedAt === null) return [];
  const marks: Mark[] = [
    { kind: 'day_before', at: before(scheduledAt, DAY_BEFORE_MS) },
    { kind: 'hour_before', at: before(scheduledAt, HOUR_BEFORE_MS) },
  ];
  return marks.filter(({ at }) => at >= confirmedAt);
}

/** The first mark of a booking, or with `after` the first one later than that; null when there is none. */
export function nextMark(booking: Remindable, after?: Date): Date | null {
  return marksOf(booking).find(({ at }) => after === undefined || at > after)?.at ?? null;
}

/**
 * What is to be reminded of now: marks from `since` on that have come. Late is better than never, but not at the moment
 * when the request lapses or the session begins, nor after it.
 *
 * @param since the first mark that nobody was reminded at
 */
export function dueReminders(booking: Remindable, since: Date, now: Date): ReminderKind[] {
  const end = booking.status === 'pending_coach_validation' ? booking.expiresAt : booking.scheduledAt;
  if (end === null || now >= end) return [];
  return marksOf(booking)
    .filter(({ at }) => at >= since && at <= now)
    .map(({ kind }) => kind);
}

function before(at: Date, ms: number): Date {
  return new Date(at.getTime() - ms);
}
