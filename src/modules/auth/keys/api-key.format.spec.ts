import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { isWellFormedKey, keyOfBytes, newApiKey, prefixOf } from './api-key.format';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

function numberOf(base62: string): bigint {
  return [...base62].reduce((sum, digit) => sum * 62n + BigInt(ALPHABET.indexOf(digit)), 0n);
}

describe('an API key', () => {
  it('is mck_, 43 characters of secret and 6 of check (trust 9)', () => {
    expect(newApiKey()).toMatch(/^mck_[0-9A-Za-z]{49}$/);
    expect(newApiKey()).toHaveLength(53);
  });

  it('holds its 256 bits entirely', () => {
    fc.assert(
      fc.property(bytes, (secret) => {
        const key = keyOfBytes(secret);
        expect(numberOf(key.slice(4, 47))).toBe(BigInt(`0x${Buffer.from(secret).toString('hex')}`));
        expect(numberOf(key.slice(47))).toBe(BigInt(crc32(key.slice(4, 47))));
      }),
    );
  });

  it('has its full length at both ends of the range', () => {
    expect(keyOfBytes(new Uint8Array(32))).toBe(`mck_${'0'.repeat(43)}${keyOfBytes(new Uint8Array(32)).slice(47)}`);
    expect(keyOfBytes(new Uint8Array(32).fill(255))).toHaveLength(53);
  });

  it('is recognised as well formed, and no longer with any one character changed', () => {
    fc.assert(
      fc.property(bytes, fc.nat(48), fc.nat(61), (secret, place, other) => {
        const key = keyOfBytes(secret);
        expect(isWellFormedKey(key)).toBe(true);
        const character = ALPHABET.charAt(other);
        const at = place + 4;
        fc.pre(key.charAt(at) !== character);
        expect(isWellFormedKey(key.slice(0, at) + character + key.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each(['', 'mck_', 'sk_live_123', `mck_${'0'.repeat(48)}`, ` ${keyOfBytes(new Uint8Array(32))}`])(
    'is not "%s"',
    (text) => {
      expect(isWellFormedKey(text)).toBe(false);
    },
  );

  it('is never made twice, and uses every character alike', () => {
    const keys = Array.from({ length: 2_000 }, newApiKey);
    expect(new Set(keys).size).toBe(keys.length);
    const last = new Map<string, number>();
    for (const key of keys) last.set(key.charAt(46), (last.get(key.charAt(46)) ?? 0) + 1);
    // 2,000 draws of 62: 32 of each on average, and 8 or 80 of one would be a bias.
    expect(last.size).toBe(62);
    for (const count of last.values()) expect(count).toBeGreaterThan(8);
    for (const count of last.values()) expect(count).toBeLessThan(80);
  });

  it('shows its first eight characters only', () => {
    expect(prefixOf('mck_AbCdEfGh')).toBe('mck_AbCd');
  });
});
