import { randomUUID } from 'node:crypto';
import { anExercise, faultsOf, type Listed } from 'test/performance/training';
import { bond } from 'test/booking/dealings';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPlan, aPlanner, assign, editPlan, planOf, refusalOf, sessionOn, type WirePlan } from './plans';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;
let squat: string;
let press: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  squat = await anExercise(app, 'squat');
  press = await anExercise(app, 'press');
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await app.register({ role: 'coach' });
});

const listOf = async (query = ''): Promise<Listed<Record<string, unknown>>> =>
  expectStatus(coach.http.get(`/coaches/programs${query}`), 200);

describe('a plan that a coach writes', () => {
  it('has every field as it was given', async () => {
    const exercise = {
      exercise_type_id: squat,
      target_sets: 5,
      target_reps: 5,
      target_weight_kg: 82.5,
      order_index: 7,
    };
    const session = { day_of_week: 6, session_name: 'Jambes', estimated_duration_min: 75, rest_seconds: 120 };
    const head = { name: '  Force 5×5 ', description: 'Lourd.\nLent.', duration_weeks: 12, level: 'advanced' };
    const more = { goal: 'maintenance', planned_sessions: [{ ...session, planned_exercises: [exercise] }] };
    const plan = await expectStatus<WirePlan>(
      coach.http.post('/coaches/programs').send({ ...head, ...more, source: 'ai', seed: 4, archived: true }),
      201,
    );
    expect(plan).toEqual({
      ...{ id: plan.id, name: 'Force 5×5', description: 'Lourd.\nLent.', duration_weeks: 12, level: 'advanced' },
      ...{ goal: 'maintenance', source: 'coach', created_by: coach.id, archived: false, notes: [], seed: null },
      created_at: NOW,
      planned_sessions: [
        {
          ...{ id: expect.any(String), ...session, order_index: 0 },
          planned_exercises: [
            { id: expect.any(String), ...exercise, exercise_slug: 'own-squat', exercise_name: 'fr squat' },
          ],
        },
      ],
    });
    expect(await planOf(coach, plan.id)).toEqual(plan);
  });

  it('has what the contract says where nothing is given', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat, press]), sessionOn(0)]);
    expect(plan).toMatchObject({ description: null, duration_weeks: 4, level: 'beginner', goal: 'well_being' });
    const [first, second] = plan.planned_sessions;
    expect(first).toMatchObject({ estimated_duration_min: null, rest_seconds: 90, order_index: 0 });
    const target = { target_sets: 3, target_reps: 10, target_weight_kg: null };
    expect(first?.planned_exercises).toMatchObject([
      { exercise_type_id: squat, ...target, order_index: 0 },
      { exercise_type_id: press, ...target, order_index: 1 },
    ]);
    expect(second).toMatchObject({ day_of_week: 0, order_index: 1, planned_exercises: [] });
    expect(await aPlan(coach)).toMatchObject({ planned_sessions: [] });
  });

  it('shows exercises by the place that they ask for, in the language of the reader', async () => {
    const last = { exercise_type_id: squat, order_index: 9 };
    const { id } = await aPlan(coach, [sessionOn(2, [last, { exercise_type_id: press, order_index: 4 }])]);
    const answer = await coach.http.get(`/coaches/programs/${id}`).set('Accept-Language', 'pt-BR');
    const [session] = (answer.body as WirePlan).planned_sessions;
    expect(session?.planned_exercises.map(({ exercise_name }) => exercise_name)).toEqual(['pt press', 'pt squat']);
  });

  const exercise = (more: object): object => ({
    planned_sessions: [sessionOn(0, [{ exercise_type_id: squat, ...more }])],
  });
  const session = (more: Record<string, unknown>): object => ({ planned_sessions: [sessionOn(0, [], more)] });
  const IN_BOUNDS: [string, () => object][] = [
    ['shortest', () => ({ name: 'ab', duration_weeks: 1 })],
    ['longest', () => ({ name: '😀'.repeat(200), description: 'x'.repeat(1000), duration_weeks: 52 })],
    ['nothing to say', () => ({ description: null })],
    ['short sessions', () => session({ session_name: 'ab', estimated_duration_min: 10, rest_seconds: 30 })],
    ['long sessions', () => session({ session_name: 'x'.repeat(100), estimated_duration_min: 240, rest_seconds: 300 })],
    ['least', () => exercise({ target_sets: 1, target_reps: 1, target_weight_kg: 0, order_index: 0 })],
    ['most', () => exercise({ target_sets: 20, target_reps: 200, target_weight_kg: 9999, order_index: 999 })],
    [
      'fifty of each',
      () => ({ planned_sessions: Array.from({ length: 50 }, () => sessionOn(3, Array(50).fill(squat))) }),
    ],
  ];
  it.each(IN_BOUNDS)('takes each limit at its bound: %s', async (_, body) => {
    const plan = await aPlan(coach, [], body() as Record<string, unknown>);
    expect(await planOf(coach, plan.id)).toEqual(plan);
  });

  const place = 'planned_sessions.0';
  const BEYOND: [() => object, string][] = [
    [() => ({ name: undefined }), 'name required'],
    [() => ({ name: null }), 'name required'],
    [() => ({ name: ' a ' }), 'name too_short'],
    [() => ({ name: 'x'.repeat(201) }), 'name too_long'],
    [() => ({ description: 'x'.repeat(1001) }), 'description too_long'],
    [() => ({ duration_weeks: 0 }), 'duration_weeks too_small'],
    [() => ({ duration_weeks: 53 }), 'duration_weeks too_large'],
    [() => ({ duration_weeks: null }), 'duration_weeks required'],
    [() => ({ level: 'expert' }), 'level invalid_value'],
    [() => ({ goal: 'sport_perf' }), 'goal invalid_value'],
    [() => ({ planned_sessions: Array.from({ length: 51 }, () => sessionOn(0)) }), 'planned_sessions too_many'],
    [() => session({ day_of_week: 7 }), `${place}.day_of_week too_large`],
    [() => session({ day_of_week: undefined }), `${place}.day_of_week required`],
    [() => session({ session_name: 'x' }), `${place}.session_name too_short`],
    [() => session({ session_name: 'x'.repeat(101) }), `${place}.session_name too_long`],
    [() => session({ estimated_duration_min: 9 }), `${place}.estimated_duration_min too_small`],
    [() => session({ estimated_duration_min: 241 }), `${place}.estimated_duration_min too_large`],
    [() => session({ rest_seconds: 29 }), `${place}.rest_seconds too_small`],
    [() => session({ rest_seconds: 301 }), `${place}.rest_seconds too_large`],
    [() => session({ planned_exercises: Array(51).fill({}) }), `${place}.planned_exercises too_many`],
    [() => exercise({ exercise_type_id: 'squat' }), `${place}.planned_exercises.0.exercise_type_id invalid_format`],
    [() => exercise({ target_sets: 0 }), `${place}.planned_exercises.0.target_sets too_small`],
    [() => exercise({ target_sets: 21 }), `${place}.planned_exercises.0.target_sets too_large`],
    [() => exercise({ target_reps: 0 }), `${place}.planned_exercises.0.target_reps too_small`],
    [() => exercise({ target_reps: 201 }), `${place}.planned_exercises.0.target_reps too_large`],
    [() => exercise({ target_weight_kg: -0.5 }), `${place}.planned_exercises.0.target_weight_kg too_small`],
    [() => exercise({ target_weight_kg: 1.005 }), `${place}.planned_exercises.0.target_weight_kg invalid_type`],
    [() => exercise({ order_index: -1 }), `${place}.planned_exercises.0.order_index too_small`],
  ];
  it.each(BEYOND)('refuses what is beyond a limit: %#', async (body, fault) => {
    const { id } = await aPlan(coach);
    const made = await coach.http.post('/coaches/programs').send({ name: 'Force', ...body() });
    expect([made.status, faultsOf(made.body)]).toEqual([422, expect.arrayContaining([fault])]);
    const isAbsent = fault === 'name required' && !('name' in JSON.parse(JSON.stringify(body())));
    if (isAbsent) return;
    const changed = await coach.http.put(`/coaches/programs/${id}`).send(body());
    expect([changed.status, faultsOf(changed.body)]).toEqual([422, expect.arrayContaining([fault])]);
  });

  it('takes exercises of the catalogue only, and keeps nothing of what it refuses', async () => {
    const sessions = [sessionOn(0, [squat, randomUUID()])];
    const refused = await coach.http.post('/coaches/programs').send({ name: 'Force', planned_sessions: sessions });
    expect(refusalOf(refused)).toEqual([404, 'exercise_not_found']);
    expect((await listOf()).total).toBe(0);
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    const body = { name: 'Autre', planned_sessions: sessions };
    expect(refusalOf(await coach.http.put(`/coaches/programs/${plan.id}`).send(body))).toEqual([
      404,
      'exercise_not_found',
    ]);
    expect(await planOf(coach, plan.id)).toEqual(plan);
  });
});

