import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anAdmin, faultsIn, type Refusal } from './machines';
import { aFolder, anExercise, asked, made, published, settle, videoRow, type WireVideos } from './videos';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let admin: TestPerson;
let folder: Awaited<ReturnType<typeof aFolder>>;
let exercise: string;

beforeAll(async () => {
  folder = await aFolder();
  app = await startTestApp({ DATA_DIR: folder.path });
  await app.setClock(NOW);
  admin = await anAdmin(app);
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});
beforeEach(async () => {
  exercise = await anExercise(app);
});
afterEach(async () => {
  await app.database.query('DELETE FROM exercise_videos');
  await app.database.query('DELETE FROM graphile_worker._private_jobs');
});

const generate = (exerciseId: string, body: object = {}, who = admin) =>
  who.http.post(`/admin/videos/generate/${exerciseId}`).send(body);
const pending = (query = '') => expectStatus<WireVideos>(admin.http.get(`/admin/videos/pending${query}`), 200);

describe('who asks for a video of an exercise', () => {
  it('is told at once that it is being made, with what was asked for', async () => {
    const { rows } = await app.database.query<{ slug: string }>('SELECT slug FROM exercise_types WHERE id = $1', [
      exercise,
    ]);
    const slug = String(rows[0]?.slug);
    const video = await asked(admin, exercise);
    expect(video).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      exercise_type_id: exercise,
      exercise_slug: slug,
      video_url: null,
      status: 'generating',
      generated_prompt: expect.any(String) as string,
      generated_at: null,
      validated_by: null,
      rejection_reason: null,
    });
    const wishes = [`"${slug} en"`, 'beginner', 'quads', '1. Go.', 'side', 'front', '15 to 45 seconds', 'silent'];
    for (const wish of [...wishes, 'captions']) expect(video.generated_prompt).toContain(wish);
  });

  it('may write the prompt, up to 2000 characters', async () => {
    const prompt = `Une démonstration 💪\nde ${'x'.repeat(1_977)}`;
    expect([...prompt]).toHaveLength(2_000);
    expect((await asked(admin, exercise, { prompt })).generated_prompt).toBe(prompt);
    const answer = await generate(exercise, { prompt: `${prompt}x` });
    expect([answer.status, faultsIn(answer.body)]).toEqual([422, ['prompt too_long']]);
  });

  it.each([
    ['', ['prompt required']],
    ['   ', ['prompt required']],
    [7, ['prompt invalid_type']],
    [null, ['prompt required']],
    ['a\u0000b', ['prompt invalid_format']],
  ])('cannot write %j', async (prompt, faults) => {
    const answer = await generate(exercise, { prompt });
    expect([answer.status, faultsIn(answer.body)]).toEqual([422, faults]);
  });

  it('works without a body', async () => {
    expect((await admin.http.post(`/admin/videos/generate/${exercise}`)).status).toBe(202);
  });

  it('must name an exercise', async () => {
    const answer = await generate(randomUUID());
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'exercise_not_found']);
    expect((await generate('squat')).status).toBe(422);
  });

  it('must be an admin, as for every act on videos', async () => {
    const coach = await app.register({ role: 'coach' });
    const paths = [`generate/${exercise}`, `${randomUUID()}/validate`, `${randomUUID()}/reject`];
    for (const path of paths) {
      expect((await app.http.post(`/admin/videos/${path}`).send({})).status).toBe(401);
      const answer = await coach.http.post(`/admin/videos/${path}`).send({});
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([403, 'forbidden']);
    }
    expect((await app.http.get('/admin/videos/pending')).status).toBe(401);
    expect((await coach.http.get('/admin/videos/pending')).status).toBe(403);
  });

  it('waits while another one of that exercise is being made or judged', async () => {
    const refused = async (): Promise<unknown[]> => {
      const answer = await generate(exercise);
      return [answer.status, (answer.body as Refusal).detail];
    };
    const { id } = await asked(admin, exercise);
    expect(await refused()).toEqual([409, 'video_in_progress']);
    await settle(app);
    expect((await videoRow(app, id)).status).toBe('validating');
    expect(await refused()).toEqual([409, 'video_in_progress']);
    expect((await generate(await anExercise(app))).status).toBe(202);
  });

  it.each([
    ['fr', /vidéo de cet exercice/],
    ['en', /A video of this exercise/],
    ['es', /vídeo de este ejercicio/],
    ['pt', /vídeo deste exercício/],
  ])('is told so in %s', async (language, text) => {
    await asked(admin, exercise);
    const answer = await generate(exercise).set('Accept-Language', language);
    expect((answer.body as Refusal).message).toMatch(text);
  });

  it('gets one video however many ask at once', async () => {
    const other = await anAdmin(app);
    const answers = await Promise.all([admin, other, admin, other, admin].map((who) => generate(exercise, {}, who)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    expect((await pending()).total).toBe(1);
  });

  it('gets the first answer again with the same key, and one video', async () => {
    const key = randomUUID();
    const first = await generate(exercise).set('Idempotency-Key', key);
    const second = await generate(exercise).set('Idempotency-Key', key);
    expect([first.status, second.status, second.headers['idempotent-replayed']]).toEqual([202, 202, 'true']);
    expect(second.body).toEqual(first.body);
  });

  it('leaves nothing behind when refused', async () => {
    await asked(admin, exercise);
    await generate(exercise);
    const { rows } = await app.database.query('SELECT payload FROM graphile_worker._private_jobs');
    expect(rows).toHaveLength(1);
  });
});

describe('the list of videos', () => {
  it('holds those that are being made or judged, oldest first, a page at a time', async () => {
    const done = await published(admin, await made(app, admin, exercise));
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      await app.advance(60);
      ids.push((await asked(admin, await anExercise(app))).id);
    }
    const all = await pending();
    expect(all.items.map(({ id }) => id)).toEqual(ids);
    expect(all.items.map(({ id }) => id)).not.toContain(done.id);
    const page = await pending('?offset=1&limit=1');
    expect([page.items.map(({ id }) => id), page.total, page.has_more]).toEqual([[ids[1]], 3, true]);
    await app.setClock(NOW);
  });
});
