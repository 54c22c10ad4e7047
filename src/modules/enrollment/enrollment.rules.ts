import { randomBytes } from 'node:crypto';

/** 384 random bits: nobody guesses one, so it is found by a plain hash. */
const TOKEN_BYTES = 48;

/** 64 characters that need no escape in an address. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What opens the app at the page of the coach. */
export function enrollmentLink(token: string): string {
  return `mycoach://enroll/${token}`;
}
