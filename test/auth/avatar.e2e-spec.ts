import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import { S3Server } from 'test/support/s3-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const CANARY = 'taken-at-home-by-camille';
const MEBIBYTE = 1_048_576;
const HOUR = 3_600;

interface WireUser {
  photo_url: string | null;
  resolved_photo_url: string;
  profile_completion_pct: number;
  updated_at: string;
}

/** A picture of one colour. */
const plain = (width: number, height: number): sharp.Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#3a7d44' } });

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

const send = (person: TestPerson, bytes: Buffer, name = 'me.jpg'): PromiseLike<{ status: number; body: unknown }> =>
  person.http.post('/users/me/avatar').attach('file', bytes, name);
const show = (person: TestPerson, bytes: Buffer): Promise<WireUser> => expectStatus<WireUser>(send(person, bytes), 200);
const me = (person: TestPerson): Promise<WireUser> => expectStatus<WireUser>(person.http.get('/users/me'), 200);
const photoUrl = ({ photo_url: url }: WireUser): string => {
  if (url === null) throw new Error('no picture');
  return url;
};

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

  const files = async (): Promise<string[]> => readdir(join(folder, 'photos')).catch(() => []);
  const fetched = async (url: string): Promise<Buffer> => {
    const answer = await app.http.get(url).buffer(true);
    expect(answer.status).toBe(200);
    return answer.body as Buffer;
  };
  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  const strays = async (): Promise<number> =>
    (await app.database.query<{ name: string }>('SELECT name FROM stray_photos')).rows.length;

  it('is shown in the place of the silhouette, and counts for the completion', async () => {
    const person = await app.register();
    const before = await me(person);
    expect(before).toMatchObject({ photo_url: null, resolved_photo_url: '/static/avatars/default_neutral.svg' });
    const after = await show(person, picture);
    expect(after.photo_url).toMatch(/^\/static\/photos\/[A-Za-z0-9_-]{43}\.webp$/);
    expect(after.resolved_photo_url).toBe(after.photo_url);
    expect(after.profile_completion_pct).toBe(before.profile_completion_pct + 10);
    expect(await me(person)).toEqual(after);
    expect(await strays()).toBe(0);
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
    const before = await files();
    const answer = await expectStatus(send(person, pngThatClaims(width, height)), 413);
    expect(answer).toMatchObject({ detail: 'file_too_large' });
    expect(await files()).toEqual(before);
  });

  it('must come, as a file of a form', async () => {
    const person = await app.register();
    const empty = await expectStatus(person.http.post('/users/me/avatar').field('note', 'nothing'), 422);
    expect(empty).toMatchObject({ detail: 'validation_error', errors: [{ field: 'file', code: 'required' }] });
    await expectStatus(person.http.post('/users/me/avatar').send({ file: 'me.jpg' }), 415);
    await expectStatus(app.http.post('/users/me/avatar').attach('file', picture, 'me.jpg'), 401);
  });

  it('goes with the next one: the earlier file is taken away after the commit', async () => {
    const person = await app.register();
    const first = photoUrl(await show(person, picture));
    const second = photoUrl(await show(person, picture));
    expect(second).not.toBe(first);
    await settle();
    await app.http.get(first).expect(404);
    await app.http.get(second).expect(200);
    expect(await strays()).toBe(0);
  });

  it('goes for good when it is deleted, with its points; a repeat changes nothing', async () => {
    const person = await app.register();
    const url = photoUrl(await show(person, picture));
    const { profile_completion_pct: points } = await me(person);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await settle();
    await app.http.get(url).expect(404);
    const after = await me(person);
    expect(after).toMatchObject({ photo_url: null, resolved_photo_url: '/static/avatars/default_neutral.svg' });
    expect(after.profile_completion_pct).toBe(points - 10);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    expect(await me(person)).toEqual(after);
  });

  it('is one file, however many come at once', async () => {
    const person = await app.register();
    await settle();
    const before = new Set(await files());
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(person, picture)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    await settle();
    const added = (await files()).filter((name) => !before.has(name));
    expect(added.map((name) => `/static/photos/${name}`)).toEqual([(await me(person)).photo_url]);
    expect(await strays()).toBe(0);
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

  it('is not of Google’s store: a picture that lies elsewhere is only forgotten', async () => {
    await settle();
    const person = await app.register();
    await app.database.query('UPDATE users SET photo_url = $2 WHERE id = $1', [
      person.id,
      'https://pictures.example/camille.jpg',
    ]);
    expect((await me(person)).resolved_photo_url).toBe('https://pictures.example/camille.jpg');
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    expect((await me(person)).photo_url).toBeNull();
    expect(await strays()).toBe(0);
  });

  it('is swept up within a day when the process stopped between storing and showing it', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const person = await app.register();
    const kept = photoUrl(await show(person, picture));
    // What such a process leaves: a file, and its name among those that nobody shows.
    const orphan = photoUrl(await show(await app.register(), picture));
    await app.database.query('UPDATE users SET photo_url = NULL WHERE photo_url = $1', [orphan]);
    await app.database.query('INSERT INTO stray_photos (name, since) VALUES ($1, $2)', [
      orphan.split('/').at(-1),
      '2026-03-02T06:00:00Z',
    ]);
    await app.advance(HOUR / 2);
    await app.http.get(orphan).expect(200);
    const ran = await app.advance(24 * HOUR);
    expect(ran.map(({ name }) => name)).toContain('purge_expired_tokens');
    await app.http.get(orphan).expect(404);
    await app.http.get(kept).expect(200);
    expect(await strays()).toBe(0);
    await app.setClock(null);
  });

  describe('at its address', () => {
    let url: string;

    beforeAll(async () => {
      url = photoUrl(await show(await app.register(), picture));
    });

    it('is public, cached for a year, and only ever a picture', async () => {
      const { headers } = await app.http.get(url).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-disposition': 'inline',
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(Number(headers['content-length'])).toBeGreaterThan(0);
    });

    it('answers HEAD without a body', async () => {
      const answer = await app.http.head(url).expect(200);
      expect(answer.headers['content-type']).toBe('image/webp');
      expect(answer.text).toBeFalsy();
    });

    it.each([
      `${'a'.repeat(43)}.webp`,
      'default_male.svg',
      '..%2Fsecrets.json',
      '..%2f..%2f..%2f..%2fetc%2fpasswd',
      '%2e%2e%2f%2e%2e%2fpackage.json',
      '....//secrets.json',
      `${'a'.repeat(43)}.webp%00.svg`,
      '%5c..%5csecrets.json',
      `${'a'.repeat(44)}.webp`,
    ])('is not found as %s', async (file) => {
      const answer = await app.http.get(`/static/photos/${file}`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ detail: 'not_found' });
      expect(answer.headers['cache-control']).toBe('no-store');
    });
  });
});

