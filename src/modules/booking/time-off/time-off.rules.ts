const HOUR_MS = 3_600_000;

/** Days of 24 h. */
export const MAX_TIME_OFF_DAYS = 366;

interface Stretch {
  startsAt: Date;
  endsAt: Date;
}

/** An absence ends after it starts, and lasts at most 366 days (rules §2.3). */
export function isTimeOff({ startsAt, endsAt }: Stretch): boolean {
  const length = endsAt.getTime() - startsAt.getTime();
  return length > 0 && length <= MAX_TIME_OFF_DAYS * 24 * HOUR_MS;
}

/** What is over cannot be blocked any more: `endsAt` > now. */
export function isOver({ endsAt }: Pick<Stretch, 'endsAt'>, now: Date): boolean {
  return endsAt.getTime() <= now.getTime();
}
