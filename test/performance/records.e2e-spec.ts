import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  anExercise,
  faultsOf,
  imported,
  recordsOf,
  sessionOf,
  setOf,
  train,
  type WireRecord,
  type WireSession,
} from './training';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat');
  bench = await anExercise(app, 'bench');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'pt-PT' });
});
afterEach(() => expectInvariants(app.database));

const day = (date: number): string => `2026-02-${String(date).padStart(2, '0')}T10:00:00Z`;
/** The weights that were records of an exercise, in the order in which they were lifted. */
const history = async (exercise = squat): Promise<number[]> =>
  (await recordsOf(me, `?exercise_type_id=${exercise}`)).items.map(({ weight_kg }) => weight_kg).reverse();
const put = (id: string, body: object): Promise<WireSession> =>
  expectStatus<WireSession>(me.http.put(`/performances/${id}`).send(body), 200);

describe('personal records', () => {
  it('are marked on the heaviest set, and told in the answer to the write', async () => {
    const sets = [
      setOf(squat, 60, { reps: 8, set_order: 3 }),
      setOf(squat, 60, { reps: 8, set_order: 2 }),
      setOf(squat, 60, { reps: 7, set_order: 1 }),
      setOf(bench, 0),
      setOf(bench, null),
    ];
    const session = await train(me, day(1), sets);
    expect(session.exercise_sets.map(({ set_order, is_pr }) => [set_order, is_pr])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false],
      [5, false],
    ]);
    expect(session.prs_detected).toEqual([{ exercise_type_id: squat, exercise_name: 'pt squat', weight_kg: 60 }]);
    const again = await train(me, day(2), [setOf(squat, 60, { reps: 20 })]);
    expect(again.prs_detected).toEqual([]);
    expect(again.exercise_sets).toMatchObject([{ is_pr: false }]);
  });

  it('follow a session that is entered for a past day', async () => {
    const later = await train(me, day(10), [setOf(squat, 70)]);
    const past = await train(me, day(1), [setOf(squat, 70)]);
    expect(past.prs_detected).toMatchObject([{ weight_kg: 70 }]);
    expect((await sessionOf(me, later.id)).exercise_sets).toMatchObject([{ is_pr: false }]);
    await train(me, day(5), [setOf(squat, 69.75)]);
    expect(await history()).toEqual([70]);
  });

  it('follow a correction of the weight, of the day and of the exercise', async () => {
    const first = await train(me, day(1), [setOf(squat, 60)]);
    await train(me, day(2), [setOf(squat, 65)]);
    await train(me, day(3), [setOf(squat, 70)]);
    expect(await history()).toEqual([60, 65, 70]);
    expect((await put(first.id, { exercise_sets: [setOf(squat, 68)] })).prs_detected).toMatchObject([
      { weight_kg: 68 },
    ]);
    expect(await history()).toEqual([68, 70]);
    expect((await put(first.id, { date: day(4) })).prs_detected).toEqual([]);
    expect(await history()).toEqual([65, 70]);
    expect((await put(first.id, { date: day(1) })).prs_detected).toMatchObject([{ weight_kg: 68 }]);
    expect(await history()).toEqual([68, 70]);
    await put(first.id, { exercise_sets: [setOf(bench, 68)] });
    expect([await history(), await history(bench)]).toEqual([[65, 70], [68]]);
  });

  it('follow a removal', async () => {
    await train(me, day(1), [setOf(squat, 60)]);
    const heavy = await train(me, day(2), [setOf(squat, 90)]);
    await train(me, day(3), [setOf(squat, 70)]);
    expect(await history()).toEqual([60, 90]);
    await expectStatus(me.http.delete(`/performances/${heavy.id}`), 204);
    expect(await history()).toEqual([60, 70]);
  });

  it('stand apart for each person', async () => {
    await train(await app.register(), day(1), [setOf(squat, 200)]);
    expect((await train(me, day(2), [setOf(squat, 20)])).prs_detected).toHaveLength(1);
  });

  it('do not care for what Strava says', async () => {
    const activity = await imported(app, me, 'strava', day(1));
    await app.database.query(
      `INSERT INTO exercise_sets (session_id, user_id, exercise_type_id, position, set_order, sets_count, reps, weight_kg)
       VALUES ($1, $2, $3, 1, 1, 1, 1, 300)`,
      [activity, me.id, squat],
    );
    await app.database.query('UPDATE performance_sessions SET total_volume_kg = 300 WHERE id = $1', [activity]);
    expect((await train(me, day(2), [setOf(squat, 20)])).prs_detected).toHaveLength(1);
    await expectStatus(me.http.delete(`/performances/${activity}`), 204);
    expect(await history()).toEqual([20]);
  });
});

