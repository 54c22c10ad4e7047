import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anAdmin, faultsIn, type Refusal } from './machines';
import {
  aFolder,
  anExercise,
  asked,
  made,
  pendingVideo,
  published,
  rejected,
  settle,
  shownWith,
  videoRow,
} from './videos';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let admin: TestPerson;
let folder: Awaited<ReturnType<typeof aFolder>>;
let exercise: string;

beforeAll(async () => {
  folder = await aFolder();
  app = await startTestApp({ DATA_DIR: folder.path });
  admin = await anAdmin(app);
});
afterAll(async () => {
  await app.close();
  await folder.remove();
});
beforeEach(async () => {
  await app.setClock(NOW);
  exercise = await anExercise(app);
});

const validate = (id: string, who = admin) => who.http.post(`/admin/videos/${id}/validate`);
const reject = (id: string, body: object = {}, who = admin) => who.http.post(`/admin/videos/${id}/reject`).send(body);
const refusalOf = ({ status, body }: { status: number; body: unknown }): unknown[] => [
  status,
  (body as Refusal).detail,
];

describe('a video that is finished', () => {
  it('waits for a verdict, can be seen by who knows its name, and is not shown yet', async () => {
    const video = await made(app, admin, exercise);
    expect(video).toMatchObject({ status: 'validating', generated_at: NOW, validated_by: null });
    expect(video.video_url).toMatch(/^\/static\/videos\/[A-Za-z0-9_-]{43}\.webm$/);
    expect((await app.http.get(String(video.video_url))).status).toBe(200);
    expect(await shownWith(app, exercise)).toBeNull();
  });

  it('is shown with its exercise once an admin has accepted it', async () => {
    const video = await made(app, admin, exercise);
    await app.advance(60);
    expect(await published(admin, video)).toEqual({ ...video, status: 'published', validated_by: admin.id });
    expect(await shownWith(app, exercise)).toBe(video.video_url);
    const list = await app.http.get('/exercises?q=a-test-of-videos&limit=100');
    const { items } = list.body as { items: { id: string; video_url: string | null }[] };
    expect(items.find(({ id }) => id === exercise)?.video_url).toBe(video.video_url);
    expect((await videoRow(app, video.id)).reviewed_at).toEqual(new Date('2026-03-02T06:01:00Z'));
  });

  it('is never shown when an admin refuses it, with a reason or without one', async () => {
    for (const [body, reason] of [
      [{ reason: '  Le dos est rond.\nÀ refaire ' }, 'Le dos est rond.\nÀ refaire'],
      [{ reason: '' }, null],
      [{ reason: null }, null],
      [{}, null],
    ] as const) {
      const video = await made(app, admin, exercise);
      expect(await rejected(admin, video, body)).toEqual({
        ...video,
        status: 'rejected',
        validated_by: admin.id,
        rejection_reason: reason,
      });
      expect(await shownWith(app, exercise)).toBeNull();
    }
  });

  it('is refused with at most 500 characters', async () => {
    const { id } = await made(app, admin, exercise);
    const answer = await reject(id, { reason: 'é'.repeat(501) });
    expect([answer.status, faultsIn(answer.body)]).toEqual([422, ['reason too_long']]);
    expect((await rejected(admin, { id }, { reason: 'é'.repeat(500) })).status).toBe('rejected');
  });

  it('has one verdict', async () => {
    const shown = await published(admin, await made(app, admin, exercise));
    const refused = await rejected(admin, await made(app, admin, exercise));
    for (const { id } of [shown, refused]) {
      expect(refusalOf(await validate(id))).toEqual([422, 'invalid_transition']);
      expect(refusalOf(await reject(id))).toEqual([422, 'invalid_transition']);
    }
    expect(await shownWith(app, exercise)).toBe(shown.video_url);
  });

  it('has one verdict, too, when two admins give theirs at once', async () => {
    const other = await anAdmin(app);
    const { id } = await made(app, admin, exercise);
    const answers = await Promise.all([validate(id), reject(id, {}, other), validate(id, other), reject(id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
    const { status } = await videoRow(app, id);
    expect(await shownWith(app, exercise)).toEqual(status === 'published' ? expect.any(String) : null);
  });
});

describe('a video without a file', () => {
  it('can neither be accepted nor refused', async () => {
    const { id } = await asked(admin, exercise);
    expect(refusalOf(await validate(id))).toEqual([422, 'invalid_transition']);
    expect(refusalOf(await reject(id))).toEqual([422, 'invalid_transition']);
    await settle(app);
    expect((await pendingVideo(admin, id)).status).toBe('validating');
  });

  it('is missing like one that never was', async () => {
    for (const act of [validate, reject]) expect(refusalOf(await act(randomUUID()))).toEqual([404, 'video_not_found']);
    expect((await validate('first')).status).toBe(422);
  });
});

describe('an exercise that has a video', () => {
  it('shows it until another one is accepted, whatever is refused in between', async () => {
    const first = await published(admin, await made(app, admin, exercise));
    await rejected(admin, await made(app, admin, exercise));
    expect(await shownWith(app, exercise)).toBe(first.video_url);
    const second = await made(app, admin, exercise);
    expect(await shownWith(app, exercise)).toBe(first.video_url);
    await published(admin, second);
    expect(await shownWith(app, exercise)).toBe(second.video_url);
    expect(second.video_url).not.toBe(first.video_url);
  });

  it('keeps who accepted the ones before', async () => {
    const other = await anAdmin(app);
    const first = await published(admin, await made(app, admin, exercise));
    await published(other, await made(app, admin, exercise));
    expect(await videoRow(app, first.id)).toMatchObject({ status: 'published', validated_by: admin.id });
    expect((await videoRow(app, first.id)).let_go_at).toEqual(new Date(NOW));
  });
});