describe('the list of a coach’s plans', () => {
  it('shows them newest first, without their sessions, counting who follows them', async () => {
    coach = await aPlanner(app);
    const clients = [await app.register(), await app.register()];
    const old = await aPlan(coach, [sessionOn(0), sessionOn(2), sessionOn(4)], { description: 'Du lourd' });
    for (const client of clients) {
      await bond(app, coach, client);
      await assign(coach, old, client);
      await assign(coach, old, client, { mode: 'complement' });
    }
    await app.setClock('2026-03-02T07:00:00Z');
    const young = await aPlan(coach);
    await aPlan(await aCoach(app));
    const { planned_sessions: _, ...head } = old;
    expect(await listOf()).toMatchObject({
      total: 2,
      items: [
        { id: young.id, sessions_count: 0, assigned_clients_count: 0 },
        { ...head, sessions_count: 3, assigned_clients_count: 2 },
      ],
    });
    expect((await listOf()).items[1]).not.toHaveProperty('planned_sessions');
    expect((await listOf('?offset=1&limit=1')).items.map(({ id }) => id)).toEqual([old.id]);
    await app.setClock(NOW);
  });

  it('leaves out what is archived, unless it is asked for', async () => {
    const { id } = await aPlan(coach);
    await expectStatus(coach.http.post(`/coaches/programs/${id}/archive`), 200);
    expect((await listOf()).total).toBe(0);
    expect((await listOf('?include_archived=true')).items).toMatchObject([{ id, archived: true }]);
    await expectStatus(coach.http.get('/coaches/programs?include_archived=perhaps'), 422);
  });
});

