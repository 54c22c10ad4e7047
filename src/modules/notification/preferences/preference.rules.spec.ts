import fc from 'fast-check';
import { NOTIFICATION_TYPES, SECURITY_TYPES } from 'src/modules/notification/type-names';
import { type Channels, keptOf, preferencesOf, type Wish } from './preference.rules';

const wish = fc.record({ push: fc.boolean(), email: fc.boolean() }, { requiredKeys: [] });
const wishes = fc.dictionary(fc.constantFrom(...NOTIFICATION_TYPES, 'retired_type'), wish);

/** What the table holds after a wish, as the statement writes it. */
function keep(kept: Map<string, Channels>, said: Record<string, Wish>): void {
  for (const [type, { push, email }] of keptOf(said)) {
    const before = kept.get(type) ?? { push: true, email: true };
    kept.set(type, { push: push ?? before.push, email: email ?? before.email });
  }
}

describe('what somebody wants to be sent', () => {
  it('is everything at first', () => {
    const preferences = preferencesOf(new Map());
    expect(Object.keys(preferences)).toEqual([...NOTIFICATION_TYPES]);
    for (const channels of Object.values(preferences)) expect(channels).toEqual({ push: true, email: true });
  });

  it('is, for each type and channel, the last that was said of it', () => {
    fc.assert(
      fc.property(fc.array(wishes, { maxLength: 6 }), (said) => {
        const kept = new Map<string, Channels>();
        for (const each of said) keep(kept, each);
        const preferences = preferencesOf(kept);
        for (const type of NOTIFICATION_TYPES)
          for (const channel of ['push', 'email'] as const) {
            const last = said.map((each) => each[type]?.[channel]).findLast((wanted) => wanted !== undefined);
            expect(preferences[type][channel]).toBe(SECURITY_TYPES.has(type) ? true : (last ?? true));
          }
      }),
    );
  });

  it('always has what is about the safety of the account, whatever the table says', () => {
    const kept = new Map([...SECURITY_TYPES].map((type) => [type, { push: false, email: false }]));
    expect(Object.values(preferencesOf(kept)).every(({ push, email }) => push && email)).toBe(true);
    expect(keptOf({ password_changed: { push: false }, auto_done: { push: false } })).toEqual(
      new Map([['auto_done', { push: false }]]),
    );
  });

  it('has no type that does not exist any more', () => {
    const kept = new Map([['retired_type', { push: false, email: false }]]);
    expect(Object.keys(preferencesOf(kept))).toEqual([...NOTIFICATION_TYPES]);
    expect(keptOf({ retired_type: { email: false }, auto_done: {} })).toEqual(new Map());
  });
});
