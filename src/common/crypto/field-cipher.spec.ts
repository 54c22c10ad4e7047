import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { type CipherPlace, FieldCipher } from './field-cipher';

const PLACE: CipherPlace = { table: 'bookings', rowId: '0c7d1f2e-0000-4000-8000-000000000001', column: 'reason' };

const newKey = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;

function cipherWith(...keys: string[]): FieldCipher {
  const variables = { NODE_ENV: 'test', FIELD_ENCRYPTION_KEYS: keys.join(',') };
  const cipher = new FieldCipher(new AppConfig(readEnvironment(variables, () => '')));
  cipher.keeps({ table: PLACE.table, columns: [PLACE.column], rowId: 'id' });
  return cipher;
}

/** The stored value with one bit of its sealed part turned over. */
function withBitTurned(stored: string, byte: number): string {
  const cut = stored.indexOf(':') + 1;
  const sealed = Buffer.from(stored.slice(cut), 'base64');
  sealed[byte] = (sealed[byte] ?? 0) ^ 1;
  return stored.slice(0, cut) + sealed.toString('base64');
}

describe('an encrypted column', () => {
  const first = newKey('k1');
  const second = newKey('k2');
  const cipher = cipherWith(first);

  it('opens to what was put in, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, rowId) => {
        const place = { ...PLACE, rowId };
        const stored = cipher.encrypt(place, text);
        expect(cipher.decrypt(place, stored)).toBe(text);
        expect(stored).toMatch(/^k1:[A-Za-z0-9+/]+=*$/);
      }),
    );
  });

  it('says nothing of its text, and twice the same text looks different', () => {
    const one = cipher.encrypt(PLACE, 'my knee hurts');
    const other = cipher.encrypt(PLACE, 'my knee hurts');
    expect(other).not.toBe(one);
    expect(Buffer.from(one.slice(3), 'base64').toString('latin1')).not.toContain('knee');
  });

  it.each<[string, Partial<CipherPlace>]>([
    ['row', { rowId: '0c7d1f2e-0000-4000-8000-000000000002' }],
    ['column', { column: 'client_message' }],
    ['table', { table: 'coach_notes' }],
    // The parts are kept apart: what moves from one to the next is another place.
    ['place of the same letters', { table: 'booking', rowId: `s${PLACE.rowId}` }],
  ])('does not open in another %s', (_, moved) => {
    const stored = cipher.encrypt(PLACE, 'my knee hurts');
    expect(() => cipher.decrypt({ ...PLACE, ...moved }, stored)).toThrow();
  });

  it('does not open once any part of it was changed', () => {
    const stored = cipher.encrypt(PLACE, 'my knee hurts');
    const bytes = Buffer.from(stored.slice(3), 'base64').length;
    for (let byte = 0; byte < bytes; byte += 1)
      expect(() => cipher.decrypt(PLACE, withBitTurned(stored, byte))).toThrow();
    for (const broken of [stored.slice(0, -8), 'k1:', 'k1:AAAA', stored.slice(3), ''])
      expect(() => cipher.decrypt(PLACE, broken)).toThrow();
  });

  it('still opens with an old key after a new one came first', () => {
    const old = cipher.encrypt(PLACE, 'before');
    const rotated = cipherWith(second, first);
    expect(rotated.decrypt(PLACE, old)).toBe('before');
    const fresh = rotated.encrypt(PLACE, 'after');
    expect(fresh).toMatch(/^k2:/);
    expect(rotated.decrypt(PLACE, fresh)).toBe('after');
    // A process that was told of the new key in time opens it too, whichever key it writes with.
    expect(cipherWith(first, second).decrypt(PLACE, fresh)).toBe('after');
  });

  it('does not open by the right name of the wrong key', () => {
    expect(() => cipherWith(newKey('k1')).decrypt(PLACE, cipher.encrypt(PLACE, 'x'))).toThrow();
  });

  it('names a key that it does not have by its id, and repeats nothing else', () => {
    const stored = cipherWith(second).encrypt(PLACE, 'my knee hurts');
    expect(() => cipher.decrypt(PLACE, stored)).toThrow(new Error('No encryption key named "k2" is configured'));
  });

  it('keeps what is empty apart from what is absent', () => {
    expect(cipher.encryptNullable(PLACE, null)).toBeNull();
    expect(cipher.encryptNullable(PLACE, undefined)).toBeNull();
    expect(cipher.decryptNullable(PLACE, null)).toBeNull();
    expect(cipher.decryptNullable(PLACE, cipher.encryptNullable(PLACE, ''))).toBe('');
  });

  it('takes nothing for a column that nobody has told of, because a new key would never reach it', () => {
    const place = { ...PLACE, column: 'client_message' };
    expect(() => cipher.encrypt(place, 'x')).toThrow(
      'Nobody has said that bookings.client_message is encrypted: see RingCipher.keeps',
    );
    const other = cipherWith(first);
    other.keeps({ table: 'sms_messages', columns: ['body'], rowId: 'id' });
    other.passesOn('account_tokens', 'token');
    expect(other.encrypt({ ...PLACE, table: 'sms_messages', column: 'body' }, 'x')).toMatch(/^k1:/);
    expect(other.encrypt({ ...PLACE, table: 'account_tokens', column: 'token' }, 'x')).toMatch(/^k1:/);
    expect(other.keptColumns.map(({ table }) => table)).toEqual(['bookings', 'sms_messages']);
  });

  it('is told of once', () => {
    const other = cipherWith(first);
    expect(() => {
      other.passesOn(PLACE.table, PLACE.column);
    }).toThrow('Two have said that bookings.reason is encrypted');
  });
});
