import { Temporal } from 'temporal-polyfill';

/** `[from, to)`. */
export interface Period {
  from: Date;
  to: Date;
}

/** The day that the calendar of a zone shows at an instant. */
export function localDay(at: Date, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone).toPlainDate();
}

/** The same as a date, YYYY-MM-DD. */
export function localDate(at: Date, timezone: string): string {
  return localDay(at, timezone).toString();
}

/** When a day begins in a zone: at 01:00 where clocks change at midnight. */
export function startOfLocalDay(day: Temporal.PlainDate, timezone: string): Date {
  return new Date(day.toZonedDateTime(timezone).epochMilliseconds);
}

/** The Monday of the week that a day belongs to. */
export function mondayOf(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}
