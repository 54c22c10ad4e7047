import sharp from 'sharp';
import { drawnFilm } from './sandbox-film';
import { frameOfWebp } from './webm.format';

interface Element {
  id: string;
  content: Buffer;
}

/** The elements of EBML one after the other, read as a player does. */
function elementsOf(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const idLength = Math.clz32(bytes.readUInt8(at)) - 23;
    const id = bytes.toString('hex', at, at + idLength);
    at += idLength;
    const sizeLength = Math.clz32(bytes.readUInt8(at)) - 23;
    const first = BigInt(bytes.readUInt8(at) & (0xff >> sizeLength));
    const rest = bytes.subarray(at + 1, at + sizeLength);
    const size = Number(rest.reduce((value, byte) => value * 256n + BigInt(byte), first));
    at += sizeLength;
    elements.push({ id, content: bytes.subarray(at, at + size) });
    at += size;
  }
  return elements;
}

function inside(bytes: Buffer, id: string): Buffer {
  const found = elementsOf(bytes).find((element) => element.id === id);
  if (!found) throw new Error(`no element ${id}`);
  return found.content;
}

/** A frame of VP8 in the wrapping of a picture, which the library can read. */
function webpOf(vp8: Buffer): Buffer {
  const head = Buffer.alloc(20);
  const padded = Buffer.concat([vp8, Buffer.alloc(vp8.length % 2)]);
  head.write('RIFF', 0);
  head.writeUInt32LE(12 + padded.length, 4);
  head.write('WEBPVP8 ', 8);
  head.writeUInt32LE(vp8.length, 16);
  return Buffer.concat([head, padded]);
}

describe('the film that stands in for a video', () => {
  let film: Buffer;
  beforeAll(async () => {
    film = await drawnFilm();
  });

  it('is WebM: a head, then one segment to the last byte', () => {
    const [head, segment, ...more] = elementsOf(film);
    expect([head?.id, segment?.id, more.length]).toEqual(['1a45dfa3', '18538067', 0]);
    expect(inside(head?.content ?? Buffer.alloc(0), '4282').toString()).toBe('webm');
    expect(film.length).toBeLessThan(300_000);
  });

  it('lasts between 15 and 45 seconds, and has one track, of pictures', () => {
    const segment = inside(film, '18538067');
    const duration = inside(inside(segment, '1549a966'), '4489').readDoubleBE();
    expect(duration).toBeGreaterThanOrEqual(15_000);
    expect(duration).toBeLessThanOrEqual(45_000);
    const tracks = elementsOf(inside(segment, '1654ae6b'));
    expect(tracks.map(({ content }) => inside(content, '86').toString())).toEqual(['V_VP8']);
  });

  it('moves: its frames can be decoded, follow one another, and are not all alike', async () => {
    const blocks = elementsOf(inside(inside(film, '18538067'), '1f43b675')).filter(({ id }) => id === 'a3');
    const times = blocks.map(({ content }) => content.readInt16BE(1));
    expect(times).toEqual(times.map((_, at) => at * 250));
    expect(blocks).toHaveLength(64);
    const pictures = await Promise.all(
      blocks.map(({ content }) =>
        sharp(webpOf(content.subarray(4)))
          .raw()
          .toBuffer({ resolveWithObject: true }),
      ),
    );
    for (const { info } of pictures) expect([info.width, info.height]).toEqual([320, 180]);
    expect(new Set(pictures.map(({ data }) => data.toString('latin1'))).size).toBeGreaterThan(8);
  });
});

describe('the frame of a picture', () => {
  it('is found behind other chunks, and nowhere in what is no lossy WebP', async () => {
    const blank = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });
    const plain = await blank.clone().webp().toBuffer();
    const described = await blank.clone().withMetadata().webp().toBuffer();
    expect(frameOfWebp(described)?.equals(frameOfWebp(plain) ?? Buffer.alloc(0))).toBe(true);
    expect(frameOfWebp(await blank.clone().webp({ lossless: true }).toBuffer())).toBeNull();
    expect(frameOfWebp(await blank.clone().png().toBuffer())).toBeNull();
    expect(frameOfWebp(Buffer.alloc(0))).toBeNull();
  });
});
