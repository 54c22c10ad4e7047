import { randomUUID } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { aClub } from 'test/support/clubs';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  anExercise,
  faultsOf,
  imported,
  sessionOf,
  sessionsOf,
  setOf,
  train,
  trainFor,
  type WireSession,
} from './training';

const NOW = '2026-03-02T06:00:00.250Z';
const DATE = '2026-03-01T17:00:00Z';
/** 48 h after it was written. */
const END = '2026-03-04T06:00:00.250Z';
const AFTER_END = '2026-03-04T06:00:00.251Z';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat');
  bench = await anExercise(app, 'bench');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  me = await app.register();
});

const put = (person: TestPerson, id: string, body: object) => person.http.put(`/performances/${id}`).send(body);
const remove = (person: TestPerson, id: string) => person.http.delete(`/performances/${id}`);
const refusalOf = ({ status, body }: { status: number; body: unknown }): unknown[] => [
  status,
  (body as { detail?: string }).detail,
];

describe('correcting a session', () => {
  it('changes what is given and leaves the rest', async () => {
    const gym = await aClub(app);
    const sets = [setOf(squat, 50)];
    const session = await train(me, DATE, sets, { duration_min: 30, feeling: 2, session_type: 'solo_guided' });
    const changed = await expectStatus<WireSession>(put(me, session.id, { feeling: 5, gym_id: gym }), 200);
    expect(changed).toEqual({ ...session, feeling: 5, gym_id: gym });
    const cleared = { duration_min: null, feeling: null, gym_id: null, date: '2026-02-01T10:00:00Z' };
    expect(await expectStatus(put(me, session.id, cleared), 200)).toMatchObject(cleared);
    expect(await sessionOf(me, session.id)).toMatchObject({ ...cleared, session_type: 'solo_guided' });
  });

  it('replaces all its sets, and counts volume and records again', async () => {
    const session = await train(me, DATE, [setOf(squat, 50), setOf(squat, 60)]);
    const body = { exercise_sets: [setOf(bench, 40.5, { sets_count: 2 })] };
    const changed = await expectStatus<WireSession>(put(me, session.id, body), 200);
    expect(changed).toMatchObject({ total_volume_kg: 405, created_at: session.created_at });
    expect(changed.exercise_sets).toMatchObject([{ exercise_type_id: bench, set_order: 1, is_pr: true }]);
    expect(changed.prs_detected).toEqual([{ exercise_type_id: bench, exercise_name: 'fr bench', weight_kg: 40.5 }]);
    const emptied = await expectStatus<WireSession>(put(me, session.id, { exercise_sets: [] }), 200);
    expect(emptied).toMatchObject({ total_volume_kg: 0, exercise_sets: [], prs_detected: [] });
  });

  it('changes nothing that a correction is not for', async () => {
    const coach = await aCoach(app);
    const session = await train(me, DATE, []);
    const body = {
      user_id: coach.id,
      entered_by: coach.id,
      source: 'strava',
      session_type: 'coached',
      created_at: END,
    };
    expect(await expectStatus(put(me, session.id, body), 200)).toEqual(session);
  });

  it('refuses bad values and what is not there, and leaves everything as it was', async () => {
    const session = await train(me, DATE, [setOf(squat, 50)]);
    const invalid: [object, string][] = [
      [{ date: '2026-03-03T06:00:00.251Z' }, 'date too_large'],
      [{ date: null }, 'date required'],
      [{ exercise_sets: null }, 'exercise_sets required'],
      [{ exercise_sets: [{}] }, 'exercise_sets.0.exercise_type_id required'],
      [{ feeling: 6 }, 'feeling too_large'],
    ];
    for (const [body, fault] of invalid) {
      const refused = await put(me, session.id, body);
      expect([refused.status, faultsOf(refused.body)]).toEqual([422, expect.arrayContaining([fault])]);
    }
    const unknown: [object, string][] = [
      [{ gym_id: randomUUID() }, 'gym_not_found'],
      [{ exercise_sets: [setOf(randomUUID(), 1)] }, 'exercise_not_found'],
      [{ exercise_sets: [setOf(squat, 1, { machine_id: randomUUID() })] }, 'machine_not_found'],
    ];
    for (const [body, detail] of unknown)
      expect(refusalOf(await put(me, session.id, { feeling: 1, ...body }))).toEqual([404, detail]);
    expect(await sessionOf(me, session.id)).toEqual({ ...session, prs_detected: [] });
  });

  it('is possible for 48 hours from writing it, to the millisecond, whatever day was trained', async () => {
    const session = await train(me, '2025-01-01T10:00:00Z', []);
    await app.setClock(END);
    expect(await expectStatus(put(me, session.id, { feeling: 3 }), 200)).toMatchObject({ editable_until: END });
    await app.setClock(AFTER_END);
    expect(refusalOf(await put(me, session.id, { feeling: 4 }))).toEqual([422, 'edit_window_expired']);
    expect(refusalOf(await remove(me, session.id))).toEqual([422, 'edit_window_expired']);
    expect(await sessionOf(me, session.id)).toMatchObject({ feeling: 3 });
  });
});

