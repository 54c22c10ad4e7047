import { DAY_MS, MINUTE_MS } from 'src/common/clock/durations';

/** How many requests Strava lets all our users together make, and how many were made. */
interface Quota {
  quarter: { used: number; limit: number };
  day: { used: number; limit: number };
}

const QUARTER_MS = 15 * MINUTE_MS;
/** What is left beyond it is for people who wait for an answer. */
const FOR_JOBS = 0.8;
/** Strava counts all requests, and once more those that only read. */
const KINDS = ['x-ratelimit', 'x-readratelimit'];

/**
 * Until when jobs leave Strava alone, by what an answer says of the requests of this quarter of an hour and of this day
 * (UTC). Null: they need not.
 */
export function pausedUntil(headers: Headers, nowMs: number): number | null {
  const quotas = KINDS.flatMap((kind) => quotaOf(headers.get(`${kind}-limit`), headers.get(`${kind}-usage`)) ?? []);
  if (quotas.some(({ day }) => isNear(day))) return endOf(nowMs, DAY_MS);
  if (quotas.some(({ quarter }) => isNear(quarter))) return endOf(nowMs, QUARTER_MS);
  return null;
}

/** How long a 429 lasts that does not say it: to the end of the day when that is used up, else of the quarter. */
export function refusedUntil(headers: Headers, nowMs: number): number {
  const quotas = KINDS.flatMap((kind) => quotaOf(headers.get(`${kind}-limit`), headers.get(`${kind}-usage`)) ?? []);
  const isDayUsed = quotas.some(({ day }) => day.used >= day.limit);
  return endOf(nowMs, isDayUsed ? DAY_MS : QUARTER_MS);
}

function isNear({ used, limit }: Quota['day']): boolean {
  return used >= limit * FOR_JOBS;
}

function endOf(nowMs: number, spanMs: number): number {
  return (Math.floor(nowMs / spanMs) + 1) * spanMs;
}

/** `200,2000` of the quarter and the day. Null where it is not said, or not understood. */
function quotaOf(limits: string | null, usage: string | null): Quota | null {
  const [limit, used] = [pairOf(limits), pairOf(usage)];
  if (!limit || !used) return null;
  return { quarter: { used: used[0], limit: limit[0] }, day: { used: used[1], limit: limit[1] } };
}

function pairOf(text: string | null): [number, number] | null {
  const match = /^\s*(\d{1,9})\s*,\s*(\d{1,9})\s*$/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : null;
}
