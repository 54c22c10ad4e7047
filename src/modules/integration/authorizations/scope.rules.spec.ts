import fc from 'fast-check';
import { grantedScope } from './scope.rules';

describe('a granted scope', () => {
  it.each<[string | null, string[], string, boolean]>([
    ['read write', ['read', 'write'], 'read write', true],
    ['write  other read', ['read', 'write'], 'write other read', true],
    ['read', ['read', 'write'], 'read', false],
    ['read:all write', ['read', 'write'], 'read:all write', false],
    ['READ write', ['read', 'write'], 'READ write', false],
    ['', ['read'], '', false],
    ['read read', ['read'], 'read', true],
    // Who does not say has granted what was asked for.
    [null, ['read', 'write'], 'read write', true],
  ])('%j of %j', (granted, required, scope, isEnough) => {
    expect(grantedScope(granted, required)).toEqual({ scope, isEnough });
  });

  it('is enough when nothing is missing, in whatever order and whatever else is there', () => {
    const scope = fc.stringMatching(/^[a-z:._/]{1,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(scope, { minLength: 1 }), fc.array(scope), fc.nat(), (required, more, missing) => {
        const granted = [...more, ...required].reverse();
        expect(grantedScope(granted.join(' '), required).isEnough).toBe(true);
        const left = required[missing % required.length];
        expect(grantedScope(granted.filter((one) => one !== left).join(' '), required).isEnough).toBe(false);
      }),
    );
  });
});
