import { recordOf } from 'src/common/json/record';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { oneLine } from 'src/common/outbound/foreign-text';
import type { VideoReport, VideoType } from 'src/common/outbound/videos';

/** What a provider calls a video: one word, which may stand in an address. */
const JOB_ID = /^[A-Za-z0-9._:-]{1,128}$/;
const MAX_URL = 2_000;
const MAX_REASON = 300;
/** Of orders and videos; keys, limits and faults of a server are mended by an operator or by time. */
const FINAL = new Set([400, 404, 409, 410, 422]);
const RUNNING = new Set(['queued', 'pending', 'processing', 'running']);
/** EBML, of which WebM is one kind, says which near its beginning. */
const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);
const EBML_HEAD = 64;

function jobIdOf(value: unknown): string | null {
  return typeof value === 'string' && JOB_ID.test(value) && !/^\.+$/.test(value) ? value : null;
}

/** How the provider calls a video that it has taken: `{ id }`. @throws DeliveryFailure when it does not say */
export function startedJob(body: unknown): string {
  const id = jobIdOf(recordOf(body)['id']);
  if (id === null) throw new DeliveryFailure('video answer', false);
  return id;
}

/** How far a video is: `{ status, url?, error? }`. @throws DeliveryFailure when that cannot be understood */
export function reportOf(body: unknown): VideoReport {
  const { status, url, error } = recordOf(body);
  if (typeof status === 'string' && RUNNING.has(status)) return { state: 'running' };
  if (status === 'failed') return { state: 'failed', reason: oneLine(error, MAX_REASON) || null };
  if (status === 'succeeded' && typeof url === 'string' && url.length <= MAX_URL) return { state: 'done', url };
  throw new DeliveryFailure('video answer', false);
}

/** Which video an event is about: `{ data: { id } }`. Null for an event of another kind. */
export function jobIdOfEvent(event: unknown): string | null {
  return jobIdOf(recordOf(recordOf(event)['data'])['id']);
}

/**
 * Whether a finished file may be fetched from there: an answer of the provider does not lead us to a host that nobody
 * has named.
 */
export function isFetchable(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, username, password } = new URL(url);
  return origins.includes(origin) && username === '' && password === '';
}

/** What a file is by its bytes, whatever its sender calls it; null for what players do not play everywhere. */
export function videoTypeOf(bytes: Buffer): VideoType | null {
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return 'video/mp4';
  const isWebm = bytes.subarray(0, 4).equals(EBML) && bytes.subarray(0, EBML_HEAD).includes('webm');
  return isWebm ? 'video/webm' : null;
}

/** What an answer that is no success means. Nobody is followed to another address. */
export function failureOfAnswer(status: number, retryAfterMs: number | null): DeliveryFailure {
  const isFinal = FINAL.has(status) || (status >= 300 && status < 400);
  return new DeliveryFailure(`video http_${status}`, isFinal, retryAfterMs);
}
