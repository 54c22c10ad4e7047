import type { Principal } from './principal';

/** What the key of a request says. `missing` and `invalid` are refused, except on public routes. */
export type KeyOutcome = { kind: 'good'; principal: Principal } | { kind: 'missing' } | { kind: 'invalid' };

/** Recognises the key of a request. One request is looked up once, however many guards ask. */
export abstract class Authenticator {
  abstract recognise(request: object): Promise<KeyOutcome>;
}
