import { recordOf } from 'src/common/json/record';
import type { CalendarEvent } from './calendar-event.rules';

/** Statuses of an event, of which `cancelled` is a deleted one: its id stays taken. */
const STATUSES = ['confirmed', 'tentative', 'cancelled'];

/** What Google asks us to slow down with, beside 429. Everything else of a 403 stays so however long we wait. */
const SLOW_DOWN = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'calendarUsageLimitsExceeded',
]);

/** Our part of an event. What people add to it themselves, a colour or a reminder, is not in it. */
export function googleEvent(event: CalendarEvent): Record<string, unknown> {
  return {
    summary: event.title,
    location: event.location,
    start: { dateTime: event.startsAt.toISOString(), timeZone: event.timezone },
    end: { dateTime: event.endsAt.toISOString(), timeZone: event.timezone },
    status: 'confirmed',
    transparency: 'opaque',
    extendedProperties: { private: { mycoach_booking_id: event.bookingId } },
  };
}

/** The same for an event that is not there yet. */
export function newGoogleEvent(event: CalendarEvent): Record<string, unknown> {
  return { id: event.id, ...googleEvent(event), reminders: { useDefault: true } };
}

/** Whether an answer is the event of that id, in the calendar. */
export function isWritten(answer: unknown, eventId: string): boolean {
  const { id, status } = recordOf(answer);
  return id === eventId && typeof status === 'string' && STATUSES.includes(status) && status !== 'cancelled';
}

/** Whether a 403 only asks for patience. @param body of the answer */
export function asksForPatience(body: unknown): boolean {
  const { errors } = recordOf(recordOf(body)['error']);
  return Array.isArray(errors) && errors.some((error) => SLOW_DOWN.has(String(recordOf(error)['reason'])));
}
