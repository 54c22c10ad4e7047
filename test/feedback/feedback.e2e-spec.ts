import { randomUUID } from 'node:crypto';
import type { DataSubject } from 'src/common/personal-data/personal-data';
import { FeedbackPersonalData } from 'src/modules/feedback/feedback.personal-data';
import { promote, registerProved } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const LATER = '2026-03-03T06:00:00Z';

interface WireFeedback {
  id: string;
  status: string;
  admin_note?: string | null;
  [field: string]: unknown;
}

interface WirePage {
  items: WireFeedback[];
  total: number;
  has_more: boolean;
}

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  admin = await registerProved(app);
  await promote(app, admin);
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.query('DELETE FROM feedback');
  await app.setClock(NOW);
});

const IDEA = { type: 'suggestion', title: 'Mode sombre', description: 'La nuit,\nl’écran éblouit.' };
const give = (person: TestPerson, body: object = {}): Promise<WireFeedback> =>
  expectStatus<WireFeedback>(person.http.post('/feedback').send({ ...IDEA, ...body }), 201);
const mine = (person: TestPerson, query = ''): Promise<WirePage> =>
  expectStatus<WirePage>(person.http.get(`/feedback/mine${query}`), 200);
const all = (query = ''): Promise<WirePage> => expectStatus<WirePage>(admin.http.get(`/admin/feedback${query}`), 200);
const handle = (id: string, body: object): Promise<WireFeedback> =>
  expectStatus<WireFeedback>(admin.http.patch(`/admin/feedback/${id}`).send(body), 200);

describe('feedback', () => {
  it('is kept as it was written, and waits', async () => {
    const person = await app.register();
    const body = { ...IDEA, type: 'bug_report', app_version: '1.4.0 (212)', platform: 'ios' };
    expect(await give(person, body)).toEqual({
      ...body,
      id: expect.any(String) as string,
      user_id: person.id,
      status: 'pending',
      created_at: NOW,
      updated_at: NOW,
    });
    expect(await give(person)).toMatchObject({ app_version: null, platform: null });
  });

  it('may be as long as the contract says, and no longer', async () => {
    const person = await app.register();
    await give(person, {
      title: 'é'.repeat(200),
      description: '🏋'.repeat(5_000),
      app_version: 'v'.repeat(30),
      platform: 'p'.repeat(30),
    });
    const refused = async (body: object): Promise<unknown> => {
      const answer = await person.http.post('/feedback').send({ ...IDEA, ...body });
      return [answer.status, (answer.body as { errors: { field: string; code: string }[] }).errors];
    };
    for (const [body, field, code] of [
      [{ title: 'é'.repeat(201) }, 'title', 'too_long'],
      [{ title: '' }, 'title', 'required'],
      [{ title: undefined }, 'title', 'required'],
      [{ description: 'é'.repeat(5_001) }, 'description', 'too_long'],
      [{ description: '  ' }, 'description', 'required'],
      [{ app_version: 'v'.repeat(31) }, 'app_version', 'too_long'],
      [{ platform: 'p'.repeat(31) }, 'platform', 'too_long'],
      [{ type: 'praise' }, 'type', 'invalid_value'],
      [{ type: null }, 'type', 'required'],
    ] as const)
      expect(await refused(body)).toEqual([422, [expect.objectContaining({ field, code })]]);
  });

  it('takes no word of its status, its note or its writer from whoever writes it (trust 4)', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const stolen = { status: 'resolved', admin_note: 'x', user_id: other.id, id: randomUUID(), created_at: LATER };
    const { id } = await give(person, stolen);
    expect(id).not.toBe(stolen.id);
    expect((await all()).items).toEqual([
      expect.objectContaining({ id, status: 'pending', admin_note: null, user_id: person.id, created_at: NOW }),
    ]);
  });

  it('is seen by its writer, newest first and in pages, and by nobody else but administrators', async () => {
    const [person, other] = [await app.register(), await app.register({ role: 'coach' })];
    const first = await give(person);
    await app.setClock(LATER);
    const second = await give(person);
    await give(other);
    expect((await mine(person)).items.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await mine(person, '?limit=1&offset=1')).toMatchObject({
      total: 2,
      has_more: false,
      items: [{ id: first.id }],
    });
    expect((await mine(other)).total).toBe(1);
    expect((await all()).total).toBe(3);
    for (const path of ['/admin/feedback', `/admin/feedback/${first.id}`]) {
      for (const who of [person, other]) await who.http.get(path).expect(403);
      await app.http.get(path).expect(401);
    }
    await person.http.patch(`/admin/feedback/${first.id}`).send({ status: 'resolved' }).expect(403);
    await app.http.get('/feedback/mine').expect(401);
    await app.http.post('/feedback').send(IDEA).expect(401);
  });

  it('is moved by administrators as they like, from any status to any other', async () => {
    const { id } = await give(await app.register());
    await app.setClock(LATER);
    for (const status of ['reviewing', 'resolved', 'pending', 'rejected', 'resolved', 'reviewing', 'reviewing'])
      expect(await handle(id, { status })).toMatchObject({ status, created_at: NOW, updated_at: LATER });
    await admin.http.patch(`/admin/feedback/${id}`).send({ status: 'done' }).expect(422);
  });

  it('has a note that administrators keep among themselves', async () => {
    const person = await app.register();
    const { id } = await give(person);
    const note = 'Doublon de #12,\nà regrouper. '.repeat(160).slice(0, 5_000).trim();
    expect(await handle(id, { admin_note: note })).toMatchObject({ admin_note: note, status: 'pending' });
    expect(await handle(id, { status: 'resolved' })).toMatchObject({ admin_note: note });
    const found = await expectStatus<WireFeedback>(admin.http.get(`/admin/feedback/${id}`), 200);
    expect(found).toMatchObject({ admin_note: note, title: IDEA.title });
    const own = (await mine(person)).items[0];
    expect(own).toMatchObject({ id, status: 'resolved' });
    expect(own).not.toHaveProperty('admin_note');
    expect(await handle(id, { admin_note: null })).toMatchObject({ admin_note: null, status: 'resolved' });
    await admin.http
      .patch(`/admin/feedback/${id}`)
      .send({ admin_note: 'x'.repeat(5_001) })
      .expect(422);
  });

  it('is found by what it is and by how it stands', async () => {
    const person = await app.register();
    const bug = await give(person, { type: 'bug_report' });
    const idea = await give(person);
    await handle(idea.id, { status: 'rejected' });
    const ids = async (query: string): Promise<string[]> => (await all(query)).items.map(({ id }) => id);
    expect(await ids('?type=bug_report')).toEqual([bug.id]);
    expect(await ids('?status=rejected')).toEqual([idea.id]);
    expect(await ids('?status=rejected&type=bug_report')).toEqual([]);
    await admin.http.get('/admin/feedback?type=praise').expect(422);
    await admin.http.get('/admin/feedback?status=done').expect(422);
  });

  it('that is not there is not found, in four languages', async () => {
    for (const [language, message] of [
      ['en', 'This feedback could not be found.'],
      ['fr', 'Ce retour est introuvable.'],
      ['es', 'No se encuentra este comentario.'],
      ['pt', 'Não foi possível encontrar este comentário.'],
    ] as const) {
      const answer = await admin.http.get(`/admin/feedback/${randomUUID()}`).set('Accept-Language', language);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ detail: 'feedback_not_found', message });
    }
    await admin.http.patch(`/admin/feedback/${randomUUID()}`).send({ status: 'resolved' }).expect(404);
    await admin.http.get('/admin/feedback/42').expect(422);
  });

  it('is written once for one key (trust 47)', async () => {
    const person = await app.register();
    const send = () => person.http.post('/feedback').set('Idempotency-Key', 'once').send(IDEA);
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect((await mine(person)).total).toBe(1);
  });
});

