import { randomInt } from 'node:crypto';
import type { UserStatus } from 'src/common/auth/principal';
import { HOUR_MS, MINUTE_MS } from 'src/common/clock/durations';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const CODE_LENGTH = 6;
/** As somebody types it: in small letters or capitals. */
export const CODE_FORMAT = /^[0-9A-Za-z]{6}$/;
export const CODE_MINUTES = 10;
export const MOST_TRIES = 3;

/** Six of thirty-six characters: 31 bits from the generator of the system. */
export function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function expiryOf(createdAt: Date): Date {
  return new Date(createdAt.getTime() + CODE_MINUTES * MINUTE_MS);
}

/** What becomes of a try to use a code. */
export type Verdict = 'right' | 'wrong' | 'unknown' | 'expired' | 'used_up';

/** A code as it stands before the try. */
export interface JudgedCode {
  /** E.164. */
  phone: string;
  tries: number;
  expiresAt: Date;
}

/**
 * Judges a try. Whether the code is right counts only where it could be used: one that is too old or was guessed at too
 * often says nothing of itself any more.
 *
 * @param isRight whether what was typed is the code
 */
export function verdictOn(code: JudgedCode | null, isRight: boolean, now: Date): Verdict {
  if (!code) return 'unknown';
  if (now >= code.expiresAt) return 'expired';
  if (code.tries >= MOST_TRIES) return 'used_up';
  return isRight ? 'right' : 'wrong';
}

/** Whether a code that is typed now could prove the number of the account. */
export function canProve(code: JudgedCode, account: { phone: string | null; status: UserStatus }, now: Date): boolean {
  const isOpen = account.status === 'active' || account.status === 'unverified';
  return isOpen && account.phone === code.phone && verdictOn(code, true, now) === 'right';
}

/** So many in an hour, and so many in a day (null = as many as there are hours for), in windows that slide. */
export interface Allowance {
  perHour: number;
  perDay: number | null;
}

/** Three an hour by the contract; the rest bounds what somebody can make us spend (ADR 0025). */
export const PER_NUMBER: Allowance = { perHour: 3, perDay: 12 };
export const PER_ACCOUNT: Allowance = { perHour: 10, perDay: 20 };
/**
 * Whoever registers again and again is another account each time, with another number. This many in an hour are more than
 * honest people ever ask for, and the most that an hour can cost.
 */
export const ALL_TOGETHER: Allowance = { perHour: 600, perDay: null };

export const SENDINGS_KEPT_MS = 24 * HOUR_MS;

/** Those of the moments that a window can still see, oldest first: no more than the allowance can refuse for. */
export function remembered(moments: readonly Date[], { perHour, perDay }: Allowance, now: Date): Date[] {
  return moments
    .filter((moment) => moment.getTime() > now.getTime() - SENDINGS_KEPT_MS)
    .sort((one, other) => one.getTime() - other.getTime())
    .slice(-Math.max(perHour, perDay ?? 0));
}

/** From when on there is room for one more. Not later than `now` where there is room already. */
export function nextSending(moments: readonly Date[], allowance: Allowance, now: Date): Date {
  const past = remembered(moments, allowance, now);
  const freeAt = (most: number, windowMs: number): number => (past.at(-most)?.getTime() ?? -windowMs) + windowMs;
  const { perHour, perDay } = allowance;
  return new Date(Math.max(freeAt(perHour, HOUR_MS), perDay === null ? 0 : freeAt(perDay, SENDINGS_KEPT_MS)));
}
