import { localDay, mondayOf, type Period, startOfLocalDay } from 'src/common/clock/local-days';

/** Monday to Sunday around an instant, in the wall clock of a zone. */
export function weekAround(now: Date, timezone: string): Period {
  const monday = mondayOf(localDay(now, timezone));
  return { from: startOfLocalDay(monday, timezone), to: startOfLocalDay(monday.add({ days: 7 }), timezone) };
}

/** The month around an instant, in the wall clock of a zone. */
export function monthAround(now: Date, timezone: string): Period {
  const first = localDay(now, timezone).with({ day: 1 });
  return { from: startOfLocalDay(first, timezone), to: startOfLocalDay(first.add({ months: 1 }), timezone) };
}

/** Hours to the hundredth. */
export function hoursOf(minutes: number): number {
  return Math.round((minutes * 100) / 60) / 100;
}
