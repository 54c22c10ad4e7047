import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { RelationEnded, RelationPaused, RelationResumed } from 'src/modules/coach/coach.events';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { RELATION_STATUSES, type RelationStatus } from 'src/modules/coach/relations/relation.types';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { relate } from './relating';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}
interface WireRelation {
  id: string;
  status: RelationStatus;
  [field: string]: unknown;
}

const NOW = new Date('2026-03-02T06:00:00Z');

let app: TestApp;
let coach: TestPerson;
const told: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aCoach(app);
  const events = app.nest.get(EventBus);
  const keep = (event: RelationPaused | RelationResumed | RelationEnded): Promise<void> => {
    told.push(`${event.name} ${event.coachId} ${event.clientId} ${event.at.toISOString()}`);
    return Promise.resolve();
  };
  events.subscribe(RelationPaused, 'test', keep);
  events.subscribe(RelationResumed, 'test', keep);
  events.subscribe(RelationEnded, 'test', keep);
});
afterAll(() => app.close());
beforeEach(() => void told.splice(0));

const put = (person: TestPerson, clientId: string, body: object): ReturnType<TestPerson['http']['put']> =>
  person.http.put(`/coaches/clients/${clientId}/relation`).send(body);
const move = (clientId: string, body: object): Promise<WireRelation> =>
  expectStatus<WireRelation>(put(coach, clientId, body), 200);
const detail = (person: TestPerson, clientId: string): Promise<Record<string, unknown>> =>
  expectStatus(person.http.get(`/coaches/clients/${clientId}`), 200);
const fact = (name: string, clientId: string): string =>
  `coach.relation-${name}.v1 ${coach.id} ${clientId} 2026-03-02T06:00:00.000Z`;

