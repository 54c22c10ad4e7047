/** One picture of a film: a key frame of VP8. */
export interface Frame {
  vp8: Buffer;
  /** Since the beginning; whole milliseconds, less than half a minute. */
  atMs: number;
}

export interface FilmShape {
  /** Pixels. */
  width: number;
  height: number;
  durationMs: number;
}

const RIFF_HEAD = 12;
const CHUNK_HEAD = 8;
const NANOSECONDS_OF_A_TICK = 1_000_000;
const KEY_FRAME = 0x80;
const FIRST_TRACK = 0x81;

/**
 * The key frame that a lossy WebP without transparency holds: such a picture is one frame of VP8 in another wrapping.
 * Null when it is no such picture.
 */
export function frameOfWebp(webp: Buffer): Buffer | null {
  for (let at = RIFF_HEAD; at + CHUNK_HEAD <= webp.length;) {
    const size = webp.readUInt32LE(at + 4);
    const start = at + CHUNK_HEAD;
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') return webp.subarray(start, start + size);
    at = start + size + (size % 2);
  }
  return null;
}

/** A silent film of key frames as WebM, which browsers and telephones play. */
export function webm(frames: readonly Frame[], { width, height, durationMs }: FilmShape): Buffer {
  const head = element(
    '1a45dfa3',
    number('4286', 1),
    number('42f7', 1),
    number('42f2', 4),
    number('42f3', 8),
    element('4282', Buffer.from('webm')),
    number('4287', 2),
    number('4285', 2),
  );
  const info = element(
    '1549a966',
    number('2ad7b1', NANOSECONDS_OF_A_TICK),
    float('4489', durationMs),
    element('4d80', Buffer.from('MyCoach')),
    element('5741', Buffer.from('MyCoach')),
  );
  const track = element(
    'ae',
    number('d7', 1),
    number('73c5', 1),
    number('9c', 0),
    element('86', Buffer.from('V_VP8')),
    number('83', 1),
    element('e0', number('b0', width), number('ba', height)),
  );
  const blocks = frames.map(({ vp8, atMs }) => element('a3', blockHead(atMs), vp8));
  const cluster = element('1f43b675', number('e7', 0), ...blocks);
  return Buffer.concat([head, element('18538067', info, element('1654ae6b', track), cluster)]);
}

function blockHead(atMs: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(FIRST_TRACK, 0);
  head.writeInt16BE(atMs, 1);
  head.writeUInt8(KEY_FRAME, 3);
  return head;
}

/** An element of EBML: its id, its length, and what it holds. */
function element(id: string, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(content.length));
  // Eight bytes, said by the first bit that is set.
  length.writeUInt8(1, 0);
  return Buffer.concat([Buffer.from(id, 'hex'), length, content]);
}

function number(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return element(id, bytes);
}

function float(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(id, bytes);
}
