import { TEST_SECRETS } from './secrets';

/** `id:base64(32 bytes)`, several separated by commas. */
export const KEY_RING = /^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=(,[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=)*$/;

const WEAK = /^(.)\1*$|changeme|change-me|secret|password|example|insecure|^(0123456789)+/i;
const FEWEST_CHARACTERS = 10;
/** 32 random bytes have about thirty different ones; fewer than half of that is a pattern that somebody typed. */
const FEWEST_KEY_BYTES = 16;
/** Everybody can read them. */
const PUBLISHED = new Set<string>(Object.values(TEST_SECRETS));

interface FieldKey {
  id: string;
  bytes: Buffer;
}

/** The keys of a ring; none of one that is not written as a ring is. */
function fieldKeys(ring: string | undefined): FieldKey[] {
  if (!ring || !KEY_RING.test(ring)) return [];
  return ring.split(',').map((entry) => {
    const [id = '', key = ''] = entry.split(':');
    return { id, bytes: Buffer.from(key, 'base64') };
  });
}

/** The first of them makes what is new, all of them recognise what is there. */
export function secretsIn(ring: string | undefined): string[] {
  return ring ? ring.split(',') : [];
}

/** Whether somebody would guess one of them, or can read it in the sources. */
export function isWeakSecret(ring: string): boolean {
  return secretsIn(ring).some(
    (secret) => WEAK.test(secret) || PUBLISHED.has(secret) || new Set(secret).size < FEWEST_CHARACTERS,
  );
}

/** Whether any of its keys is a pattern and not random, as the one of the tests is. */
export function isWeakRing(ring: string | undefined): boolean {
  return fieldKeys(ring).some(({ bytes }) => new Set(bytes).size < FEWEST_KEY_BYTES);
}

/** Whether a key of the one stands in the other too: then who reads one of them opens what the other closed. */
export function shareAKey(one: string | undefined, other: string | undefined): boolean {
  const taken = new Set(fieldKeys(one).map(({ bytes }) => bytes.toString('hex')));
  return fieldKeys(other).some(({ bytes }) => taken.has(bytes.toString('hex')));
}

/** Whether two of its keys have one id: then only one of them could be found again. */
export function isAmbiguousRing(ring: string | undefined): boolean {
  const ids = fieldKeys(ring).map(({ id }) => id);
  return new Set(ids).size < ids.length;
}
