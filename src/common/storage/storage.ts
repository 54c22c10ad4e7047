import type { Readable } from 'node:stream';
import type { ByteRange } from 'src/common/http/byte-range.rules';

/** How long a store may take for one thing, all attempts together. Real time: it bounds the wait of a caller. */
export const STORE_PATIENCE_MS = 5_000;
/** To take a video, which nobody waits for but a job. */
export const VIDEO_PATIENCE_MS = 30_000;

/** No picture of ours is larger: what a store hands out beyond it is not what was put there. */
export const MAX_STORED_BYTES = 4 * 1_048_576;

/**
 * Where pictures are kept. A name is made once and its content never changes, so it may be cached for ever; a name is
 * one word of `[A-Za-z0-9._-]`, never a path. Each of these talks to the outside and belongs outside any transaction.
 */
export abstract class PhotoStore {
  /** All or nothing: nobody reads half a picture. @throws ServiceUnavailable */
  abstract put(name: string, bytes: Buffer, contentType: string): Promise<void>;

  /** Null when there is none of that name. @throws ServiceUnavailable */
  abstract get(name: string): Promise<Buffer | null>;

  /** Also when there is none: running it twice changes nothing. @throws ServiceUnavailable */
  abstract remove(name: string): Promise<void>;
}

/** Where videos are kept, under the same rules. They are too large to be held in memory for everybody who watches. */
export abstract class VideoStore {
  /** All or nothing: nobody reads half a video. @throws ServiceUnavailable */
  abstract put(name: string, bytes: Buffer, contentType: string): Promise<void>;

  /** A part of it as a stream, or null when there is none of that name. @throws ServiceUnavailable */
  abstract open(name: string, range: ByteRange): Promise<Readable | null>;

  /** Also when there is none: running it twice changes nothing. @throws ServiceUnavailable */
  abstract remove(name: string): Promise<void>;
}

/**
 * Where it is kept that somebody was erased, beside the database: small texts that say nothing of the person. They are
 * written once, and never changed or removed.
 */
export abstract class ReceiptStore {
  /** All or nothing; what is there already is written again alike. @throws ServiceUnavailable */
  abstract put(name: string, bytes: Buffer): Promise<void>;

  /** Null when there is none of that name. @throws ServiceUnavailable */
  abstract get(name: string): Promise<Buffer | null>;

  /** All of them, in the order of their names. @throws ServiceUnavailable */
  abstract names(): AsyncGenerator<string>;
}
