import { randomUUID } from 'node:crypto';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { bond } from 'test/booking/dealings';
import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  anExercise,
  imported,
  type Listed,
  sessionOf,
  sessionsOf,
  setOf,
  train,
  trainFor,
  type WireSession,
} from './training';

const NOW = '2026-03-02T06:00:00Z';
const DATE = '2026-03-01T17:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  squat = await anExercise(app, 'squat', { quads: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aCoach(app);
  client = await app.register();
});

const refusalOf = ({ status, body }: { status: number; body: unknown }): unknown[] => [
  status,
  (body as { detail?: string }).detail,
];
const listFor = async (person: TestPerson, query = ''): Promise<Listed<WireSession>> =>
  expectStatus(person.http.get(`/coaches/clients/${client.id}/performances${query}`), 200);
/** Waits for what another connection of this database is blocked on, instead of for a time. */
async function untilSomebodyWaitsForALock(): Promise<void> {
  const waiting = async (): Promise<number> => {
    const { rowCount } = await app.database.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rowCount ?? 0;
  };
  await eventually(waiting, (count) => count === 1);
}
const share = async (isShared: boolean): Promise<void> => {
  const body = { share_performances: isShared };
  await expectStatus(client.http.put(`/clients/coaches/${coach.id}/sharing`).send(body), 200);
};

describe('a session that a coach enters for a client', () => {
  it('belongs to the client and names its author', async () => {
    await bond(app, coach, client);
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const session = await trainFor(coach, client, DATE, [setOf(squat, 80)], { booking_id: booking.id });
    const author = { id: coach.id, first_name: 'Inès', last_name: 'Martin', name: 'Inès Martin', role: 'coach' };
    expect(session).toMatchObject({ user_id: client.id, session_type: 'coached', booking_id: booking.id });
    expect(session.entered_by).toEqual({ ...author, resolved_photo_url: expect.any(String) });
    expect(session.prs_detected).toMatchObject([{ exercise_type_id: squat, weight_kg: 80 }]);
    expect((await sessionsOf(client)).items).toEqual([{ ...session, prs_detected: [] }]);
    expect((await sessionsOf(coach)).items).toEqual([]);
    const guided = await trainFor(coach, client, DATE, [], { session_type: 'solo_guided' });
    expect(guided.session_type).toBe('solo_guided');
  });

  const STATUSES: [RelationStatus | null, number, string | undefined][] = [
    [null, 404, 'client_not_found'],
    ['pending', 403, 'no_coaching_relation'],
    ['discovery', 201, undefined],
    ['active', 201, undefined],
    ['paused', 201, undefined],
    ['ended', 403, 'no_coaching_relation'],
  ];
  it.each(STATUSES)('depends on their relation: %s', async (status, code, detail) => {
    if (status) await bond(app, coach, client, status);
    const answer = await coach.http.post(`/performances/for-client/${client.id}`).send({ date: DATE });
    expect(refusalOf(answer)).toEqual([code, detail]);
    expect((await sessionsOf(client)).total).toBe(code === 201 ? 1 : 0);
  });

  it('is for coaches, and for nobody who is not a client', async () => {
    await expectStatus(client.http.post(`/performances/for-client/${coach.id}`).send({ date: DATE }), 403);
    await expectStatus(app.http.post(`/performances/for-client/${coach.id}`).send({ date: DATE }), 401);
    for (const id of [coach.id, randomUUID()])
      expect(refusalOf(await coach.http.post(`/performances/for-client/${id}`).send({ date: DATE }))).toEqual([
        404,
        'client_not_found',
      ]);
  });

  it('is not entered when the relation ends meanwhile', async () => {
    await bond(app, coach, client);
    const other = await app.database.connect();
    try {
      await other.query('BEGIN');
      await other.query(`UPDATE relations SET status = 'ended' WHERE coach_id = $1 AND client_id = $2`, [
        coach.id,
        client.id,
      ]);
      const answer = Promise.resolve(coach.http.post(`/performances/for-client/${client.id}`).send({ date: DATE }));
      await untilSomebodyWaitsForALock();
      await other.query('COMMIT');
      expect(refusalOf(await answer)).toEqual([403, 'no_coaching_relation']);
    } finally {
      other.release();
    }
    expect((await sessionsOf(client)).total).toBe(0);
  });

  it('trust 2: takes a booking of the two only', async () => {
    await bond(app, coach, client);
    const other = await aCoach(app);
    const withOther = await book(client, other.id, '2026-03-03T09:00:00Z');
    const ofOther = await book(await app.register(), coach.id, '2026-03-03T10:00:00Z');
    for (const { id } of [withOther, ofOther]) {
      const body = { date: DATE, booking_id: id };
      const refused = await coach.http.post(`/performances/for-client/${client.id}`).send(body);
      expect(refusalOf(refused)).toEqual([404, 'booking_not_found']);
    }
  });
});

