import fc from 'fast-check';
import { accessRules, type RouteAccess } from 'test/security/access';
import type { Route } from './document';
import { type Draft, draftOf } from './draft';
import { type Fault, faultsOf } from './faults';
import type { Actor } from './people';
import { hasScene } from './scenes/scenes';

/** One request: who asks what, and what is wrong with it. */
export interface Step {
  route: Route;
  actor: Actor;
  draft: Draft;
  fault?: Fault;
  /** A scene is played before it, so that it finds what it names. */
  isStaged: boolean;
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

function callersOf(route: Route): readonly Actor[] {
  return WHO[BY_COACHES.test(route.name) ? 'coach' : ruleOf(route).who];
}

function actorOf(route: Route): fc.Arbitrary<Actor> {
  if (BY_GUESTS.test(route.name)) return fc.constant('guest');
  return fc.oneof(
    { arbitrary: fc.constantFrom(...callersOf(route)), weight: 9 },
    { arbitrary: fc.constantFrom(...STRANGERS), weight: 1 },
  );
}

/** Of those that have a scene so many are staged; the others name what they know from elsewhere. */
const STAGED = fc.oneof({ arbitrary: fc.constant(true), weight: 2 }, { arbitrary: fc.constant(false), weight: 1 });

/** A request of this route that is to be accepted. */
export function goodStepOf(route: Route): fc.Arbitrary<Step> {
  const isStaged = hasScene(route.name);
  const actor = BY_GUESTS.test(route.name) ? fc.constant<Actor>('guest') : fc.constantFrom(...callersOf(route));
  return fc.record({ actor, draft: draftOf(route) }).map((drawn) => ({ route, ...drawn, isStaged }));
}

/** A request of this route: a good one, or one with one thing wrong. */
export function stepOf(route: Route): fc.Arbitrary<Step> {
  const faults = faultsOf(route);
  const fault =
    faults.length > 0 ? fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 1 }) : fc.constant(undefined);
  const isStaged = hasScene(route.name) ? STAGED : fc.constant(false);
  const drawn = fc.record({ actor: actorOf(route), draft: draftOf(route), fault, isStaged });
  return drawn.map(({ draft, fault: wanted, ...rest }) => {
    const changed = wanted?.applied(draft);
    return { route, ...rest, draft: changed ?? draft, ...(changed && wanted && { fault: wanted }) };
  });
}
