import type { RingName } from './ring-cipher';

/** A key that something in the database is encrypted with. */
export interface NotedKey {
  ring: RingName;
  keyId: string;
  /** What the key is recognised by; null until a process that has it has started. */
  fingerprint: string | null;
}

/** The keys of a ring, and what each is recognised by. */
export interface HeldRing {
  name: RingName;
  /** Id of the key that encrypts. */
  current: string;
  ids: readonly string[];
  fingerprint(id: string): string;
}

/** A noted key that the rings do not have, or have another key in the place of. */
export interface KeyFault {
  ring: RingName;
  keyId: string;
  kind: 'missing' | 'another';
}

/** What the rings lack of the keys that are noted. */
export function keyFaults(noted: readonly NotedKey[], rings: readonly HeldRing[]): KeyFault[] {
  return noted.flatMap(({ ring, keyId, fingerprint }): KeyFault[] => {
    const held = rings.find(({ name }) => name === ring);
    if (!held?.ids.includes(keyId)) return [{ ring, keyId, kind: 'missing' }];
    const isAnother = fingerprint !== null && fingerprint !== held.fingerprint(keyId);
    return isAnother ? [{ ring, keyId, kind: 'another' }] : [];
  });
}

/** What is to be noted: the keys that encrypt from now on, and what those are recognised by that are noted without it. */
export function keysToNote(noted: readonly NotedKey[], rings: readonly HeldRing[]): NotedKey[] {
  return rings.flatMap((held) => {
    const { name, current, ids } = held;
    const known = noted.filter(({ ring }) => ring === name);
    const isKnown = (id: string): boolean => known.some(({ keyId }) => keyId === id);
    const unrecognised = known.filter((key) => key.fingerprint === null && ids.includes(key.keyId));
    return [...(isKnown(current) ? [] : [current]), ...unrecognised.map(({ keyId }) => keyId)].map((keyId) => ({
      ring: name,
      keyId,
      fingerprint: held.fingerprint(keyId),
    }));
  });
}
