import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';

/** How many SMS a coach may write on a day of UTC (rules §10). */
export const SMS_A_DAY = 200;

/** How many SMS all coaches together may write to a number on a day of UTC. Codes are no SMS of coaches. */
export const SMS_A_NUMBER = 20;

/** A text that is older is told to nobody: who reads it would take it for news. */
const USEFUL_MS = 24 * HOUR_MS;

/** The day of UTC, `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * Parts texts in those that are left of their numbers' day and those beyond, each in order.
 *
 * @param left by number; a number that is not there has nothing left
 */
export function withinNumbers<T extends { phone: string }>(
  texts: readonly T[],
  left: ReadonlyMap<string, number>,
): [within: T[], beyond: T[]] {
  const used = new Map<string, number>();
  const isWithin = ({ phone }: T): boolean => {
    const place = (used.get(phone) ?? 0) + 1;
    used.set(phone, place);
    return place <= (left.get(phone) ?? 0);
  };
  const marked = texts.map((text) => ({ text, isWithin: isWithin(text) }));
  const those = (wanted: boolean): T[] => marked.flatMap((one) => (one.isWithin === wanted ? [one.text] : []));
  return [those(true), those(false)];
}

/** A day after it was written, or earlier where it speaks of something that begins earlier. */
export function usefulUntil(writtenAt: Date, limit: Date | null | undefined): Date {
  return new Date(Math.min(writtenAt.getTime() + USEFUL_MS, limit?.getTime() ?? Infinity));
}

/** When the quota of that day is history. */
export function endOfQuotaDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}

/** Why an SMS must not leave at this moment, or null. */
export function whyNotSent(
  sms: { isOptedOut: boolean; usefulUntil: Date },
  now: Date,
): 'opted_out' | 'outdated' | null {
  if (sms.isOptedOut) return 'opted_out';
  return isOutdated(sms, now) ? 'outdated' : null;
}

/** What it says is old news. */
export function isOutdated({ usefulUntil: end }: { usefulUntil: Date }, now: Date): boolean {
  return now >= end;
}
