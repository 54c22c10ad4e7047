import { Temporal } from 'temporal-polyfill';
import { localDay, mondayOf, type Period, startOfLocalDay } from 'src/common/clock/local-days';

/** The Monday of the week that a zone lives in, `YYYY-MM-DD`. */
export function currentMonday(now: Date, timezone: string): string {
  return mondayOf(localDay(now, timezone)).toString();
}

/** Monday 00:00 to the next Monday, by the clocks of a zone: 167 or 169 hours where they change. */
export function weekFrom(monday: string, timezone: string): Period {
  const day = Temporal.PlainDate.from(monday);
  return { from: startOfLocalDay(day, timezone), to: startOfLocalDay(day.add({ days: 7 }), timezone) };
}

/** The whole month in which a week begins. */
export function monthFrom(monday: string, timezone: string): Period {
  const first = Temporal.PlainDate.from(monday).with({ day: 1 });
  return { from: startOfLocalDay(first, timezone), to: startOfLocalDay(first.add({ months: 1 }), timezone) };
}

/** So many weeks, the one of `now` last. */
export function weeksUntil(now: Date, timezone: string, count: number): Period[] {
  const monday = mondayOf(localDay(now, timezone));
  return Array.from({ length: count }, (_, place) =>
    weekFrom(monday.subtract({ weeks: count - 1 - place }).toString(), timezone),
  );
}

/**
 * How many days in a row saw a session, up to today, or to yesterday while today has none (rules §11.6).
 *
 * @param sessions when they took place, in any order; what is still to come does not count
 */
export function streakOf(sessions: readonly Date[], now: Date, timezone: string): number {
  const past = sessions.filter((at) => at <= now);
  const trained = new Set(past.map((at) => localDay(at, timezone).toString()));
  const today = localDay(now, timezone);
  let day = trained.has(today.toString()) ? today : today.subtract({ days: 1 });
  let length = 0;
  for (; trained.has(day.toString()); day = day.subtract({ days: 1 })) length += 1;
  return length;
}
