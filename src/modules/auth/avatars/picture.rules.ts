import { randomBytes } from 'node:crypto';

/** Pixels; a smaller picture looks bad wherever it is shown. */
export const LEAST_SIDE = 200;
/** Pixels; more than any client shows. */
export const LARGEST_SIDE = 1_024;
/** What is unpacked at most: the largest that phones take. Beyond it a small file may fill the memory. */
export const MOST_PIXELS = 50_000_000;

export const PHOTO_TYPE = 'image/webp';
const FOLDER = '/static/photos/';
const NAME_BYTES = 32;
const NAME = /^[A-Za-z0-9_-]{43}\.webp$/;

export type PictureKind = 'jpeg' | 'png' | 'webp';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * What a file is by its first bytes, or null when it is none of the three. Asked before any decoder sees the file: the
 * library behind it reads dozens of formats, and whoever attacks picks the weakest.
 */
export function pictureKind(bytes: Buffer): PictureKind | null {
  if (bytes.subarray(0, 3).equals(JPEG)) return 'jpeg';
  if (bytes.subarray(0, 8).equals(PNG)) return 'png';
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'webp' : null;
}

/** A name that nobody guesses: knowing it is the right to see the picture. */
export function newPhotoName(): string {
  return `${randomBytes(NAME_BYTES).toString('base64url')}.webp`;
}

/** Whether a name can be one of ours. Anything else never reaches the store. */
export function isPhotoName(name: string): boolean {
  return NAME.test(name);
}

export function photoUrlOf(name: string): string {
  return `${FOLDER}${name}`;
}

/** The name of a picture that lies in our store; null for one of somewhere else, such as Google's. */
export function photoNameOf(url: string | null): string | null {
  if (!url?.startsWith(FOLDER)) return null;
  const name = url.slice(FOLDER.length);
  return isPhotoName(name) ? name : null;
}
