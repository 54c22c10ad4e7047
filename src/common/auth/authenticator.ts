import type { Principal } from './principal';

/** What the key of a request says. `missing` and `invalid` are refused, except on public routes. */
export type KeyOutcome = { kind: 'good'; principal: Principal } | { kind: 'missing' } | { kind: 'invalid' };

/** Recognises the key of a request. One request is looked up once, however many guards ask. */
export abstract class Authenticator {
  abstract recognise(request: object): Promise<KeyOutcome>;

  /** What is known of the key without asking anybody, or null. */
  abstract recall(request: object): KeyOutcome | null;

  /** Whether the key looks like one, and memory has never seen it open anything: recognising it takes a query. */
  abstract isStranger(request: object): boolean;
}
