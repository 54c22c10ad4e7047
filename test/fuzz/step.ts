import fc from 'fast-check';
import { accessRules, type RouteAccess } from 'test/security/access';
import type { Route } from './document';
import { type Draft, draftOf } from './draft';
import { type Fault, faultsOf } from './faults';
import type { Actor } from './people';

/** One request: who asks what, and what is wrong with it. */
export interface Step {
  route: Route;
  actor: Actor;
  draft: Draft;
  fault?: Fault;
}

const rules = new Map(accessRules().map((rule) => [rule.route, rule]));

export function ruleOf(route: Route): RouteAccess {
  const rule = rules.get(route.name);
  if (!rule) throw new Error(`${route.name} has no row in the matrix of access`);
  return rule;
}

/** What ends the key, the account or the role of whoever asks it: that is done by a guest. */
const BY_GUESTS =
  /^(delete \/users\/me|delete \/auth\/logout(-all)?|post \/auth\/change-password|delete \/auth\/api-keys\/\{id\}|post \/users\/me\/restore|patch \/users\/me)$/;

/** What only the coach of a booking may say. */
const BY_COACHES = /^post \/bookings\/\{id\}\/(confirm|reject|done|no-show|.+-penalty)$/;

const WHO: Readonly<Record<RouteAccess['who'], readonly Actor[]>> = {
  public: ['nobody', 'client', 'coach', 'forged'],
  any: ['client', 'client', 'other client', 'coach', 'coach', 'other coach', 'admin'],
  coach: ['coach', 'coach', 'coach', 'other coach', 'admin'],
  admin: ['admin'],
};
const STRANGERS: readonly Actor[] = ['nobody', 'forged', 'other client', 'other coach'];

function actorOf(route: Route): fc.Arbitrary<Actor> {
  if (BY_GUESTS.test(route.name)) return fc.constant('guest');
  return fc.oneof(
    { arbitrary: fc.constantFrom(...WHO[BY_COACHES.test(route.name) ? 'coach' : ruleOf(route).who]), weight: 9 },
    { arbitrary: fc.constantFrom(...STRANGERS), weight: 1 },
  );
}

/** A request of this route: a good one, or one with one thing wrong. */
export function stepOf(route: Route): fc.Arbitrary<Step> {
  const faults = faultsOf(route);
  const fault =
    faults.length > 0 ? fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 1 }) : fc.constant(undefined);
  return fc.record({ actor: actorOf(route), draft: draftOf(route), fault }).map(({ actor, draft, fault: wanted }) => {
    const changed = wanted?.applied(draft);
    return { route, actor, draft: changed ?? draft, ...(changed && wanted && { fault: wanted }) };
  });
}
