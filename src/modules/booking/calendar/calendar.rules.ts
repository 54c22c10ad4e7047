import { createHash } from 'node:crypto';
import { DAY_MS } from 'src/common/clock/durations';
import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { OwnEvent } from './calendar.types';

/** The longest stretch of an agenda. */
export const AGENDA_DAYS = 92;

/** What takes, or took, somebody's time. */
export const AGENDA_STATUSES: readonly BookingStatus[] = ['pending_coach_validation', 'confirmed', 'done', 'no_show'];

/** How a calendar calls the state of an event. */
export type CalendarStatus = 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';

const CALENDAR_STATUS: Readonly<Record<BookingStatus, CalendarStatus>> = {
  pending_coach_validation: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  done: 'CONFIRMED',
  no_show: 'CONFIRMED',
  cancelled_by_client: 'CANCELLED',
  cancelled_late_by_client: 'CANCELLED',
  cancelled_by_coach: 'CANCELLED',
  cancelled_by_coach_late: 'CANCELLED',
  rejected: 'CANCELLED',
  auto_rejected: 'CANCELLED',
};

export function calendarStatus(status: BookingStatus): CalendarStatus {
  return CALENDAR_STATUS[status];
}

/** The other party's name: one's own is no news. */
export function titleOf({ as, coachName, clientName }: Pick<OwnEvent, 'as' | 'coachName' | 'clientName'>): string {
  return as === 'coach' ? clientName : coachName;
}

/** A feed goes 30 days back, so that a calendar which was offline still hears what became of its events. */
export function feedStart(now: Date): Date {
  return new Date(now.getTime() - 30 * DAY_MS);
}

/** Grows when the same events are written in another way, so that calendars fetch them anew. */
const EDITION = 1;

/** A name for what a feed says now, without writing it down: most calendars ask far more often than anything changes. */
export function feedVersion(events: readonly OwnEvent[], language: string): string {
  return createHash('sha256')
    .update(JSON.stringify([EDITION, language, events]))
    .digest('base64url');
}