describe('the own picture in a bucket', () => {
  let app: TestApp;
  let server: S3Server;
  let picture: Buffer;

  beforeAll(async () => {
    server = await S3Server.start();
    app = await startTestApp(server.variables);
    picture = await plain(300, 300).jpeg().toBuffer();
  });
  afterAll(async () => {
    await app.close();
    await server.stop();
  });
  beforeEach(() => {
    server.mood = 'good';
  });

  it('is put, served and taken away', async () => {
    const person = await app.register();
    const url = photoUrl(await show(person, picture));
    expect([...server.objects.keys()]).toEqual([url.split('/').at(-1)]);
    const answer = await app.http.get(url).expect(200);
    expect((await sharp(answer.body as Buffer).metadata()).width).toBe(300);
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await app.nest.get(JobWorker).settle();
    expect(server.objects.size).toBe(0);
  });

  it.each(['failing', 'silent'] as const)(
    'changes nothing while the store is %s, and says so in time',
    async (mood) => {
      const person = await app.register();
      const before = await show(person, picture);
      server.mood = mood;
      const since = performance.now();
      const refused = await expectStatus(send(person, picture), 503);
      expect(performance.now() - since).toBeLessThan(7_000);
      expect(refused).toMatchObject({ detail: 'service_unavailable', retry_after: expect.any(Number) as number });
      await app.http.get(photoUrl(before)).expect(503);
      expect(await me(person)).toEqual(before);
      server.mood = 'good';
      await app.http.get(photoUrl(before)).expect(200);
      await show(person, picture);
    },
  );

  it('holds no connection of the database while the store makes it wait', async () => {
    const person = await app.register();
    server.mood = 'silent';
    const waiting = Array.from({ length: 15 }, () => send(person, picture));
    const open = Promise.all(waiting.map((one) => Promise.resolve(one)));
    await expect(me(person)).resolves.toMatchObject({ photo_url: null });
    const { rows } = await app.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(rows[0]?.count).toBe(0);
    expect((await open).map(({ status }) => status)).toEqual(Array(15).fill(503));
  });

  it('is tried again when it could not be taken away', async () => {
    const person = await app.register();
    server.objects.clear();
    const first =
      photoUrl(await show(person, picture))
        .split('/')
        .at(-1) ?? '';
    server.mood = 'failing';
    await expectStatus(person.http.delete('/users/me/avatar'), 204);
    await app.nest.get(JobWorker).settle();
    expect(server.objects.has(first)).toBe(true);
    server.mood = 'good';
    await app.advance(26 * HOUR);
    expect(server.objects.has(first)).toBe(false);
  });
});
