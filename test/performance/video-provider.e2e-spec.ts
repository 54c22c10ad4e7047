import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { VideoMaker } from 'src/modules/performance/videos/video-maker.service';
import { promote } from 'test/auth/links';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { AN_MP4, type VideoFault, VideoServer } from 'test/support/video-server';
import type { Refusal } from './machines';
import { aFolder, anExercise, askAgain, asked, published, settle, shownWith, type VideoRow, videoRow } from './videos';

const SOON_MS = 13_000;
/** One answer is waited for as long as that. */
const SLOW_TEST_MS = 60_000;

describe('a provider of videos', () => {
  let provider: VideoServer;
  let app: TestApp;
  let admin: TestPerson;
  let folder: Awaited<ReturnType<typeof aFolder>>;
  let exercise: string;

  beforeAll(async () => {
    provider = await VideoServer.start();
    folder = await aFolder();
    app = await startTestApp({ ...QUIET_PRODUCTION, ...provider.variables, DATA_DIR: folder.path });
    admin = await app.register();
    await promote(app, admin);
  });
  afterAll(async () => {
    await app.close();
    await provider.stop();
    await folder.remove();
  });
  beforeEach(async () => {
    provider.forget();
    exercise = await anExercise(app);
  });
  afterEach(async () => {
    await app.database.query('DELETE FROM exercise_videos');
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
  });

  const ordered = async (): Promise<string> => {
    const { id } = await asked(admin, exercise);
    await settle(app);
    return id;
  };
  const afterAnother = async (id: string): Promise<VideoRow> => {
    await askAgain(app);
    return videoRow(app, id);
  };
  const waits = async (): Promise<{ attempts: number; seconds: number }[]> =>
    (
      await app.database.query<{ attempts: number; seconds: number }>(
        `SELECT attempts, extract(epoch FROM run_at - now())::int AS seconds FROM graphile_worker._private_jobs`,
      )
    ).rows;

  it('is asked after the commit, once, with the prompt and where to report', async () => {
    const { id, generated_prompt: prompt } = await asked(admin, exercise);
    expect(provider.requests).toEqual([]);
    await settle(app);
    expect(provider.videos).toMatchObject([
      { prompt, idempotencyKey: id, webhookUrl: 'https://api.mycoach.example/webhooks/videos' },
    ]);
    expect(await videoRow(app, id)).toMatchObject({
      status: 'generating',
      provider_job_id: provider.videos[0]?.id,
      file_name: null,
    });
  });

  it('is asked again until the video is there, however long that takes, and none of it counts as a failure', async () => {
    const id = await ordered();
    for (let count = 0; count < 7; count += 1) expect((await afterAnother(id)).status).toBe('generating');
    expect(await waits()).toEqual([{ attempts: 0, seconds: expect.any(Number) as number }]);
    expect((await waits())[0]?.seconds).toBeGreaterThanOrEqual(595);
    provider.finish();
    expect((await afterAnother(id)).status).toBe('validating');
    expect(provider.requests.filter((line) => line.startsWith('POST'))).toHaveLength(1);
    expect(await waits()).toEqual([]);
  });

  it('hands the file over, without being told our key by another host, and it is kept and shown', async () => {
    const id = await ordered();
    provider.finish();
    const row = await afterAnother(id);
    expect(row).toMatchObject({ status: 'validating', file_size: AN_MP4.length });
    expect(row.file_name).toMatch(/\.mp4$/);
    expect(provider.headersOfFiles[0]).not.toHaveProperty('authorization');
    const url = (await published(admin, { id })).video_url;
    const answer = await app.http.get(String(url));
    expect([answer.headers['content-type'], (answer.body as Buffer).equals(AN_MP4)]).toEqual(['video/mp4', true]);
    expect(await shownWith(app, exercise)).toBe(url);
  });

  it('makes one video of an order whose answer was lost', async () => {
    provider.fail('order', 'accept and drop', { status: 503 });
    const id = await ordered();
    expect((await videoRow(app, id)).provider_job_id).toBeNull();
    await askAgain(app);
    expect((await afterAnother(id)).provider_job_id).toBe(provider.videos[0]?.id);
    expect(provider.videos).toHaveLength(1);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['that it failed', { status: 'failed' }, 'provider_failed'],
    ['why it failed', { status: 'failed', error: 'no hands on the bar' }, 'provider_failed: no hands on the bar'],
    ['of an address that is nowhere', { status: 'succeeded', url: 'nowhere' }, 'unusable_file'],
    ['of a host that nobody named', { status: 'succeeded', url: 'http://127.0.0.1:1/a.mp4' }, 'unusable_file'],
    ['of our own files', { status: 'succeeded', url: 'file:///etc/passwd' }, 'unusable_file'],
  ])('may tell %s: then the video is rejected, by nobody, and can be asked for again', async (_, told, reason) => {
    const id = await ordered();
    provider.tell(told);
    expect(await afterAnother(id)).toMatchObject({
      status: 'rejected',
      rejection_reason: reason,
      validated_by: null,
      file_name: null,
      reviewed_at: expect.any(Date) as Date,
    });
    expect(provider.requests.some((line) => line.startsWith('GET /files'))).toBe(false);
    const answer = await admin.http.post(`/admin/videos/${id}/validate`);
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([422, 'invalid_transition']);
    expect((await asked(admin, exercise)).id).not.toBe(id);
  });

  it.each<[string, Buffer, string]>([
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'), 'unusable_file'],
    ['nothing', Buffer.alloc(0), 'unusable_file'],
    ['more than a video weighs', Buffer.concat([AN_MP4, Buffer.alloc(32 * 1_048_576)]), 'unusable_file'],
  ])('may hand over %s: then the video is rejected', async (_, file, reason) => {
    const id = await ordered();
    provider.finish(file);
    expect(await afterAnother(id)).toMatchObject({ status: 'rejected', rejection_reason: reason, file_name: null });
  });

  it('may have lost the file, or lead us to another address: then the video is rejected', async () => {
    for (const status of [404, 302]) {
      const id = await ordered();
      provider.finish();
      provider.fail('file', { status });
      expect(await afterAnother(id)).toMatchObject({
        status: 'rejected',
        rejection_reason: `provider_failed: video http_${status}`,
      });
      expect(provider.requests.at(-1)).toMatch(/^GET \/files\//);
    }
  });

  it('may refuse an order: then the video is rejected at once, and nothing of the refusal is repeated', async () => {
    provider.fail('order', { status: 422 });
    const row = await videoRow(app, await ordered());
    expect(row).toMatchObject({ status: 'rejected', rejection_reason: 'provider_failed: video http_422' });
    expect(provider.requests).toEqual(['POST /v1/videos']);
  });

  it.each<[string, VideoFault]>([
    ['fails', { status: 500 }],
    ['refuses the key', { status: 401 }],
    ['hangs up', 'reset'],
    ['answers no JSON', { text: 'Internal error' }],
    ['answers something else', { text: '{"id":{"$ne":null}}' }],
    ['answers without an end', 'endless'],
  ])('that %s is asked again later, as long as the video has time (trust 28)', async (_, fault) => {
    provider.fail('order', fault);
    const id = await ordered();
    expect((await videoRow(app, id)).status).toBe('generating');
    provider.fail('question', fault);
    expect((await afterAnother(id)).status).toBe('generating');
    expect((await waits())[0]).toMatchObject({ attempts: 0 });
    provider.finish();
    expect((await afterAnother(id)).status).toBe('validating');
  });

  it('that asks to be left alone is left alone for so long', async () => {
    provider.fail('order', { status: 429, retryAfter: 3_000 });
    await ordered();
    expect((await waits())[0]?.seconds).toBeGreaterThanOrEqual(2_995);
  });

  it.each<VideoFault>(['silent', 'drip'])(
    'that is slow (%s) is given up after ten seconds',
    async (fault) => {
      provider.fail('order', fault);
      const since = performance.now();
      const id = await ordered();
      expect(performance.now() - since).toBeLessThan(SOON_MS);
      expect((await videoRow(app, id)).status).toBe('generating');
      expect(await waits()).toHaveLength(1);
    },
    SLOW_TEST_MS,
  );

  it('that never finishes has the video rejected after two hours', async () => {
    const id = await ordered();
    const age = (hours: number) =>
      app.database.query(`UPDATE exercise_videos SET created_at = now() - $2 * interval '1 hour' WHERE id = $1`, [
        id,
        hours,
      ]);
    await age(1.9);
    expect((await afterAnother(id)).status).toBe('generating');
    await age(2);
    expect(await afterAnother(id)).toMatchObject({ status: 'rejected', rejection_reason: 'timed_out' });
    expect(await waits()).toEqual([]);
    expect((await asked(admin, exercise)).status).toBe('generating');
  });

  it('that finishes for two runs at once is listened to once', async () => {
    const id = await ordered();
    provider.finish();
    const maker = app.nest.get(VideoMaker);
    await Promise.all(Array.from({ length: 4 }, () => maker.work(id)));
    const { file_name: name, ...row } = await videoRow(app, id);
    expect(row).toMatchObject({ status: 'validating', file_size: AN_MP4.length });
    // All of them stored it under the one name.
    expect(await readdir(join(folder.path, 'videos'))).toContain(name);
    expect(provider.requests.filter((line) => line.startsWith('GET /files')).length).toBeGreaterThan(1);
  });
});