describe('a change of a plan', () => {
  it('touches what is named and nothing else', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat])], { description: 'Du lourd' });
    const renamed = await editPlan(coach, plan.id, { name: 'Autre' });
    expect(renamed).toEqual({ ...plan, name: 'Autre' });
    const changes = { description: null, duration_weeks: 8, level: 'advanced', goal: 'endurance' };
    expect(await editPlan(coach, plan.id, changes)).toEqual({ ...renamed, ...changes });
    expect(await editPlan(coach, plan.id, { planned_sessions: [] })).toMatchObject({ planned_sessions: [] });
    expect(await planOf(coach, plan.id)).toMatchObject({ name: 'Autre', ...changes, planned_sessions: [] });
  });

  it('is not possible once the plan is archived, which happens once', async () => {
    const { id } = await aPlan(coach);
    const path = `/coaches/programs/${id}`;
    expect(await expectStatus(coach.http.post(`${path}/archive`), 200)).toMatchObject({ id, archived: true });
    expect(refusalOf(await coach.http.post(`${path}/archive`))).toEqual([422, 'plan_already_archived']);
    expect(refusalOf(await coach.http.put(path).send({ name: 'Autre' }))).toEqual([422, 'plan_archived']);
    expect(await planOf(coach, id)).toMatchObject({ name: 'Force', archived: true });
  });

  it('removes a plan that was never assigned, and archives one that was', async () => {
    coach = await aPlanner(app);
    const client = await app.register();
    await bond(app, coach, client);
    const never = await aPlan(coach, [sessionOn(0, [squat])]);
    const once = await aPlan(coach, [sessionOn(0, [squat])]);
    await assign(coach, once, client);
    await assign(coach, await aPlan(coach), client);
    const removed = await coach.http.delete(`/coaches/programs/${never.id}`);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(refusalOf(await coach.http.get(`/coaches/programs/${never.id}`))).toEqual([404, 'plan_not_found']);
    const archived = { ...once, archived: true };
    for (let time = 0; time < 2; time += 1)
      expect(await expectStatus(coach.http.delete(`/coaches/programs/${once.id}`), 200)).toEqual(archived);
  });
});

describe('plans', () => {
  it('are for coaches, each his own', async () => {
    const { id } = await aPlan(coach);
    const path = `/coaches/programs/${id}`;
    const stranger = await aCoach(app);
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    for (const person of [stranger, admin]) {
      expect(refusalOf(await person.http.get(path))).toEqual([404, 'plan_not_found']);
      expect(refusalOf(await person.http.put(path).send({ name: 'Autre' }))).toEqual([404, 'plan_not_found']);
      expect(refusalOf(await person.http.delete(path))).toEqual([404, 'plan_not_found']);
      expect(refusalOf(await person.http.post(`${path}/archive`))).toEqual([404, 'plan_not_found']);
    }
    const client = await app.register();
    await expectStatus(client.http.get('/coaches/programs'), 403);
    await expectStatus(client.http.post('/coaches/programs').send({ name: 'Force' }), 403);
    await expectStatus(app.http.get('/coaches/programs'), 401);
    expect(await planOf(coach, id)).toMatchObject({ name: 'Force', archived: false });
  });
});
