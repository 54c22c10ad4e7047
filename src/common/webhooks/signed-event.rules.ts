import { createHmac, timingSafeEqual } from 'node:crypto';

/** An event as providers sign it after Standard Webhooks (standardwebhooks.com): the headers, and the bytes of the body. */
export interface SignedEvent {
  /** The same for every delivery of one event. */
  id: string;
  /** Of this delivery, in seconds since 1970. */
  timestamp: string;
  /** `v1,<base64>`, several separated by spaces while a secret is being replaced. */
  signatures: string;
  body: Buffer;
}

/** An older call may be a replay, a later one comes from a clock that nobody can trust. */
const TOLERANCE_MS = 300_000;
const SCHEME = 'v1,';
/** More of them only cost time. */
const MOST_SIGNATURES = 8;
const MOST_ID = 255;

/** @param secrets `whsec_<base64>`, with or without that prefix; any of them may have signed */
export function isGenuine(event: SignedEvent, secrets: readonly string[], nowMs: number): boolean {
  const { id, timestamp, signatures } = event;
  if (id === '' || id.length > MOST_ID || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs - Number(timestamp) * 1_000) > TOLERANCE_MS) return false;
  const given = signatures.split(' ', MOST_SIGNATURES).filter((signature) => signature.startsWith(SCHEME));
  const right = secrets.map((secret) => Buffer.from(signatureOf(event, secret)));
  return given.some((signature) => right.some((expected) => isSame(Buffer.from(signature), expected)));
}

/** `v1,<base64>`: what the holder of the secret writes under the event. */
export function signatureOf({ id, timestamp, body }: Omit<SignedEvent, 'signatures'>, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return SCHEME + createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