describe('a relation in the coach’s hand', () => {
  const ALLOWED: Record<RelationStatus, RelationStatus[]> = {
    pending: ['discovery', 'active', 'ended'],
    discovery: ['active', 'ended'],
    active: ['paused', 'ended'],
    paused: ['active', 'ended'],
    ended: ['active'],
  };
  const TOLD: Partial<Record<`${RelationStatus} ${RelationStatus}`, string>> = {
    'pending ended': 'ended',
    'discovery ended': 'ended',
    'active paused': 'paused',
    'active ended': 'ended',
    'paused active': 'resumed',
    'paused ended': 'ended',
    'ended active': 'resumed',
  };
  const moves = RELATION_STATUSES.flatMap((from) => RELATION_STATUSES.map((to) => [from, to] as const));

  it.each(moves)('goes by the table: from %s to %s', async (from, to) => {
    const [client] = await crowd(app, 1);
    const id = client?.id ?? '';
    await relate(app, coach, { id }, from);
    told.splice(0);
    const before = await expectStatus<{ relation: object }>(coach.http.get(`/coaches/clients/${id}`), 200);
    const answer = await put(coach, id, { status: to });
    const after = await detail(coach, id);
    if (ALLOWED[from].includes(to)) {
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ coach_id: coach.id, client_id: id, status: to });
      expect(after).toMatchObject({ relation_status: to, relation: answer.body as object });
      const name = TOLD[`${from} ${to}`];
      expect(told).toEqual(name ? [fact(name, id)] : []);
    } else {
      expect(answer.status).toBe(422);
      expect((answer.body as Refusal).detail).toBe('invalid_relation_transition');
      expect(after['relation']).toEqual(before.relation);
      expect(told).toEqual([]);
    }
  });

  it('answers the whole of it', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    expect(await move(client.id, { allow_unit_booking: true })).toEqual({
      id: expect.any(String),
      coach_id: coach.id,
      client_id: client.id,
      status: 'active',
      allow_unit_booking: true,
      share_performances: false,
      created_at: '2026-03-02T06:00:00Z',
      updated_at: '2026-03-02T06:00:00Z',
    });
    expect(told).toEqual([]);
  });

  it('keeps what is not given, and drops what it does not know', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    await move(client.id, { allow_unit_booking: true });
    const paused = await move(client.id, {
      status: 'paused',
      share_performances: true,
      coach_id: randomUUID(),
      created_at: '2001-01-01T00:00:00Z',
    });
    expect(paused).toMatchObject({
      status: 'paused',
      allow_unit_booking: true,
      share_performances: false,
      coach_id: coach.id,
      created_at: '2026-03-02T06:00:00Z',
    });
    expect(await move(client.id, {})).toEqual(paused);
  });

  it('ends the sharing of performances with the relation, and leaves what the coach allowed', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    await move(client.id, { allow_unit_booking: true });
    await app.nest.get(RelationService).share(coach.id, client.id, true, NOW);
    expect(await move(client.id, { status: 'paused' })).toMatchObject({ share_performances: true });
    expect(await move(client.id, { status: 'ended' })).toMatchObject({
      share_performances: false,
      allow_unit_booking: true,
    });
    expect(await move(client.id, { status: 'active' })).toMatchObject({ share_performances: false });
  });

  it('leaves bookings as they are', async () => {
    const client = await app.register();
    const booking = await book(client, coach.id, '2026-03-05T09:00:00Z');
    await expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
    await move(client.id, { status: 'paused' });
    await move(client.id, { status: 'ended' });
    expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({ status: 'confirmed' });
  });

  it.each([
    [{ reason: 'x'.repeat(301) }, 'reason too_long'],
    [{ reason: 7 }, 'reason invalid_type'],
    [{ status: 'gone' }, 'status invalid_value'],
    [{ status: null }, 'status required'],
    [{ allow_unit_booking: 'yes' }, 'allow_unit_booking invalid_type'],
    [{ allow_unit_booking: null }, 'allow_unit_booking required'],
  ])('refuses %j', async (body, fault) => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const answer = await expectStatus<Refusal>(put(coach, client.id, body), 422);
    expect((answer.errors ?? []).map(({ field, code }) => `${field} ${code}`)).toContain(fault);
  });

  it('keeps the reason of the last move encrypted, and tells it to nobody', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const secret = `${'Ne paie pas '.repeat(24)}jamais plus.`.padEnd(300, '.');
    const answer = await move(client.id, { status: 'paused', reason: secret });
    const { rows } = await app.database.query<{ status_reason: string }>(
      'SELECT status_reason FROM relations WHERE client_id = $1',
      [client.id],
    );
    expect(rows[0]?.status_reason).toMatch(/^[^:]+:[A-Za-z0-9+/=]{400,}$/);
    expect(JSON.stringify([answer, told, rows])).not.toContain('Ne paie pas');
    await move(client.id, { allow_unit_booking: true });
    const kept = await app.database.query('SELECT status_reason FROM relations WHERE client_id = $1', [client.id]);
    expect(kept.rows).toEqual(rows);
    await move(client.id, { status: 'active' });
    const left = await app.database.query('SELECT status_reason FROM relations WHERE client_id = $1', [client.id]);
    expect(left.rows).toEqual([{ status_reason: null }]);
  });

  it('is moved by one of many at once, and told once', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const answers = await Promise.all(Array.from({ length: 12 }, () => put(coach, client.id, { status: 'paused' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(11);
    expect(told).toEqual([fact('paused', client.id)]);
  });
});

describe('somebody who has booked and has no relation yet', () => {
  let client: TestPerson;
  let hour = 8;

  beforeEach(async () => {
    client = await app.register();
    hour += 1;
    await book(client, coach.id, `2026-03-06T${String(hour).padStart(2, '0')}:00:00Z`);
  });

  it('is no client, and nothing of his is to be seen', async () => {
    for (const answer of [
      await coach.http.get(`/coaches/clients/${client.id}`),
      await coach.http.get(`/coaches/clients/${client.id}/note`),
      await coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Bonjour' }),
    ])
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'client_not_found']);
    const list = await expectStatus<{ items: { id: string }[] }>(coach.http.get('/coaches/clients?limit=100'), 200);
    expect(list.items.map(({ id }) => id)).not.toContain(client.id);
  });

  it.each(['discovery', 'active', 'ended'] as const)('is taken on by the coach: %s', async (status) => {
    expect(await move(client.id, { status })).toMatchObject({ client_id: client.id, status });
    expect(await detail(coach, client.id)).toMatchObject({ relation_status: status });
  });

  it('is taken on as active when no status is given', async () => {
    expect(await move(client.id, { allow_unit_booking: true })).toMatchObject({
      status: 'active',
      allow_unit_booking: true,
    });
  });

  it.each(['pending', 'paused'] as const)('cannot begin at %s', async (status) => {
    const answer = await expectStatus<Refusal>(put(coach, client.id, { status }), 422);
    expect(answer.detail).toBe('invalid_relation_transition');
    expect((await coach.http.get(`/coaches/clients/${client.id}`)).status).toBe(404);
  });

  it('is taken on once by many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(coach, client.id, { status: 'active' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { rows } = await app.database.query('SELECT status FROM relations WHERE client_id = $1', [client.id]);
    expect(rows).toEqual([{ status: 'active' }]);
  });

  it('is not taken on by a coach with whom he has not booked', async () => {
    const other = await aCoach(app, { days: [] });
    const answer = await expectStatus<Refusal>(put(other, client.id, { status: 'active' }), 404);
    expect(answer.detail).toBe('client_not_found');
    const { rows } = await app.database.query('SELECT 1 FROM relations WHERE coach_id = $1', [other.id]);
    expect(rows).toEqual([]);
  });
});

