/** Where somebody stands with a limit. */
export interface LimitState {
  /** Whether the request that asks is within the limit. */
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
}

interface HeaderWriter {
  setHeader(response: object, name: string, value: string): unknown;
}

/** Tells the caller where he stands (contract §1.6). */
export function writeLimit(writer: HeaderWriter, response: object, { limit, remaining, reset }: LimitState): void {
  writer.setHeader(response, 'RateLimit-Limit', String(limit));
  writer.setHeader(response, 'RateLimit-Remaining', String(remaining));
  writer.setHeader(response, 'RateLimit-Reset', String(reset));
}
