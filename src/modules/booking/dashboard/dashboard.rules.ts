import { Temporal } from 'temporal-polyfill';

/** `[from, to)`. */
export interface Period {
  from: Date;
  to: Date;
}

/** Monday to Sunday around an instant, in the wall clock of a zone. */
export function weekAround(now: Date, timezone: string): Period {
  const today = dayOf(now, timezone);
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return { from: startOf(monday, timezone), to: startOf(monday.add({ days: 7 }), timezone) };
}

/** The month around an instant, in the wall clock of a zone. */
export function monthAround(now: Date, timezone: string): Period {
  const first = dayOf(now, timezone).with({ day: 1 });
  return { from: startOf(first, timezone), to: startOf(first.add({ months: 1 }), timezone) };
}

/** Hours to the hundredth. */
export function hoursOf(minutes: number): number {
  return Math.round((minutes * 100) / 60) / 100;
}

function dayOf(now: Date, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone).toPlainDate();
}

/** A day may begin at 01:00 where clocks change at midnight. */
function startOf(day: Temporal.PlainDate, timezone: string): Date {
  return new Date(day.toZonedDateTime(timezone).epochMilliseconds);
}
