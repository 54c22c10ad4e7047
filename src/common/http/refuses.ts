import { ApiExtension } from '@nestjs/swagger';

type RefusalStatus = 400 | 401 | 402 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 502 | 503;

/** Status to the codes that come with it. */
export type Refusals = Readonly<Partial<Record<RefusalStatus, readonly string[]>>>;

/** Where the codes of a route wait until the document of the API is written. */
export const REFUSALS = 'x-refusals';

/**
 * Names the codes by which a route may refuse, for the document of the API. Those that any route may answer (no key, a
 * field that is wrong, too many requests) are added there and not said here.
 */
export function Refuses(...refusals: Refusals[]): MethodDecorator {
  const all: Record<string, string[]> = {};
  for (const refusal of refusals)
    for (const [status, codes] of Object.entries(refusal)) all[status] = [...(all[status] ?? []), ...codes];
  return ApiExtension(REFUSALS, all);
}