describe('feedback of somebody who leaves', () => {
  const subject = (person: TestPerson): DataSubject => ({ userId: person.id, locale: 'fr', timezone: 'Europe/Paris' });

  it('is handed out without the note of administrators, however much there is', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const { id } = await give(person, { app_version: '1.4', platform: 'android' });
    await handle(id, { admin_note: 'Encore lui', status: 'reviewing' });
    await give(other, { title: 'Autre' });
    await app.database.query(
      `INSERT INTO feedback (user_id, type, title, description, created_at, updated_at)
       SELECT $1, 'suggestion', n::text, 'x', $2, $2 FROM generate_series(1, 450) AS n`,
      [person.id, NOW],
    );
    const rows: Readonly<Record<string, unknown>>[] = [];
    for await (const row of app.nest.get(FeedbackPersonalData).sections[0]?.rows(subject(person)) ?? []) rows.push(row);
    expect(rows).toHaveLength(451);
    expect(rows.find(({ title }) => title === IDEA.title)).toEqual({
      ...IDEA,
      app_version: '1.4',
      platform: 'android',
      status: 'reviewing',
      created_at: NOW,
      updated_at: NOW,
    });
    expect(JSON.stringify(rows)).not.toMatch(/Encore lui|Autre/);
  });

  it('loses its writer and every text, and stays as a count', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const { id } = await give(person, { app_version: '1.4', platform: 'android' });
    await handle(id, { admin_note: 'Encore lui', status: 'reviewing' });
    const kept = await give(other);
    const part = app.nest.get(FeedbackPersonalData);
    for (let times = 0; times < 2; times += 1) expect(await part.erase(subject(person), new Date(LATER))).toBe('done');
    expect(await expectStatus(admin.http.get(`/admin/feedback/${id}`), 200)).toMatchObject({
      ...{ user_id: null, type: 'suggestion', title: '', description: '', app_version: null, platform: null },
      ...{ admin_note: null, status: 'reviewing', updated_at: LATER },
    });
    expect((await mine(other)).items).toEqual([kept]);
  });
});
