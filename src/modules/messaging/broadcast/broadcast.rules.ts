/** Whom a broadcast is for. */
export const AUDIENCES = ['all', 'day', 'manual'] as const;
export type AudienceScope = (typeof AUDIENCES)[number];

const DAY_MS = 86_400_000;

/** Whole seconds until the next day of UTC, at least 1: then a coach may send SMS again. */
export function secondsUntilNextDay(now: Date): number {
  return Math.ceil((DAY_MS - (now.getTime() % DAY_MS)) / 1_000);
}
