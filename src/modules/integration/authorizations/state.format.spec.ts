import { PROVIDERS } from 'src/modules/integration/provider.types';
import { isOurState, newState } from './state.format';

const SECRET = 'signing-for-tests-0123456789-abcdefghij';

describe('a state', () => {
  it('is good for the provider that it was made for, and for no other', () => {
    for (const provider of PROVIDERS) {
      const state = newState(SECRET, provider);
      expect(PROVIDERS.filter((other) => isOurState([SECRET], other, state))).toEqual([provider]);
      expect(isOurState([`${SECRET}x`], provider, state)).toBe(false);
      expect(isOurState([`${SECRET}x`, SECRET], provider, state)).toBe(true);
    }
  });

  it('holds 256 random bits, another time others', () => {
    const states = Array.from({ length: 1_000 }, () => newState(SECRET, 'strava').split('.')[0] ?? '');
    expect(new Set(states).size).toBe(1_000);
    for (const random of states) expect(Buffer.from(random, 'base64url')).toHaveLength(32);
  });

  it('is no state once any letter of it was changed', () => {
    const state = newState(SECRET, 'strava');
    for (let place = 0; place < state.length; place += 1) {
      const other = state[place] === 'a' ? 'b' : 'a';
      expect(isOurState([SECRET], 'strava', state.slice(0, place) + other + state.slice(place + 1))).toBe(false);
    }
    for (const broken of ['', '.', state.slice(1), `${state}0`, state.toUpperCase(), state.replace('.', ''), '\u0000'])
      expect(isOurState([SECRET], 'strava', broken)).toBe(false);
  });
});
