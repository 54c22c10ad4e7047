import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { filesIn, me, photoUrl, plain, send, show, strays, type WireUser } from './pictures';

const CANARY = 'taken-at-home-by-camille';
const MEBIBYTE = 1_048_576;

/** Red above, blue below, so that one can see which way it lies. */
async function upright(width: number, height: number): Promise<Buffer> {
  const half = await sharp({ create: { width, height: height / 2, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: '#0000ff' } })
    .composite([{ input: half, top: 0, left: 0 }])
    .png()
    .toBuffer();
}

/** A small file that says it unpacks to a very large picture. */
function pngThatClaims(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(header);
  header.writeUInt32BE(13, 8);
  header.write('IHDR', 12, 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.set([8, 2, 0, 0, 0], 24);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return Buffer.concat([header, Buffer.from([0, 0, 0, 0]), Buffer.from('IDAT'), Buffer.from([0x35, 0xaf, 0x06, 0x1e])]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('the own picture', () => {
  let app: TestApp;
  let folder: string;
  let picture: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-avatars-'));
    app = await startTestApp({ DATA_DIR: folder });
    picture = await plain(300, 300).jpeg().toBuffer();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fetched = async (url: string): Promise<Buffer> => {
    const answer = await app.http.get(url).buffer(true);
    expect(answer.status).toBe(200);
    return answer.body as Buffer;
  };

  it('is shown in the place of the silhouette, and counts for the completion', async () => {
    const person = await app.register();
    const before = await me(person);
    expect(before).toMatchObject({ photo_url: null, resolved_photo_url: '/static/avatars/default_neutral.svg' });
    const after = await show(person, picture);
    expect(after.photo_url).toMatch(/^\/static\/photos\/[A-Za-z0-9_-]{43}\.webp$/);
    expect(after.resolved_photo_url).toBe(after.photo_url);
    expect(after.profile_completion_pct).toBe(before.profile_completion_pct + 10);
    expect(await me(person)).toEqual(after);
    expect(await strays(app)).toBe(0);
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', () => plain(300, 200).jpeg().toBuffer()],
    ['PNG', () => plain(300, 200).png().toBuffer()],
    ['WebP', () => plain(300, 200).webp().toBuffer()],
  ])('may be a %s, whatever its name says, and becomes WebP', async (_, make) => {
    const person = await app.register();
    const user = await expectStatus<WireUser>(send(person, await make(), 'notes.txt'), 200);
    const shown = await sharp(await fetched(photoUrl(user))).metadata();
    expect(shown).toMatchObject({ format: 'webp', width: 300, height: 200 });
  });

  it('is turned upright and keeps nothing but its pixels', async () => {
    const person = await app.register();
    // Lies on its side: whoever shows it must turn it by a quarter (orientation 6).
    const lying = await sharp(await upright(400, 600))
      .rotate(270)
      .withExif({
        IFD0: { Artist: CANARY, Orientation: '6' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 24/1' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(lying).metadata()).orientation).toBe(6);
    expect(lying.includes(CANARY)).toBe(true);
    const bytes = await fetched(photoUrl(await show(person, lying)));
    const shown = await sharp(bytes).metadata();
    expect(shown).toMatchObject({ width: 400, height: 600 });
    expect([shown.orientation, shown.exif, shown.icc, shown.xmp, shown.iptc]).toEqual(Array(5).fill(undefined));
    expect(bytes.includes(CANARY)).toBe(false);
    const top = { left: 0, top: 0, width: 400, height: 200 };
    const [red = 0, , blue = 255] = await sharp(bytes).extract(top).resize(1, 1).removeAlpha().raw().toBuffer();
    expect(red).toBeGreaterThan(200);
    expect(blue).toBeLessThan(50);
  });

  it('is made as large as any client shows it, and no larger', async () => {
    const person = await app.register();
    const large = await plain(3_000, 1_500).jpeg().toBuffer();
    const shown = await sharp(await fetched(photoUrl(await show(person, large)))).metadata();
    expect(shown).toMatchObject({ width: 1_024, height: 512 });
  });

  it.each<[string, number, () => Promise<Buffer>]>([
    ['200 × 200', 200, () => plain(200, 200).png().toBuffer()],
    ['199 × 200', 422, () => plain(199, 200).png().toBuffer()],
    ['200 × 199', 422, () => plain(200, 199).png().toBuffer()],
  ])('of %s answers %i', async (_, status, make) => {
    const person = await app.register();
    const answer = await expectStatus(send(person, await make()), status);
    if (status === 422) expect(answer).toMatchObject({ detail: 'image_too_small' });
  });

  it('weighs 5 MiB at most, to the byte', async () => {
    const person = await app.register();
    const padded = (size: number): Buffer => Buffer.concat([picture, Buffer.alloc(size - picture.length)]);
    await show(person, padded(5 * MEBIBYTE));
    const refused = await expectStatus(send(person, padded(5 * MEBIBYTE + 1)), 413);
    expect(refused).toMatchObject({ detail: 'file_too_large' });
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['an SVG named .jpg', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>')],
    ['a GIF', () => plain(300, 300).gif().toBuffer()],
    ['a TIFF', () => plain(300, 300).tiff().toBuffer()],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', () => Buffer.alloc(0)],
    ['the first bytes of a JPEG alone', () => Buffer.from([0xff, 0xd8, 0xff])],
    ['half a JPEG', async () => (await plain(900, 900).jpeg().toBuffer()).subarray(0, 2_000)],
    ['a PNG that holds no picture', () => pngThatClaims(300, 300)],
  ])('is not %s', async (_, make) => {
    const person = await app.register();
    const answer = await expectStatus(send(person, await make()), 415);
    expect(answer).toMatchObject({ detail: 'unsupported_media_type' });
    expect((await me(person)).photo_url).toBeNull();
  });

  it.each([
    [50_001, 1_000],
    [60_000, 60_000],
  ])('is refused before it is unpacked when it claims %i × %i pixels', async (width, height) => {
    const person = await app.register();
    const before = await filesIn(folder);
    const answer = await expectStatus(send(person, pngThatClaims(width, height)), 413);
    expect(answer).toMatchObject({ detail: 'file_too_large' });
    expect(await filesIn(folder)).toEqual(before);
  });

  it('must come, as a file of a form', async () => {
    const person = await app.register();
    const empty = await expectStatus(person.http.post('/users/me/avatar').field('note', 'nothing'), 422);
    expect(empty).toMatchObject({ detail: 'validation_error', errors: [{ field: 'file', code: 'required' }] });
    await expectStatus(person.http.post('/users/me/avatar').send({ file: 'me.jpg' }), 415);
    await expectStatus(app.http.post('/users/me/avatar').attach('file', picture, 'me.jpg'), 401);
  });

  it('asks a crowd to come again instead of unpacking everything at once', async () => {
    const person = await app.register();
    const large = await plain(4_000, 3_000).png().toBuffer();
    const answers = await Promise.all(Array.from({ length: 40 }, () => send(person, large)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(18);
    await show(person, picture);
  });
});
