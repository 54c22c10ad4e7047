import { randomUUID } from 'node:crypto';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { bond } from 'test/booking/dealings';
import { anExercise, imported, setOf, train, trainFor } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPlan, aPlanner, assign, generatePlan, progressOf, refusalOf, sessionOn, type WireProgress } from './plans';

/** A Monday. */
const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let press: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat');
  press = await anExercise(app, 'press');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aPlanner(app);
  client = await app.register();
  await bond(app, coach, client);
});

const share = (isShared: boolean): Promise<unknown> =>
  expectStatus(client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: isShared }), 200);
const guided = (date: string, sets: Record<string, unknown>[] = []) =>
  train(client, date, sets, { session_type: 'solo_guided' });
const countsOf = ({ planned_sessions, completed_sessions, completion_pct, current_week }: WireProgress): number[] => [
  planned_sessions,
  completed_sessions,
  completion_pct,
  current_week,
];
const counts = async (): Promise<number[]> => countsOf(await progressOf(coach, client));

describe('how far a client is with a plan', () => {
  it('has every field', async () => {
    const target = { exercise_type_id: squat, target_sets: 3, target_reps: 5, target_weight_kg: 80 };
    const plan = await aPlan(coach, [sessionOn(0, [target]), sessionOn(3, [press])], { duration_weeks: 6 });
    await assign(coach, plan, client);
    await guided('2026-03-02T17:00:00Z', [setOf(squat, 82.5, { sets_count: 3 })]);
    const answer = coach.http.get(`/coaches/clients/${client.id}/program-progress`).set('Accept-Language', 'es');
    expect(await expectStatus(answer, 200)).toEqual({
      ...{ plan_id: plan.id, planned_sessions: 2, completed_sessions: 1, completion_pct: 50 },
      ...{ current_week: 1, total_weeks: 6 },
      exercises: [
        {
          ...{ exercise_type_id: squat, exercise_name: 'es squat', target_sets: 3, target_reps: 5 },
          ...{ target_weight_kg: 80, actual_reps: 5, actual_weight_kg: 82.5, status: 'reached' },
        },
        {
          ...{ exercise_type_id: press, exercise_name: 'es press', target_sets: 3, target_reps: 10 },
          ...{ target_weight_kg: null, actual_reps: null, actual_weight_kg: null, status: 'none' },
        },
      ],
    });
  });

  it('counts the weeks that have begun, from the day of the start', async () => {
    const plan = await aPlan(coach, [sessionOn(0), sessionOn(2), sessionOn(4)], { duration_weeks: 2 });
    await assign(coach, plan, client, { start_date: '2026-03-04' });
    const at = async (now: string): Promise<number[]> => {
      await app.setClock(now);
      return counts();
    };
    expect(await at('2026-03-03T22:59:59Z')).toEqual([0, 0, 0, 0]);
    expect(await at('2026-03-03T23:00:00Z')).toEqual([3, 0, 0, 1]);
    expect(await at('2026-03-10T22:59:59Z')).toEqual([3, 0, 0, 1]);
    expect(await at('2026-03-10T23:00:00Z')).toEqual([6, 0, 0, 2]);
    expect(await at('2026-06-01T12:00:00Z')).toEqual([6, 0, 0, 2]);
  });

  it('completes what was planned for a day by a session of that day, each once', async () => {
    const plan = await aPlan(coach, [sessionOn(0), sessionOn(2), sessionOn(2), sessionOn(4)]);
    await assign(coach, plan, client);
    await app.setClock('2026-03-06T20:00:00Z');
    // Sunday before the start; Monday at 00:30 and 23:30 in Paris; Tuesday, of which nothing was planned.
    await guided('2026-03-01T17:00:00Z');
    await guided('2026-03-01T23:30:00Z');
    await guided('2026-03-02T22:30:00Z');
    await guided('2026-03-03T17:00:00Z');
    expect(await counts()).toEqual([4, 1, 25, 1]);
    await trainFor(coach, client, '2026-03-04T08:00:00Z', []);
    expect(await counts()).toEqual([4, 2, 50, 1]);
    await guided('2026-03-04T17:00:00Z');
    await guided('2026-03-04T19:00:00Z');
    expect(await counts()).toEqual([4, 3, 75, 1]);
    await train(client, '2026-03-06T17:00:00Z', []);
    await imported(app, client, 'hevy', '2026-03-06T18:00:00Z');
    expect(await counts()).toEqual([4, 3, 75, 1]);
    await guided('2026-03-06T19:00:00Z');
    expect(await counts()).toEqual([4, 4, 100, 1]);
  });

  it('takes the client’s calendar, also where clocks change', async () => {
    await app.setClock('2026-03-01T12:00:00Z');
    client = await app.register({ timezone: 'America/New_York' });
    await bond(app, coach, client);
    // Clocks go forward there on Sunday, 8 March.
    const plan = await aPlan(coach, [sessionOn(6), sessionOn(0)], { duration_weeks: 4 });
    await assign(coach, plan, client, { start_date: '2026-03-02' });
    await app.setClock('2026-03-09T03:59:00Z');
    await guided('2026-03-08T04:59:00Z');
    expect(await counts()).toEqual([2, 0, 0, 1]);
    await guided('2026-03-09T03:59:00Z');
    expect(await counts()).toEqual([2, 1, 50, 1]);
    await app.setClock('2026-03-09T04:00:00Z');
    await guided('2026-03-09T04:00:00Z');
    expect(await counts()).toEqual([4, 2, 50, 2]);
  });

  it('is told to one decimal, and is nothing where nothing is planned', async () => {
    const plan = await aPlan(coach, [sessionOn(0), sessionOn(1), sessionOn(2)]);
    await assign(coach, plan, client);
    await guided('2026-03-02T05:00:00Z');
    expect(await counts()).toEqual([3, 1, 33.3, 1]);
    await assign(coach, await aPlan(coach), client);
    expect(await counts()).toEqual([0, 0, 0, 1]);
  });

  it('stops where another plan took its place', async () => {
    const first = await aPlan(coach, [sessionOn(0), sessionOn(1)]);
    await assign(coach, first, client);
    await app.setClock('2026-03-03T12:00:00Z');
    await guided('2026-03-02T17:00:00Z', [setOf(squat, 60)]);
    const second = await aPlan(coach, [sessionOn(1)]);
    await assign(coach, second, client, { start_date: '2026-03-03' });
    await app.setClock('2026-03-20T12:00:00Z');
    await guided('2026-03-10T17:00:00Z');
    expect(countsOf(await progressOf(coach, client, `?plan_id=${first.id}`))).toEqual([2, 1, 50, 1]);
    expect(countsOf(await progressOf(coach, client, `?plan_id=${second.id}`))).toEqual([3, 1, 33.3, 3]);
    expect((await progressOf(coach, client)).plan_id).toBe(second.id);
  });
});

