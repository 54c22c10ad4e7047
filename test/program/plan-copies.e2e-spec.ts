import { randomUUID } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { anExercise, faultsOf } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  adjusted,
  aPlan,
  aPlanner,
  assign,
  editPlan,
  generatePlan,
  meanwhile,
  planOf,
  refusalOf,
  sessionOn,
  untilWaiting,
  type WirePlan,
} from './plans';

let app: TestApp;
let coach: TestPerson;
let squat: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat');
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aPlanner(app);
});

const copyOf = async (id: string, body: object = {}, language = 'fr'): Promise<WirePlan> =>
  expectStatus(coach.http.post(`/coaches/programs/${id}/duplicate`).set('Accept-Language', language).send(body), 201);

/** What two plans have in common when one is a copy of the other. */
function contentOf({ description, duration_weeks, level, goal, planned_sessions }: WirePlan): unknown {
  const sessions = planned_sessions.map(({ id: _, planned_exercises, ...session }) => ({
    ...session,
    planned_exercises: planned_exercises.map(({ id: __, ...exercise }) => exercise),
  }));
  return { description, duration_weeks, level, goal, sessions };
}

describe('a copy of a plan', () => {
  it('waits for an edit that is under way, and has what came of it', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    const { copy } = await meanwhile(app, async (other) => {
      await other.query('UPDATE plans SET description = $2 WHERE id = $1', [plan.id, 'Du lourd']);
      const asked = copyOf(plan.id);
      await untilWaiting(app, 1);
      return { copy: asked };
    });
    expect((await copy).description).toBe('Du lourd');
  });

  it('holds the same, in rows of its own', async () => {
    const exercise = { exercise_type_id: squat, target_sets: 5, target_reps: 5, target_weight_kg: 80, order_index: 3 };
    const plan = await aPlan(coach, [sessionOn(1, [exercise]), sessionOn(4)], {
      description: 'Du lourd',
      goal: 'rehab',
    });
    const copy = await copyOf(plan.id);
    expect(copy).toMatchObject({ name: 'Force (copie)', source: 'coach', created_by: coach.id, archived: false });
    expect(contentOf(copy)).toEqual(contentOf(plan));
    await editPlan(coach, copy.id, { planned_sessions: [] });
    expect(await planOf(coach, plan.id)).toEqual(plan);
  });

  it.each([
    ['en', 'Force (copy)'],
    ['fr', 'Force (copie)'],
    ['es', 'Force (copia)'],
    ['pt', 'Force (cópia)'],
    ['xx', 'Force (copy)'],
  ])('is called a copy in the caller’s language, unless it is given a name: %s', async (language, name) => {
    const plan = await aPlan(coach);
    const spoken = language === 'xx' ? 'de-DE, xx' : language;
    expect((await copyOf(plan.id, {}, spoken)).name).toBe(language === 'xx' ? 'Force (copie)' : name);
    expect((await copyOf(plan.id, { name: 'Reprise' }, spoken)).name).toBe('Reprise');
  });

  it('has a name that fits, however long the other is', async () => {
    const longest = await aPlan(coach, [], { name: '😀'.repeat(200) });
    const { name } = await copyOf(longest.id);
    expect([...name].length).toBe(200);
    expect(name).toMatch(/^(😀)+… \(copie\)$/u);
    const path = `/coaches/programs/${longest.id}/duplicate`;
    for (const [given, fault] of [
      ['x', 'too_short'],
      ['x'.repeat(201), 'too_long'],
      [null, 'required'],
    ])
      expect(faultsOf((await coach.http.post(path).send({ name: given })).body)).toContain(`name ${fault ?? ''}`);
  });

  it('is in use, also of one that is archived', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    await expectStatus(coach.http.post(`/coaches/programs/${plan.id}/archive`), 200);
    const copy = await copyOf(plan.id);
    expect(copy.archived).toBe(false);
    await editPlan(coach, copy.id, { name: 'Suite' });
  });

  it('of a generated plan is the way to change it', async () => {
    const client = await app.register();
    await bond(app, coach, client);
    const { plan } = await generatePlan(client, { goal: 'muscle_gain' });
    const path = `/coaches/programs/${plan.id}/duplicate`;
    expect(refusalOf(await coach.http.post(path))).toEqual([404, 'plan_not_found']);
    await expectStatus(client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: true }), 200);
    const copy = await copyOf(plan.id, {}, 'en');
    expect(copy).toMatchObject({ name: 'Building muscle (copy)', source: 'coach', seed: null, notes: [] });
    expect(copy.planned_sessions[0]?.session_name).toBe('Chest, shoulders and triceps');
    const slugs = ({ planned_sessions }: WirePlan): string[] =>
      planned_sessions.flatMap((session) => session.planned_exercises.map(({ exercise_slug }) => exercise_slug));
    expect(slugs(copy)).toEqual(slugs(plan));
    const renamed = await editPlan(coach, copy.id, { name: 'Pour Camille' });
    // What was written down in a language stays in it.
    expect(renamed.planned_sessions[0]?.session_name).toBe('Chest, shoulders and triceps');
  });

  it('has the target weights of the plan, not those of a client', async () => {
    const client = await app.register();
    await bond(app, coach, client);
    const plan = await aPlan(coach, [sessionOn(0, [{ exercise_type_id: squat, target_weight_kg: 50 }])]);
    const assignment = await assign(coach, plan, client);
    const exercise = plan.planned_sessions[0]?.planned_exercises[0];
    if (exercise) await adjusted(app, assignment, exercise, 52.5);
    const copy = await copyOf(plan.id);
    expect(copy.planned_sessions[0]?.planned_exercises[0]?.target_weight_kg).toBe(50);
  });

  it('is made of what the caller sees', async () => {
    const { id } = await aPlan(await aPlanner(app));
    for (const missing of [id, randomUUID()])
      expect(refusalOf(await coach.http.post(`/coaches/programs/${missing}/duplicate`))).toEqual([
        404,
        'plan_not_found',
      ]);
    const client = await app.register();
    await expectStatus(client.http.post(`/coaches/programs/${id}/duplicate`), 403);
  });
});

describe('a plan that is read while its week is replaced', () => {
  it('is whole: as it was or as it is, and never sessions without their exercises', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    const { read } = await meanwhile(app, async (other) => {
      await other.query('LOCK TABLE planned_exercises IN ACCESS EXCLUSIVE MODE');
      const asked = planOf(coach, plan.id);
      await untilWaiting(app, 1);
      await other.query(
        `WITH added AS (
           INSERT INTO planned_sessions (id, plan_id, day_of_week, name, rest_seconds, order_index)
           VALUES (gen_random_uuid(), $1, 4, 'Vendredi', 90, 0) RETURNING id, plan_id)
         UPDATE planned_exercises e SET session_id = added.id FROM added WHERE e.plan_id = added.plan_id`,
        [plan.id],
      );
      await other.query('DELETE FROM planned_sessions WHERE plan_id = $1 AND day_of_week = 0', [plan.id]);
      return { read: asked };
    });
    const { planned_sessions: sessions } = await read;
    expect(sessions).toMatchObject([{ day_of_week: 4, planned_exercises: [{ exercise_type_id: squat }] }]);
  });
});
