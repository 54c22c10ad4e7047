import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Response } from 'supertest';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { S3Server } from 'test/support/s3-server';
import { anAdmin } from './machines';
import { aFolder, anExercise, asked, made, published, rejected, settle, videoRow, type WireVideo } from './videos';

const NOW = '2026-03-02T06:00:00Z';

/** The bytes of an answer, whatever they are. */
async function bytesOf(app: TestApp, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.http
    .get(path)
    .set(headers)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
}

describe.each(['a folder', 'a bucket'])('the files of videos in %s', (place) => {
  let app: TestApp;
  let admin: TestPerson;
  let folder: Awaited<ReturnType<typeof aFolder>>;
  let bucket: S3Server;
  let exercise: string;

  beforeAll(async () => {
    folder = await aFolder();
    bucket = await S3Server.start();
    app = await startTestApp(place === 'a bucket' ? bucket.variables : { DATA_DIR: folder.path });
    admin = await anAdmin(app);
  });
  afterAll(async () => {
    await app.close();
    await bucket.stop();
    await folder.remove();
  });
  beforeEach(async () => {
    bucket.mood = 'good';
    await app.setClock(NOW);
    exercise = await anExercise(app);
  });

  const stored = async (): Promise<string[]> =>
    place === 'a bucket' ? [...bucket.objects.keys()] : readdir(join(folder.path, 'videos'));
  const urlOf = ({ video_url: url }: WireVideo): string => String(url);

  it('are handed out whole, as what they are, for a year', async () => {
    const video = await made(app, admin, exercise);
    const { file_size: size } = await videoRow(app, video.id);
    const answer = await bytesOf(app, urlOf(video));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'video/webm',
      'content-length': String(size),
      'accept-ranges': 'bytes',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect((answer.body as Buffer).length).toBe(size);
    expect((answer.body as Buffer).toString('hex', 0, 4)).toBe('1a45dfa3');
  });

  it('are handed out in parts, as players ask for them', async () => {
    const video = await made(app, admin, exercise);
    const whole = (await bytesOf(app, urlOf(video))).body as Buffer;
    const last = whole.length - 1;
    for (const [range, start, end] of [
      ['bytes=0-1', 0, 1],
      ['bytes=100-299', 100, 299],
      [`bytes=${last}-`, last, last],
      ['bytes=-500', last - 499, last],
    ] as const) {
      const answer = await bytesOf(app, urlOf(video), { Range: range });
      expect([answer.status, answer.headers['content-range']]).toEqual([206, `bytes ${start}-${end}/${whole.length}`]);
      expect((answer.body as Buffer).equals(whole.subarray(start, end + 1))).toBe(true);
    }
    const answeredWhole: Record<string, string>[] = [
      { Range: `bytes=${whole.length}-` },
      { Range: 'bytes=0-1', 'If-Range': '"other"' },
    ];
    for (const headers of answeredWhole) {
      const answer = await bytesOf(app, urlOf(video), headers);
      expect([answer.status, (answer.body as Buffer).length]).toEqual([200, whole.length]);
    }
  });

  it('answer a HEAD with their size alone', async () => {
    const video = await made(app, admin, exercise);
    const { file_size: size } = await videoRow(app, video.id);
    const answer = await app.http.head(urlOf(video));
    expect([answer.status, answer.headers['content-length'], answer.headers['content-type']]).toEqual([
      200,
      String(size),
      'video/webm',
    ]);
  });

  it.each([
    'nothing.webm',
    `${'a'.repeat(43)}.webm`,
    `${'a'.repeat(43)}.mp4`,
    '..%2Fsecrets.json',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    `${'a'.repeat(43)}.webm%00`,
  ])('are not there under %s', async (name) => {
    const answer = await app.http.get(`/static/videos/${name}`);
    expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
  });

  it('stay a day after another one took their place or they were refused, and go then', async () => {
    const [first, refused, second] = [
      await published(admin, await made(app, admin, exercise)),
      await rejected(admin, await made(app, admin, exercise)),
      await published(admin, await made(app, admin, exercise)),
    ];
    await app.setClock('2026-03-03T05:59:00Z');
    await app.advance(30);
    for (const video of [first, refused, second]) expect((await app.http.get(urlOf(video))).status).toBe(200);
    // The night after that.
    await app.setClock('2026-03-03T06:00:00Z');
    await app.advance(24 * 3_600);
    for (const video of [first, refused]) {
      expect((await app.http.get(urlOf(video))).status).toBe(404);
      expect((await videoRow(app, video.id)).file_name).toBeNull();
    }
    expect((await app.http.get(urlOf(second))).status).toBe(200);
    const names = await stored();
    expect(names.some((name) => urlOf(second).endsWith(name))).toBe(true);
    expect(names.some((name) => urlOf(first).endsWith(name) || urlOf(refused).endsWith(name))).toBe(false);
  });

  if (place === 'a bucket')
    it('are asked for again when the store is away', async () => {
      bucket.mood = 'failing';
      const { id } = await asked(admin, exercise);
      await settle(app);
      expect(await videoRow(app, id)).toMatchObject({ status: 'generating', file_size: null });
      bucket.mood = 'good';
      await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
      await settle(app);
      const row = await videoRow(app, id);
      expect(row.status).toBe('validating');
      expect(bucket.objects.has(String(row.file_name))).toBe(true);
      bucket.mood = 'failing';
      expect((await app.http.get(`/static/videos/${String(row.file_name)}`)).status).toBe(503);
    });
});
