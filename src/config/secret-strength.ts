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

/** Whether somebody would guess it, or can read it in the sources. */
export function isWeakSecret(value: string): boolean {
  return WEAK.test(value) || PUBLISHED.has(value) || new Set(value).size < FEWEST_CHARACTERS;
}

/** Whether any of its keys is a pattern and not random, as the one of the tests is. */
export function isWeakRing(ring: string | undefined): boolean {
  return fieldKeys(ring).some(({ bytes }) => new Set(bytes).size < FEWEST_KEY_BYTES);
}

/** Whether two of its keys have one id: then only one of them could be found again. */
export function isAmbiguousRing(ring: string | undefined): boolean {
  const ids = fieldKeys(ring).map(({ id }) => id);
  return new Set(ids).size < ids.length;
}
