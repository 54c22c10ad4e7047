import fc from 'fast-check';
import { exportToken, grantOf } from './export-token.format';
import { EXPORT_FORMATS } from './export.types';

const SECRET = 'a-secret-of-tests';
const grants = fc.record({
  userId: fc.uuid(),
  format: fc.constantFrom(...EXPORT_FORMATS),
  expiresAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
});

describe('the token of an export', () => {
  it('holds what was granted, and fits into an address as it is', () => {
    fc.assert(
      fc.property(grants, (grant) => {
        const token = exportToken(SECRET, grant);
        expect(grantOf([SECRET], token)).toEqual(grant);
        expect(grantOf(['a-new-one', SECRET], token)).toEqual(grant);
        expect(encodeURIComponent(token)).toBe(token);
      }),
    );
  });

  it('opens nothing once any character of it is another', () => {
    fc.assert(
      fc.property(grants, fc.nat(), fc.constantFrom(...'aZ0-_.'), (grant, place, character) => {
        const token = exportToken(SECRET, grant);
        const at = place % token.length;
        fc.pre(token[at] !== character);
        const changed = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
        const read = grantOf([SECRET], changed);
        // The last character of base64url may be written in several ways that mean the same.
        expect(read ?? grant).toEqual(grant);
        if (at > token.indexOf('.')) expect(read).toBeNull();
      }),
    );
  });

  it('opens nothing with another secret, and nothing that is no token', () => {
    fc.assert(fc.property(grants, (grant) => expect(grantOf(['another'], exportToken(SECRET, grant))).toBeNull()));
    fc.assert(fc.property(fc.string(), (text) => expect(grantOf([SECRET], text)).toBeNull()));
  });
});
