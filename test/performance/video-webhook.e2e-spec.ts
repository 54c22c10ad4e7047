import { randomUUID } from 'node:crypto';
import { SystemClock } from 'src/common/clock/clock';
import { promote } from 'test/auth/links';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { callOfProvider, type EventOptions, VIDEO_KEY, VIDEO_SECRET, VideoServer } from 'test/support/video-server';
import { anAdmin, type Refusal, unsigned } from './machines';
import { aFolder, anExercise, asked, published, settle, videoRow } from './videos';

const NOW = '2026-03-02T06:00:00Z';
const REAL_TIME = new SystemClock();
const NEXT_SECRET = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
const VARIABLES = {
  VIDEO_PROVIDER_URL: 'http://127.0.0.1:1',
  VIDEO_PROVIDER_KEY: VIDEO_KEY,
  VIDEO_WEBHOOK_SECRET: `${NEXT_SECRET},${VIDEO_SECRET}`,
};

describe('what the provider of videos reports', () => {
  let app: TestApp;
  let admin: TestPerson;
  let folder: Awaited<ReturnType<typeof aFolder>>;

  beforeAll(async () => {
    folder = await aFolder();
    app = await startTestApp({ ...VARIABLES, DATA_DIR: folder.path });
    await app.setClock(NOW);
    admin = await anAdmin(app);
  });
  afterAll(async () => {
    await app.close();
    await folder.remove();
  });
  afterEach(async () => {
    await app.database.query('TRUNCATE webhook_events');
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
  });

  /** One that a provider makes as `jobId`, while the question how far it is will come much later. */
  const beingMade = async (jobId: string): Promise<string> => {
    const { id } = await asked(admin, await anExercise(app));
    await app.database.query('UPDATE exercise_videos SET provider_job_id = $2 WHERE id = $1', [id, jobId]);
    await app.database.query(`UPDATE graphile_worker._private_jobs SET run_at = now() + interval '1 hour'`);
    return id;
  };
  const tell = (event: unknown, options: Partial<EventOptions> = {}) =>
    callOfProvider(app.http, event, { at: new Date(NOW), ...options });
  const eventOf = (jobId: string): object => ({ type: 'video.finished', data: { id: jobId } });
  const heard = async (): Promise<number> => (await app.database.query('SELECT FROM webhook_events')).rowCount ?? 0;
  const readyJobs = async (): Promise<number> =>
    (await app.database.query('SELECT FROM graphile_worker._private_jobs WHERE run_at <= now()')).rowCount ?? 0;

  it('has it asked at once how far the video is', async () => {
    const jobId = `job_${randomUUID()}`;
    const id = await beingMade(jobId);
    const answer = await tell(eventOf(jobId));
    expect([answer.status, answer.text]).toEqual([204, '']);
    // Worked off as a job, and not while the provider waits for its answer.
    expect((await videoRow(app, id)).status).toBe('generating');
    await settle(app);
    expect((await videoRow(app, id)).status).toBe('validating');
  });

  it('changes nothing when it is told again, at once or many times (trust 26)', async () => {
    const jobId = `job_${randomUUID()}`;
    const id = await beingMade(jobId);
    const event = { id: 'evt_twice' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => tell(eventOf(jobId), event)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(204));
    expect([await heard(), await readyJobs()]).toEqual([1, 1]);
    await settle(app);
    const done = await published(admin, { id });
    await tell(eventOf(jobId), event);
    await tell(eventOf(jobId));
    await settle(app);
    expect(await videoRow(app, id)).toMatchObject({ status: 'published', validated_by: done.validated_by });
    expect(await readyJobs()).toBe(0);
  });

  it.each([
    { type: 'video.finished', data: { id: 'job_of_somebody_else' } },
    { type: 'account.renamed', data: { name: 'x' } },
    { data: null },
    {},
    { type: 'video.finished', data: { id: "'; DROP TABLE exercise_videos" } },
  ])('may be about something else: %j', async (event) => {
    expect((await tell(event)).status).toBe(204);
    expect(await readyJobs()).toBe(0);
  });

  it('may be signed with either secret while one takes the place of the other', async () => {
    for (const secret of [VIDEO_SECRET, NEXT_SECRET]) expect((await tell({}, { secret })).status).toBe(204);
    expect(await heard()).toBe(2);
  });

  it('is heard for five minutes before and after it was signed', async () => {
    const statusAt = async (seconds: number): Promise<number> =>
      (await tell({}, { at: new Date(Date.parse(NOW) + seconds * 1_000) })).status;
    expect([await statusAt(-300), await statusAt(300)]).toEqual([204, 204]);
    expect([await statusAt(-301), await statusAt(301)]).toEqual([401, 401]);
    expect(await heard()).toBe(2);
  });

  it.each<[string, Partial<EventOptions>, (call: ReturnType<typeof tell>) => ReturnType<typeof tell>]>([
    ['another secret', { secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` }, (call) => call],
    ['no signature', {}, (call) => call.unset('webhook-signature')],
    ['no time', {}, (call) => call.unset('webhook-timestamp')],
    ['no id', {}, (call) => call.unset('webhook-id')],
    ['the id of another event', {}, (call) => call.set('webhook-id', 'evt_other')],
    ['a fresh time', {}, (call) => call.set('webhook-timestamp', String(Date.parse(NOW) / 1_000 + 1))],
    ['another body', {}, (call) => call.send(' ')],
  ])('is refused with %s, and leaves nothing behind (trust 26)', async (_, options, change) => {
    const jobId = `job_${randomUUID()}`;
    await beingMade(jobId);
    const answer = await change(tell(JSON.stringify(eventOf(jobId)), options));
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([401, 'webhook_signature_invalid']);
    expect([await heard(), await readyJobs()]).toEqual([0, 0]);
  });

  it('is refused without a body', async () => {
    const answer = await app.http.post('/webhooks/videos');
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([401, 'webhook_signature_invalid']);
  });
});

describe('the webhook of videos in production', () => {
  let provider: VideoServer;
  let app: TestApp;
  let folder: Awaited<ReturnType<typeof aFolder>>;

  beforeAll(async () => {
    provider = await VideoServer.start();
    folder = await aFolder();
    app = await startTestApp({ ...QUIET_PRODUCTION, ...provider.variables, DATA_DIR: folder.path });
  });
  afterAll(async () => {
    await app.close();
    await provider.stop();
    await folder.remove();
  });

  it('brings a video that is finished within the same minute', async () => {
    const admin = await app.register();
    await promote(app, admin);
    const { id } = await asked(admin, await anExercise(app));
    await settle(app);
    const { id: jobId, webhookUrl } = provider.finish();
    expect(new URL(webhookUrl).pathname).toBe('/webhooks/videos');
    await callOfProvider(app.http, { type: 'video.finished', data: { id: jobId } }, { at: REAL_TIME.now() }).expect(
      204,
    );
    await settle(app);
    expect((await videoRow(app, id)).status).toBe('validating');
  });

  it('uses up the requests of an address that is refused, and of nobody else', async () => {
    const stranger = { at: REAL_TIME.now(), secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` };
    let refusals = 0;
    while ((await callOfProvider(app.http, {}, stranger)).status === 401 && refusals < 200) refusals += 1;
    expect(refusals).toBeLessThanOrEqual(120);
    const answer = await callOfProvider(app.http, {}, stranger);
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([429, 'too_many_requests']);
    expect((await callOfProvider(app.http, {}, { at: REAL_TIME.now() })).status).toBe(204);
  });
});

describe('the webhook of videos without a provider', () => {
  it('refuses everything alike', async () => {
    const app = await startTestApp();
    try {
      await app.setClock(NOW);
      const signed = await callOfProvider(app.http, {}, { at: new Date(NOW) });
      const secret = 'whsec_';
      const guessed = await callOfProvider(app.http, {}, { at: new Date(NOW), secret });
      const bare = await app.http.post('/webhooks/videos').send({});
      expect([signed.status, unsigned(signed.body)]).toEqual([401, unsigned(bare.body)]);
      expect([guessed.status, unsigned(guessed.body)]).toEqual([401, unsigned(bare.body)]);
    } finally {
      await app.close();
    }
  });
});
