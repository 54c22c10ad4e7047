import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from 'src/common/clock/durations';
import { localDay, mondayOf, startOfLocalDay } from 'src/common/clock/local-days';

export type Grain = 'day' | 'month' | 'year';

export interface CalendarTick {
  at: Date;
  /** What is worth saying of it. */
  grain: Grain;
}

interface Step {
  grain: Grain;
  /** How many days, months or years. */
  count: number;
  /** Rough length in days. */
  days: number;
}

const STEPS: readonly Step[] = [
  ...[1, 2, 7, 14].map((count): Step => ({ grain: 'day', count, days: count })),
  ...[1, 2, 3, 6].map((count): Step => ({ grain: 'month', count, days: count * 30 })),
  ...[1, 2, 5, 10, 50].map((count): Step => ({ grain: 'year', count, days: count * 365 })),
];
const EPOCH_MONDAY = new Temporal.PlainDate(1970, 1, 5);

/** More of them than fit on any picture. */
const TOO_MANY = 100;

/**
 * Days, Mondays, months or years within `[from, to]` to write below an axis of time, at equal steps of the calendar of
 * a zone: as many as fit.
 */
export function calendarTicks(
  from: Date,
  to: Date,
  timezone: string,
  fit: (ticks: readonly CalendarTick[]) => boolean,
): CalendarTick[] {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  for (const step of STEPS) {
    const ticks = days / step.days > TOO_MANY ? null : ticksOf(step, from, to, timezone);
    if (ticks && fit(ticks)) return ticks;
  }
  return [];
}

function ticksOf(step: Step, from: Date, to: Date, timezone: string): CalendarTick[] {
  const ticks: CalendarTick[] = [];
  for (let day = firstOf(localDay(from, timezone), step); ; day = next(day, step)) {
    const at = startOfLocalDay(day, timezone);
    if (at > to) return ticks;
    if (at >= from) ticks.push({ at, grain: step.grain === 'month' && day.month === 1 ? 'year' : step.grain });
  }
}

/** The step that a day belongs to, counted from where everybody counts: Mondays, Januaries, round years. */
function firstOf(day: Temporal.PlainDate, { grain, count }: Step): Temporal.PlainDate {
  if (grain === 'year') return new Temporal.PlainDate(day.year - (day.year % count), 1, 1);
  if (grain === 'month') return new Temporal.PlainDate(day.year, day.month - ((day.month - 1) % count), 1);
  const since = EPOCH_MONDAY.until(count < 7 ? day : mondayOf(day)).days;
  return EPOCH_MONDAY.add({ days: Math.floor(since / count) * count });
}

function next(day: Temporal.PlainDate, { grain, count }: Step): Temporal.PlainDate {
  return day.add(grain === 'day' ? { days: count } : grain === 'month' ? { months: count } : { years: count });
}
