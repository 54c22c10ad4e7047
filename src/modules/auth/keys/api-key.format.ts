import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const MARK = 'mck_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(ALPHABET.length);
const SECRET_BYTES = 32;
/** 62^43 is the first power of 62 above 2^256. */
const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;
const PREFIX_LENGTH = 8;
const SHAPE = new RegExp(`^${MARK}([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECK_LENGTH}})$`);

function base62(number: bigint, length: number): string {
  let digits = '';
  for (let rest = number; rest > 0n; rest /= BASE) digits = ALPHABET.charAt(Number(rest % BASE)) + digits;
  return digits.padStart(length, '0');
}

function checkOf(secret: string): string {
  return base62(BigInt(crc32(secret)), CHECK_LENGTH);
}

/** A key is `mck_`, its 256 random bits as one number in base 62, and the CRC32 of those 43 characters (rules §13). */
export function keyOfBytes(bytes: Uint8Array): string {
  const secret = base62(BigInt(`0x${Buffer.from(bytes).toString('hex')}`), SECRET_LENGTH);
  return `${MARK}${secret}${checkOf(secret)}`;
}

export function newApiKey(): string {
  return keyOfBytes(randomBytes(SECRET_BYTES));
}

/** Whether it can be a key at all: a mistyped or made-up one is told without asking the database. */
export function isWellFormedKey(text: string): boolean {
  const [, secret, check] = SHAPE.exec(text) ?? [];
  return secret !== undefined && check === checkOf(secret);
}

/** What may be stored and logged of a key. */
export function prefixOf(key: string): string {
  return key.slice(0, PREFIX_LENGTH);
}
