import { enrollmentLink, newToken } from './enrollment.rules';

describe('the token of a link', () => {
  it('is 48 random bytes that need no escape in an address', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    for (const token of tokens) {
      expect(token).toMatch(/^[A-Za-z0-9_-]{64}$/);
      expect(Buffer.from(token, 'base64url')).toHaveLength(48);
      expect(encodeURIComponent(token)).toBe(token);
    }
    expect(new Set(tokens).size).toBe(100);
  });

  it('is at the end of the link', () => {
    expect(enrollmentLink('abc')).toBe('mycoach://enroll/abc');
  });
});