describe('a coach who filters by everything', () => {
  it('sees what fits, whichever end the range has, again and again', async () => {
    await bond(app, coach, client);
    const gym = await aClub(app);
    const { id } = await trainFor(coach, client, DATE, [setOf(squat, 80)], { gym_id: gym });
    const all = `?session_type=coached&gym_id=${gym}&exercise_type_id=${squat}&muscle_group=quads`;
    const ranges = ['&from=2026-03-01', '&to=2026-03-01', '&from=2026-03-01&to=2026-03-01', '&from=2026-03-01'];
    for (const range of ranges) expect(await listFor(coach, all + range)).toMatchObject({ items: [{ id }], total: 1 });
    for (const range of ['&from=2026-03-02', '&to=2026-02-28'])
      expect(await listFor(coach, all + range)).toMatchObject({ items: [], total: 0 });
  });
});

describe('what a coach sees of a client’s sessions', () => {
  const KINDS = ['entered', 'booked', 'by another', 'own', 'file', 'strava'] as const;
  type Kind = (typeof KINDS)[number];
  let sessions: Record<Kind, string>;

  const PAIR: Kind[] = ['entered', 'booked'];
  const ALL: Kind[] = [...PAIR, 'by another', 'own', 'file'];
  const CELLS: [RelationStatus, boolean, Kind[]][] = [
    ['pending', false, []],
    ['pending', true, []],
    ['discovery', false, PAIR],
    ['discovery', true, PAIR],
    ['active', false, PAIR],
    ['active', true, ALL],
    ['paused', false, PAIR],
    ['paused', true, ALL],
    ['ended', false, []],
    ['ended', true, []],
  ];

  beforeEach(async () => {
    await bond(app, coach, client);
    const other = await aCoach(app);
    await bond(app, other, client);
    const booking = await book(client, coach.id, '2026-03-03T09:00:00Z');
    const elsewhere = await book(client, other.id, '2026-03-03T11:00:00Z');
    sessions = {
      entered: (await trainFor(coach, client, '2026-02-01T10:00:00Z', [setOf(squat, 10)])).id,
      booked: (await train(client, '2026-02-02T10:00:00Z', [], { booking_id: booking.id })).id,
      'by another': (await trainFor(other, client, DATE, [], { booking_id: elsewhere.id })).id,
      own: (await train(client, '2026-02-04T10:00:00Z', [setOf(squat, 20)])).id,
      file: await imported(app, client, 'strong', '2026-02-05T10:00:00Z'),
      strava: await imported(app, client, 'strava', '2026-02-06T10:00:00Z'),
    };
  });

  it.each(CELLS)('in %s, sharing %s', async (status, isShared, seen) => {
    await app.database.query(
      'UPDATE relations SET status = $3, share_performances = $4 WHERE coach_id = $1 AND client_id = $2',
      [coach.id, client.id, status, isShared],
    );
    const list = await listFor(coach);
    expect(list.items.map(({ id }) => id).sort()).toEqual(seen.map((kind) => sessions[kind]).sort());
    expect(list.total).toBe(seen.length);
    for (const kind of KINDS) {
      const expected = seen.includes(kind) ? [200, undefined] : [404, 'session_not_found'];
      expect(refusalOf(await coach.http.get(`/performances/${sessions[kind]}`))).toEqual(expected);
    }
  });

  it('can be filtered like the own list', async () => {
    await share(true);
    const ids = async (query: string): Promise<string[]> => (await listFor(coach, query)).items.map(({ id }) => id);
    expect(await ids(`?exercise_type_id=${squat}`)).toEqual([sessions.own, sessions.entered]);
    expect(await ids('?session_type=coached')).toEqual([sessions['by another'], sessions.entered]);
    expect(await ids('?muscle_group=quads&to=2026-02-02')).toEqual([sessions.entered]);
    expect(await listFor(coach, '?limit=1&offset=1')).toMatchObject({ total: 5, has_more: true });
  });

  it('trust 1: is nothing at all without a relation', async () => {
    const stranger = await aCoach(app);
    const path = (id: string): string => `/coaches/clients/${id}/performances`;
    const [foreign, missing] = [await stranger.http.get(path(client.id)), await stranger.http.get(path(randomUUID()))];
    expect(refusalOf(foreign)).toEqual([404, 'client_not_found']);
    expect({ ...(foreign.body as object), request_id: '' }).toEqual({ ...(missing.body as object), request_id: '' });
    await expectStatus(client.http.get(path(client.id)), 403);
    for (const kind of KINDS)
      expect(refusalOf(await stranger.http.get(`/performances/${sessions[kind]}`))).toEqual([404, 'session_not_found']);
    expect(await sessionOf(client, sessions.strava)).toMatchObject({ source: 'strava' });
  });
});
