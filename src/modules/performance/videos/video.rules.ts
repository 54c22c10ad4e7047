import { randomBytes } from 'node:crypto';
import { DAY_MS, HOUR_MS } from 'src/common/clock/durations';
import type { VideoType } from 'src/common/outbound/videos';

/** By then every provider has finished or never will. */
export const LONGEST_WAIT_MS = 2 * HOUR_MS;
/** Answers that name a video are kept by apps and caches; it stays a day for those that have an old one. */
export const AFTERLIFE_MS = DAY_MS;

const FOLDER = '/static/videos/';
const NAME_BYTES = 32;
const NAME = /^[A-Za-z0-9_-]{43}\.(mp4|webm)$/;

/** A name that nobody guesses: knowing it is the right to see the video, also before it is published. */
export function newVideoName(type: VideoType): string {
  return `${randomBytes(NAME_BYTES).toString('base64url')}.${type === 'video/mp4' ? 'mp4' : 'webm'}`;
}

/** Whether a name can be one of ours. Anything else never reaches the store. */
export function isVideoName(name: string): boolean {
  return NAME.test(name);
}

export function typeOfVideo(name: string): VideoType {
  return name.endsWith('.mp4') ? 'video/mp4' : 'video/webm';
}

export function videoUrlOf(name: string): string {
  return `${FOLDER}${name}`;
}

/** The moment before which a video that is still being made was asked for too long ago. */
export function latestStart(nowMs: number): Date {
  return new Date(nowMs - LONGEST_WAIT_MS);
}
