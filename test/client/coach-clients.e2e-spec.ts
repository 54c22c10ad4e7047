import { randomUUID } from 'node:crypto';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { aCoach, expectStatus } from 'test/support/coaching';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { clientOf, relate } from './relating';

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aCoach(app);
});
afterAll(() => app.close());

describe('one client', () => {
  it('is shown as a whole', async () => {
    const client = await app.register({ first_name: 'Maya', phone: '+33612345679' });
    await relate(app, coach, client, 'active');
    await expectStatus(client.http.post('/clients/profile').send({ goal: 'endurance', weight_kg: 61.5 }), 201);
    await expectStatus(client.http.post('/clients/questionnaire').send({ injuries: 'Épaule droite' }), 201);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Ponctuelle' }), 200);
    expect(await clientOf(coach, client.id)).toEqual({
      id: client.id,
      first_name: 'Maya',
      last_name: 'Martin',
      name: 'Maya Martin',
      email: client.email,
      phone: '+33612345679',
      resolved_photo_url: '/static/avatars/default_neutral.svg',
      relation_status: 'active',
      goal: 'endurance',
      note: 'Ponctuelle',
      sessions_remaining: 0,
      last_session_at: null,
      next_session_at: null,
      created_at: '2026-03-02T06:00:00Z',
      relation: expect.objectContaining({ coach_id: coach.id, client_id: client.id, status: 'active' }),
      profile: expect.objectContaining({ user_id: client.id, goal: 'endurance', weight_kg: 61.5 }),
      questionnaire: expect.objectContaining({ injuries: 'Épaule droite' }),
      sessions_count: 0,
      other_coaches: [],
      social_links: [],
    });
  });

  it.each<[RelationStatus, { contact: boolean; profile: boolean; others: boolean }]>([
    ['pending', { contact: false, profile: false, others: false }],
    ['discovery', { contact: true, profile: true, others: false }],
    ['active', { contact: true, profile: true, others: true }],
    ['paused', { contact: true, profile: true, others: true }],
    ['ended', { contact: false, profile: false, others: false }],
  ])('is open as far as the relation goes: %s', async (status, sees) => {
    const client = await app.register({ first_name: 'Lou', phone: '+33612345670' });
    await expectStatus(client.http.post('/clients/profile').send({ goal: 'muscle_gain' }), 201);
    await expectStatus(client.http.post('/clients/questionnaire').send({ injuries: 'Dos' }), 201);
    const [active, paused] = [await aCoach(app, { days: [] }), await aCoach(app, { days: [] })];
    await relate(app, active, client, 'active');
    await relate(app, paused, client, 'paused');
    await relate(app, coach, client, status);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'À revoir' }), 200);
    const shown = await clientOf(coach, client.id);
    expect(shown).toMatchObject({
      first_name: 'Lou',
      email: sees.contact ? client.email : null,
      phone: sees.contact ? '+33612345670' : null,
      goal: sees.profile ? 'muscle_gain' : null,
      note: 'À revoir',
      other_coaches: sees.others ? [{ id: active.id, first_name: 'Inès', role: 'coach' }] : [],
    });
    expect(shown['profile'] !== null).toBe(sees.profile);
    expect(shown['questionnaire'] !== null).toBe(sees.profile);
    const { items } = await expectStatus<{ items: Record<string, unknown>[] }>(
      coach.http.get(`/coaches/clients?status=${status}&q=lou`),
      200,
    );
    expect(items.find(({ id }) => id === client.id)).toMatchObject({
      email: sees.contact ? client.email : null,
      phone: sees.contact ? '+33612345670' : null,
      goal: sees.profile ? 'muscle_gain' : null,
    });
  });

  it('costs a handful of queries, however many coaches there are beside', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const queries = async (): Promise<number> => {
      const before = app.queryCount();
      await clientOf(coach, client.id);
      return app.queryCount() - before;
    };
    const [one, two] = [await aCoach(app, { days: [] }), await aCoach(app, { days: [] })];
    await relate(app, one, client, 'active');
    await queries();
    const few = await queries();
    await relate(app, two, client, 'active');
    expect(await queries()).toBe(few);
  });
});

describe('two coaches', () => {
  let mine: TestPerson;
  let other: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    [mine, other, client] = [await aCoach(app), await aCoach(app), await app.register()];
    await relate(app, mine, client, 'active');
    await expectStatus(mine.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'À moi' }), 200);
  });

  const snapshot = async (): Promise<unknown> =>
    (await app.database.query('SELECT r::text FROM relations r UNION ALL SELECT n::text FROM coach_notes n ORDER BY 1'))
      .rows;

  it.each<[string, (http: TestPerson['http'], id: string) => ReturnType<TestPerson['http']['get']>]>([
    ['the client', (http, id) => http.get(`/coaches/clients/${id}`)],
    ['the note', (http, id) => http.get(`/coaches/clients/${id}/note`)],
    ['writing the note', (http, id) => http.put(`/coaches/clients/${id}/note`).send({ content: 'À nous' })],
    ['moving the relation', (http, id) => http.put(`/coaches/clients/${id}/relation`).send({ status: 'ended' })],
    [
      'changing the relation',
      (http, id) => http.put(`/coaches/clients/${id}/relation`).send({ allow_unit_booking: true }),
    ],
  ])('neither sees nor changes the other’s clients: %s', async (_, send) => {
    const before = await snapshot();
    const [foreign, missing] = [await send(other.http, client.id), await send(other.http, randomUUID())];
    expect([foreign.status, (foreign.body as Refusal).detail]).toEqual([404, 'client_not_found']);
    expect({ ...(foreign.body as object), request_id: '' }).toEqual({ ...(missing.body as object), request_id: '' });
    expect(missing.status).toBe(404);
    expect(await snapshot()).toEqual(before);
    expect((await expectStatus<{ total: number }>(other.http.get('/coaches/clients'), 200)).total).toBe(0);
  });

  it('keep each his own standing with one person', async () => {
    await relate(app, other, client, 'discovery');
    await expectStatus(other.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'ended' }), 200);
    expect(await clientOf(mine, client.id)).toMatchObject({ relation_status: 'active', note: 'À moi' });
    expect(await clientOf(other, client.id)).toMatchObject({ relation_status: 'ended', note: null });
  });

  it('are coaches: a client is refused, and who has no key too', async () => {
    for (const [http, status] of [
      [client.http, 403],
      [app.http, 401],
    ] as const)
      for (const answer of [
        await http.get(`/coaches/clients/${client.id}`),
        await http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'active' }),
        await http.get(`/coaches/clients/${client.id}/note`),
        await http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Moi' }),
      ])
        expect(answer.status).toBe(status);
  });

  it('name their client by a well-formed id', async () => {
    for (const id of ['1', 'me', '%00'])
      expect(await expectStatus(mine.http.get(`/coaches/clients/${id}`), 422)).toMatchObject({
        detail: 'validation_error',
        errors: [{ field: 'id', code: 'invalid_format' }],
      });
  });
});
