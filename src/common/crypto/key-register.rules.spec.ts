import { KeysDoNotFit } from './key-register.errors';
import { type HeldRing, keyFaults, keysToNote, type NotedKey } from './key-register.rules';

/** A ring whose keys are recognised by the letters behind their ids. */
const ring = (name: HeldRing['name'], ...keys: string[]): HeldRing => {
  const held = new Map(keys.map((key) => key.split(':') as [string, string]));
  return { name, current: [...held.keys()][0] ?? '', ids: [...held.keys()], fingerprint: (id) => held.get(id) ?? '' };
};
const noted = (keyId: string, fingerprint: string | null = null): NotedKey => ({
  ring: 'FIELD_ENCRYPTION_KEYS',
  keyId,
  fingerprint,
});
const fields = (...keys: string[]): HeldRing[] => [ring('FIELD_ENCRYPTION_KEYS', ...keys)];

describe('keys that the database needs', () => {
  it('may stand anywhere in their ring', () => {
    expect(keyFaults([noted('k1', 'a'), noted('k2', 'b'), noted('k3')], fields('k3:c', 'k1:a', 'k2:b'))).toEqual([]);
  });

  it('are missed when their ring does not have them, whatever the other ring has', () => {
    const rings = [...fields('k2:b'), ring('TOKEN_ENCRYPTION_KEYS', 'k1:a')];
    expect(keyFaults([noted('k1', 'a'), noted('k2', 'b')], rings)).toEqual([
      { ring: 'FIELD_ENCRYPTION_KEYS', keyId: 'k1', kind: 'missing' },
    ]);
  });

  it('are not those that only have their names', () => {
    expect(keyFaults([noted('k1', 'a')], fields('k1:other'))).toEqual([
      { ring: 'FIELD_ENCRYPTION_KEYS', keyId: 'k1', kind: 'another' },
    ]);
  });

  it('are told by ring and id', () => {
    const { message } = new KeysDoNotFit([
      { ring: 'FIELD_ENCRYPTION_KEYS', keyId: 'k1', kind: 'missing' },
      { ring: 'TOKEN_ENCRYPTION_KEYS', keyId: 't1', kind: 'another' },
    ]);
    expect(message).toContain('  - FIELD_ENCRYPTION_KEYS has no key "k1", which values are encrypted with\n');
    expect(message).toContain('  - TOKEN_ENCRYPTION_KEYS has a key "t1", but not the one that values are encrypted');
  });
});

describe('keys to be noted', () => {
  it('are the first of each ring, and no other of it: nothing is encrypted with those yet', () => {
    const rings = [...fields('k2:b', 'k3:c'), ring('TOKEN_ENCRYPTION_KEYS', 't1:x')];
    expect(keysToNote([], rings)).toEqual([
      { ring: 'FIELD_ENCRYPTION_KEYS', keyId: 'k2', fingerprint: 'b' },
      { ring: 'TOKEN_ENCRYPTION_KEYS', keyId: 't1', fingerprint: 'x' },
    ]);
  });

  it('are those that were found in the data and that nobody has recognised yet', () => {
    expect(keysToNote([noted('k1'), noted('k0'), noted('k2', 'b')], fields('k2:b', 'k1:a'))).toEqual([
      noted('k1', 'a'),
    ]);
  });

  it('are none once everything is known', () => {
    expect(keysToNote([noted('k1', 'a'), noted('k2', 'b')], fields('k2:b', 'k1:a'))).toEqual([]);
  });
});