describe('the list of personal records', () => {
  it('holds the current one of each exercise, or all of one, latest first', async () => {
    await train(me, day(1), [setOf(squat, 60), setOf(bench, 40)]);
    const best = await train(me, day(3), [setOf(squat, 80.5, { reps: 3 })]);
    await train(me, day(4), [setOf(squat, 80)]);
    const current = await recordsOf(me);
    expect(current).toMatchObject({ total: 2, has_more: false });
    expect(current.items[0]).toEqual({
      id: best.exercise_sets[0]?.id,
      exercise_type_id: squat,
      exercise_slug: 'own-squat',
      exercise_name: 'pt squat',
      weight_kg: 80.5,
      reps: 3,
      achieved_at: day(3),
      session_id: best.id,
    });
    expect(current.items[1]).toMatchObject({ exercise_type_id: bench, weight_kg: 40 });
    const all = await recordsOf(me, `?exercise_type_id=${squat}`);
    expect(all.total).toBe(2);
    expect(all.items.map(({ weight_kg }: WireRecord) => weight_kg)).toEqual([80.5, 60]);
    expect(await recordsOf(me, '?limit=1&offset=1')).toMatchObject({ total: 2, items: [current.items[1]] });
    expect(await recordsOf(me, `?exercise_type_id=${squat}&limit=1`)).toMatchObject({ total: 2, has_more: true });
  });

  it('is empty for who has none, and the caller’s alone', async () => {
    await train(await app.register(), day(1), [setOf(squat, 60)]);
    expect(await recordsOf(me)).toMatchObject({ items: [], total: 0 });
    expect(await recordsOf(me, `?exercise_type_id=${randomUUID()}`)).toMatchObject({ items: [], total: 0 });
    await expectStatus(app.http.get('/performances/personal-records'), 401);
    const refused = await me.http.get('/performances/personal-records?exercise_type_id=x');
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, ['exercise_type_id invalid_format']]);
  });
});

describe('many writes of one person at once', () => {
  it('leave the records that one after another would', async () => {
    const days = Array.from({ length: 12 }, (_, at) => at + 1);
    const before = await Promise.all(days.map((date) => train(me, day(date), [setOf(squat, 40 + ((date * 7) % 12))])));
    await expectInvariants(app.database);
    const acts = before.map((session, at) => {
      if (at % 3 === 0) return me.http.delete(`/performances/${session.id}`);
      if (at % 3 === 1) return me.http.put(`/performances/${session.id}`).send({ date: day(20 - at) });
      return me.http.post('/performances').send({ date: day(at + 2), exercise_sets: [setOf(squat, 45 + at)] });
    });
    const statuses = (await Promise.all(acts)).map(({ status }) => status);
    expect(statuses).toEqual(before.map((_, at) => [204, 200, 201][at % 3]));
    await expectInvariants(app.database);
    const weights = await history();
    expect(weights.length).toBeGreaterThan(0);
    expect(weights).toEqual([...weights].sort((one, other) => one - other));
  });

  it('let one of two equal weights be the record', async () => {
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => train(me, day(1), [setOf(bench, 50)])));
    expect(await history(bench)).toEqual([50]);
  });
});