describe('who sees how far a client is', () => {
  const attempt = async (query = '', who = coach): Promise<unknown[]> =>
    refusalOf(await who.http.get(`/coaches/clients/${client.id}/program-progress${query}`));

  const CELLS: [RelationStatus | null, assigned: number, generated: number, detail: string][] = [
    [null, 404, 404, 'client_not_found'],
    ['pending', 404, 404, 'no_program'],
    ['discovery', 200, 404, 'no_program'],
    ['active', 200, 200, 'no_program'],
    ['paused', 200, 200, 'no_program'],
    ['ended', 404, 404, 'no_program'],
  ];
  it.each(CELLS)('is as the relation says (rules §6.3): %s', async (status, assigned, generated, detail) => {
    const plan = await aPlan(coach);
    await assign(coach, plan, client);
    const { plan_id } = await generatePlan(client);
    await share(true);
    await app.database.query('DELETE FROM relations WHERE coach_id = $1 AND client_id = $2 AND $3::text IS NULL', [
      coach.id,
      client.id,
      status,
    ]);
    if (status) await bond(app, coach, client, status);
    const expected = (code: number): unknown[] => [code, code === 200 ? undefined : detail];
    expect(await attempt()).toEqual(expected(assigned));
    expect(await attempt(`?plan_id=${plan.id}`)).toEqual(expected(assigned));
    expect(await attempt(`?plan_id=${plan_id}`)).toEqual(expected(generated));
  });

  it('shows the generated plan only when the client shares, and what another coach assigned never', async () => {
    const other = await aPlanner(app);
    await bond(app, other, client);
    const { plan_id } = await generatePlan(client);
    expect(await attempt()).toEqual([404, 'no_program']);
    await share(true);
    expect((await progressOf(coach, client)).plan_id).toBe(plan_id);
    const theirs = await aPlan(other);
    await assign(other, theirs, client, { mode: 'complement' });
    expect((await progressOf(coach, client)).plan_id).toBe(plan_id);
    expect(await attempt(`?plan_id=${theirs.id}`)).toEqual([404, 'no_program']);
    await assign(coach, await aPlan(coach), client);
    expect(await attempt('', other)).toEqual([404, 'no_program']);
    expect((await progressOf(other, client, `?plan_id=${theirs.id}`)).plan_id).toBe(theirs.id);
  });

  it('answers that there is nothing where nothing is assigned', async () => {
    expect(await attempt()).toEqual([404, 'no_program']);
    const plan = await aPlan(coach);
    expect(await attempt(`?plan_id=${plan.id}`)).toEqual([404, 'no_program']);
    expect(await attempt(`?plan_id=${randomUUID()}`)).toEqual([404, 'no_program']);
    expect((await attempt('?plan_id=force'))[0]).toBe(422);
    expect((await attempt('', client))[0]).toBe(403);
    expect((await attempt('', { ...client, http: app.http }))[0]).toBe(401);
    expect(await attempt('', await aPlanner(app))).toEqual([404, 'client_not_found']);
  });

  it('costs the same number of queries however much there is', async () => {
    const exercises = await Promise.all(
      Array.from({ length: 12 }, (_, at) => anExercise(app, `many-${String(at)}-${client.id}`)),
    );
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await progressOf(coach, client);
      return app.queryCount() - before;
    };
    await assign(coach, await aPlan(coach, [sessionOn(0, [squat])]), client);
    await guided('2026-03-02T05:00:00Z', [setOf(squat, 60)]);
    await cost();
    const little = await cost();
    await assign(
      coach,
      await aPlan(
        coach,
        [0, 1, 2, 3, 4, 5, 6].map((day) => sessionOn(day, exercises)),
      ),
      client,
    );
    for (const exercise of exercises) await guided('2026-03-02T05:00:00Z', [setOf(exercise, 60)]);
    expect(await cost()).toBe(little);
  });
});
