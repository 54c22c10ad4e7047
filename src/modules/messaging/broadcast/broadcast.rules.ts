import { DAY_MS } from 'src/common/clock/durations';

/** Whom a broadcast is for. */
export const AUDIENCES = ['all', 'day', 'manual'] as const;
export type AudienceScope = (typeof AUDIENCES)[number];

/** Whole seconds until the next day of UTC, at least 1: then a coach may send SMS again. */
export function secondsUntilNextDay(now: Date): number {
  return Math.ceil((DAY_MS - (now.getTime() % DAY_MS)) / 1_000);
}