describe('one client', () => {
  it('is shown as a whole', async () => {
    const client = await app.register({ first_name: 'Maya', phone: '+33612345679' });
    await relate(app, coach, client, 'active');
    await expectStatus(client.http.post('/clients/profile').send({ goal: 'endurance', weight_kg: 61.5 }), 201);
    await expectStatus(client.http.post('/clients/questionnaire').send({ injuries: 'Épaule droite' }), 201);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/note`).send({ content: 'Ponctuelle' }), 200);
    expect(await detail(coach, client.id)).toEqual({
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
    const shown = await detail(coach, client.id);
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
      await detail(coach, client.id);
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

describe('a coach’s note about a client', () => {
  let client: TestPerson;
  beforeEach(async () => {
    client = await app.register();
    await relate(app, coach, client, 'active');
  });
  const note = (person: TestPerson): Promise<object> =>
    expectStatus<object>(person.http.get(`/coaches/clients/${client.id}/note`), 200);
  const write = (person: TestPerson, body: object): ReturnType<TestPerson['http']['put']> =>
    person.http.put(`/coaches/clients/${client.id}/note`).send(body);

  it('is none at first, then what was written last, then none', async () => {
    expect(await note(coach)).toEqual({ content: null, updated_at: null });
    const first = { content: 'Aime\nle rameur', updated_at: '2026-03-02T06:00:00Z' };
    expect(await expectStatus(write(coach, { content: '  Aime\nle rameur ' }), 200)).toEqual(first);
    expect(await note(coach)).toEqual(first);
    await expectStatus(write(coach, { content: 'Rien' }), 200);
    expect(await note(coach)).toMatchObject({ content: 'Rien' });
    const cleared = { content: null, updated_at: null };
    expect(await expectStatus(write(coach, { content: null }), 200)).toEqual(cleared);
    expect(await note(coach)).toEqual(cleared);
    expect(await expectStatus(write(coach, { content: '' }), 200)).toEqual(cleared);
  });

  it('takes 5,000 characters and no more', async () => {
    const long = '🏋'.repeat(5000);
    expect(await expectStatus(write(coach, { content: long }), 200)).toMatchObject({ content: long });
    for (const [body, code] of [
      [{ content: `${long}!` }, 'too_long'],
      [{}, 'required'],
      [{ content: 7 }, 'invalid_type'],
      [{ content: 'a\u0000b' }, 'invalid_format'],
    ] as const)
      expect((await expectStatus<Refusal>(write(coach, body), 422)).errors).toEqual(
        expect.arrayContaining([{ field: 'content', code, message: expect.any(String) }]),
      );
    expect(await note(coach)).toMatchObject({ content: long });
  });

  it('lies encrypted in the table, and opens in its own row only', async () => {
    await expectStatus(write(coach, { content: 'Confidentiel' }), 200);
    const { rows } = await app.database.query<{ content: string }>(
      'SELECT content FROM coach_notes WHERE client_id = $1',
      [client.id],
    );
    expect(rows[0]?.content).toMatch(/^[^:]+:[A-Za-z0-9+/=]{20,}$/);
    expect(rows[0]?.content).not.toContain('Confidentiel');
    const other = await app.register();
    await relate(app, coach, other, 'active');
    await app.database.query(
      `INSERT INTO coach_notes (coach_id, client_id, content, updated_at)
       SELECT coach_id, $2, content, updated_at FROM coach_notes WHERE client_id = $1`,
      [client.id, other.id],
    );
    expect((await coach.http.get(`/coaches/clients/${other.id}/note`)).status).toBe(500);
    await app.database.query('DELETE FROM coach_notes WHERE client_id = $1', [other.id]);
  });

  it('is in no answer to the client, nor to another coach of his', async () => {
    const other = await aCoach(app, { days: [] });
    await relate(app, other, client, 'active');
    await expectStatus(write(coach, { content: 'Entre nous deux' }), 200);
    expect(await note(other)).toEqual({ content: null, updated_at: null });
    const answers = [
      await client.http.get('/users/me'),
      await client.http.get('/clients/coaches'),
      await client.http.get(`/coaches/${coach.id}/public`),
      await client.http.get('/bookings'),
      await client.http.get('/notifications'),
      await other.http.get(`/coaches/clients/${client.id}`),
      await other.http.get('/coaches/clients'),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain('Entre nous deux');
    }
    expect((await client.http.get(`/coaches/clients/${client.id}/note`)).status).toBe(403);
  });

  it('goes with a relation that only a request had made', async () => {
    const asking = await app.register();
    const relations = app.nest.get(RelationService);
    const { before } = await relations.requested(coach.id, asking.id, NOW);
    await expectStatus(coach.http.put(`/coaches/clients/${asking.id}/note`).send({ content: 'Curieux' }), 200);
    await relations.requestWithdrawn(coach.id, asking.id, before);
    expect((await coach.http.get(`/coaches/clients/${asking.id}/note`)).status).toBe(404);
    const { rows } = await app.database.query('SELECT 1 FROM coach_notes WHERE client_id = $1', [asking.id]);
    expect(rows).toEqual([]);
  });

  it('is one, whoever writes it at once', async () => {
    const texts = Array.from({ length: 10 }, (_, index) => `Note ${index}`);
    const answers = await Promise.all(texts.map((content) => write(coach, { content })));
    expect(answers.map(({ status }) => status)).toEqual(texts.map(() => 200));
    const left = (await note(coach)) as { content: string };
    expect(texts).toContain(left.content);
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
    expect(await detail(mine, client.id)).toMatchObject({ relation_status: 'active', note: 'À moi' });
    expect(await detail(other, client.id)).toMatchObject({ relation_status: 'ended', note: null });
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
