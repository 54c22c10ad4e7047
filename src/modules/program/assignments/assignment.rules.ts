import { startOfLocalDay } from 'src/common/clock/local-days';
import { Temporal } from 'temporal-polyfill';

/** What a column of whole numbers holds. */
export const SEEDS = { first: -2_147_483_648, last: 2_147_483_647 } as const;

/** Of a plan that is made anew: the next one, and after the last one the first again. Null = there was none. */
export function seedAfter(last: number | null): number {
  if (last === null) return 1;
  return last >= SEEDS.last ? 1 : last + 1;
}

/** The first instant of an assignment: midnight where its client is. @param startDate YYYY-MM-DD */
export function startOf(startDate: string, timezone: string): Date {
  return startOfLocalDay(Temporal.PlainDate.from(startDate), timezone);
}
