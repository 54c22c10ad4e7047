import { HttpRefusal } from 'src/common/outbound/bounded-http';
import { AccessRefused } from 'src/modules/integration/provider.types';

/** Longer than sending takes with everything that is waited for in it. */
const ABANDONED_MS = 120_000;

/** Whoever claimed a session then sends it no more. */
export function isAbandoned(claimedAt: Date, now: Date): boolean {
  return now.getTime() - claimedAt.getTime() > ABANDONED_MS;
}

/** Whether a failure says that nothing was made of what was sent. Whoever says nothing of it may have done it. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof AccessRefused) return true;
  return error instanceof HttpRefusal && error.status < 500 && error.status !== 408;
}