describe('removing a session', () => {
  it('takes it and its sets away', async () => {
    const session = await train(me, DATE, [setOf(squat, 50)]);
    await app.setClock(END);
    await expectStatus(remove(me, session.id), 204);
    expect(refusalOf(await me.http.get(`/performances/${session.id}`))).toEqual([404, 'session_not_found']);
    expect(refusalOf(await remove(me, session.id))).toEqual([404, 'session_not_found']);
    const { rows } = await app.database.query('SELECT FROM exercise_sets WHERE session_id = $1', [session.id]);
    expect(rows).toEqual([]);
  });

  it('is possible at any time for an imported one, which nobody can change', async () => {
    for (const source of ['strava', 'strong', 'hevy', 'mycoach'] as const) {
      const id = await imported(app, me, source, DATE);
      await app.setClock('2026-06-01T06:00:00Z');
      const isStrava = source === 'strava';
      expect(await sessionOf(me, id)).toMatchObject({
        source,
        strava_activity_id: isStrava ? '4711' : null,
        source_terms: isStrava
          ? { visible_to_coach: false, usable_for_stats: false, keep_until: '2027-01-01T00:00:00Z' }
          : null,
      });
      expect(refusalOf(await put(me, id, { feeling: 1 }))).toEqual([403, 'forbidden']);
      await expectStatus(remove(me, id), 204);
    }
    expect(await sessionsOf(me)).toMatchObject({ total: 0 });
  });
});

describe('a session that a coach entered', () => {
  it('is corrected and removed by the coach alone', async () => {
    const coach = await aCoach(app);
    await bond(app, coach, me);
    const session = await trainFor(coach, me, DATE, [setOf(squat, 50)]);
    expect(refusalOf(await put(me, session.id, { feeling: 1 }))).toEqual([403, 'forbidden']);
    expect(refusalOf(await remove(me, session.id))).toEqual([403, 'forbidden']);
    expect(await expectStatus(put(coach, session.id, { feeling: 3 }), 200)).toMatchObject({ feeling: 3 });
    await app.setClock(AFTER_END);
    expect(refusalOf(await put(coach, session.id, { feeling: 4 }))).toEqual([422, 'edit_window_expired']);
    expect(refusalOf(await put(me, session.id, { feeling: 1 }))).toEqual([403, 'forbidden']);
    await app.setClock(END);
    await expectStatus(remove(coach, session.id), 204);
  });

  it('cannot be touched by its coach when he sees it no more', async () => {
    const coach = await aCoach(app);
    await bond(app, coach, me);
    const session = await trainFor(coach, me, DATE, []);
    await bond(app, coach, me, 'ended');
    expect(refusalOf(await put(coach, session.id, { feeling: 4 }))).toEqual([404, 'session_not_found']);
    expect(refusalOf(await remove(coach, session.id))).toEqual([404, 'session_not_found']);
    expect(await sessionOf(me, session.id)).toMatchObject({ feeling: null });
  });

  it('trust 1: looks missing to who only sees it, and to everybody else', async () => {
    const [coach, stranger] = [await aCoach(app), await aCoach(app)];
    await bond(app, coach, me);
    await expectStatus(me.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: true }), 200);
    const session = await train(me, DATE, []);
    expect(await sessionOf(coach, session.id)).toMatchObject({ id: session.id });
    for (const person of [coach, stranger]) {
      expect(refusalOf(await put(person, session.id, { feeling: 4 }))).toEqual([404, 'session_not_found']);
      expect(refusalOf(await remove(person, session.id))).toEqual([404, 'session_not_found']);
    }
    expect(refusalOf(await stranger.http.get(`/performances/${session.id}`))).toEqual([404, 'session_not_found']);
    expect((await sessionsOf(me)).total).toBe(1);
  });
});
