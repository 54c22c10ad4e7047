import { DAY_MS } from 'src/common/clock/durations';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { NotYet } from 'src/common/outbound/not-yet';
import { ProviderPaused } from 'src/common/outbound/provider-paused';

/** How a run ends that failed: tried again after a wait, with or without its attempt being counted, or never again. */
export type Ending = { outcome: 'failed' | 'postponed'; waitMs: number } | { outcome: 'dead' };

const FIRST_WAIT_MS = 5_000;
/** 5 s, 30 s, 3 min, 18 min: five attempts outlast a mail server's restart, and end before the message is stale. */
const GROWTH = 6;
/** A wait is at most so much longer than planned, so that what failed together does not come back together. */
const JITTER = 0.5;
/** What a provider asks for beyond this is a mistake of its. */
const LONGEST_WAIT_MS = DAY_MS;

/**
 * @param run which one it was, 1 for the first, and whether it was the last one allowed
 * @param random in [0, 1)
 */
export function endingOf(error: unknown, run: { attempt: number; isLast: boolean }, random: number): Ending {
  const { attempt, isLast } = run;
  if (error instanceof ProviderPaused && error.isAppointed)
    return { outcome: 'postponed', waitMs: Math.round(error.retryAfterMs) };
  if (error instanceof ProviderPaused || error instanceof NotYet)
    return { outcome: 'postponed', waitMs: spread(error.retryAfterMs, random) };
  if (isLast || (error instanceof DeliveryFailure && error.isFinal)) return { outcome: 'dead' };
  const asked = error instanceof DeliveryFailure ? (error.retryAfterMs ?? 0) : 0;
  return { outcome: 'failed', waitMs: spread(Math.max(FIRST_WAIT_MS * GROWTH ** (attempt - 1), asked), random) };
}

/** What may be told of a failure to whoever reads the queue: no text, which could quote an address or a number. */
export function errorCodeOf(error: unknown): string {
  if (error instanceof DeliveryFailure) return error.code;
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}

function spread(waitMs: number, random: number): number {
  return Math.round(Math.min(waitMs, LONGEST_WAIT_MS) * (1 + JITTER * random));
}
