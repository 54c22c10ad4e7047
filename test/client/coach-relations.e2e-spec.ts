import { randomUUID } from 'node:crypto';
import { EventBus } from 'src/common/events/event-bus';
import { RelationEnded, RelationPaused, RelationResumed } from 'src/modules/coach/coach.events';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { RELATION_STATUSES, type RelationStatus } from 'src/modules/coach/relations/relation.types';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { clientOf, moveRelation, putRelation, relate } from './relating';

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
    const answer = await putRelation(coach, id, { status: to });
    const after = await clientOf(coach, id);
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
    expect(await moveRelation(coach, client.id, { allow_unit_booking: true })).toEqual({
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
    await moveRelation(coach, client.id, { allow_unit_booking: true });
    const paused = await moveRelation(coach, client.id, {
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
    expect(await moveRelation(coach, client.id, {})).toEqual(paused);
  });

  it('ends the sharing of performances with the relation, and leaves what the coach allowed', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    await moveRelation(coach, client.id, { allow_unit_booking: true });
    await app.nest.get(RelationService).share(coach.id, client.id, true, NOW);
    expect(await moveRelation(coach, client.id, { status: 'paused' })).toMatchObject({ share_performances: true });
    expect(await moveRelation(coach, client.id, { status: 'ended' })).toMatchObject({
      share_performances: false,
      allow_unit_booking: true,
    });
    expect(await moveRelation(coach, client.id, { status: 'active' })).toMatchObject({ share_performances: false });
  });

  it('leaves bookings as they are', async () => {
    const client = await app.register();
    const booking = await book(client, coach.id, '2026-03-05T09:00:00Z');
    await expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
    await moveRelation(coach, client.id, { status: 'paused' });
    await moveRelation(coach, client.id, { status: 'ended' });
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
    const answer = await expectStatus<Refusal>(putRelation(coach, client.id, body), 422);
    expect(faultsOf(answer)).toContain(fault);
  });

  it('keeps the reason of the last move encrypted, and tells it to nobody', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const secret = `${'Ne paie pas '.repeat(24)}jamais plus.`.padEnd(300, '.');
    const answer = await moveRelation(coach, client.id, { status: 'paused', reason: secret });
    const { rows } = await app.database.query<{ status_reason: string }>(
      'SELECT status_reason FROM relations WHERE client_id = $1',
      [client.id],
    );
    expect(rows[0]?.status_reason).toMatch(/^[^:]+:[A-Za-z0-9+/=]{400,}$/);
    expect(JSON.stringify([answer, told, rows])).not.toContain('Ne paie pas');
    await moveRelation(coach, client.id, { allow_unit_booking: true });
    const kept = await app.database.query('SELECT status_reason FROM relations WHERE client_id = $1', [client.id]);
    expect(kept.rows).toEqual(rows);
    await moveRelation(coach, client.id, { status: 'active' });
    const left = await app.database.query('SELECT status_reason FROM relations WHERE client_id = $1', [client.id]);
    expect(left.rows).toEqual([{ status_reason: null }]);
  });

  it('is moved by one of many at once, and told once', async () => {
    const client = await app.register();
    await relate(app, coach, client, 'active');
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => putRelation(coach, client.id, { status: 'paused' })),
    );
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
    expect(await moveRelation(coach, client.id, { status })).toMatchObject({ client_id: client.id, status });
    expect(await clientOf(coach, client.id)).toMatchObject({ relation_status: status });
  });

  it('is taken on as active when no status is given', async () => {
    expect(await moveRelation(coach, client.id, { allow_unit_booking: true })).toMatchObject({
      status: 'active',
      allow_unit_booking: true,
    });
  });

  it.each(['pending', 'paused'] as const)('cannot begin at %s', async (status) => {
    const answer = await expectStatus<Refusal>(putRelation(coach, client.id, { status }), 422);
    expect(answer.detail).toBe('invalid_relation_transition');
    expect((await coach.http.get(`/coaches/clients/${client.id}`)).status).toBe(404);
  });

  it('is taken on once by many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => putRelation(coach, client.id, { status: 'active' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { rows } = await app.database.query('SELECT status FROM relations WHERE client_id = $1', [client.id]);
    expect(rows).toEqual([{ status: 'active' }]);
  });

  it('is not taken on by a coach with whom he has not booked', async () => {
    const other = await aCoach(app, { days: [] });
    const answer = await expectStatus<Refusal>(putRelation(other, client.id, { status: 'active' }), 404);
    expect(answer.detail).toBe('client_not_found');
    const { rows } = await app.database.query('SELECT 1 FROM relations WHERE coach_id = $1', [other.id]);
    expect(rows).toEqual([]);
  });
});
