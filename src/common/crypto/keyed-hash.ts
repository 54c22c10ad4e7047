import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA-256 as 64 hex characters: what may be stored of something that must be recognised but never read back. */
export function keyedHash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** Whether one of the secrets made the digest of a text. */
export function isDigestOf(secrets: readonly string[], text: string, digest: string): boolean {
  return secrets.filter((secret) => sameDigest(keyedHash(secret, text), digest)).length > 0;
}

/** SHA-256 as 64 hex characters, for tokens that are random enough to need no key. */
export function plainHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a text is one of the secrets. All are compared, so that the time tells nothing of any of them. */
export function isOneOf(secrets: readonly string[], text: string): boolean {
  const told = plainHash(text);
  return secrets.filter((secret) => sameDigest(told, plainHash(secret))).length > 0;
}

/** Compares two hex digests in constant time. */
export function sameDigest(one: string, other: string): boolean {
  const left = Buffer.from(one);
  const right = Buffer.from(other);
  return left.length === right.length && timingSafeEqual(left, right);
}
