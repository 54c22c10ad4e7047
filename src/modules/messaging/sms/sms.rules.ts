/** How many SMS a coach may write on a day of UTC (rules §10). */
export const SMS_A_DAY = 200;

/** A text that is older is told to nobody: who reads it would take it for news. */
const USEFUL_MS = 24 * 3_600_000;

const DAY_MS = 86_400_000;

/** The day of UTC, `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
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
  return now >= sms.usefulUntil ? 'outdated' : null;
}
