import { DAY_MS } from 'src/common/clock/durations';

/** Days of 24 h. */
const MAX_TIME_OFF_DAYS = 366;

export interface Stretch {
  startsAt: Date;
  endsAt: Date;
}

/** An absence ends after it starts, and lasts at most 366 days (rules §2.3). */
export function isTimeOff({ startsAt, endsAt }: Stretch): boolean {
  const length = endsAt.getTime() - startsAt.getTime();
  return length > 0 && length <= MAX_TIME_OFF_DAYS * DAY_MS;
}

/** Stretches that overlap or touch, as one; by start. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const next of [...stretches].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())) {
    const last = result.at(-1);
    if (last && next.startsAt <= last.endsAt) last.endsAt = next.endsAt > last.endsAt ? next.endsAt : last.endsAt;
    else result.push({ startsAt: next.startsAt, endsAt: next.endsAt });
  }
  return result;
}

/** What is over cannot be blocked any more: `endsAt` > now. */
export function isOver({ endsAt }: Pick<Stretch, 'endsAt'>, now: Date): boolean {
  return endsAt.getTime() <= now.getTime();
}
