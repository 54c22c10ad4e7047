import { randomUUID } from 'node:crypto';
import { ProgramUpdated } from 'src/modules/program/program.events';
import { bond } from 'test/booking/dealings';
import { publish } from 'test/notification/publishing';
import { anExercise } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  adjusted,
  aPlan,
  aPlanner,
  assign,
  currentOf,
  editPlan,
  planOf,
  sessionOn,
  type WireAssignment,
  type WirePlan,
  type WirePlannedExercise,
} from './plans';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let press: string;
let row: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat');
  press = await anExercise(app, 'press');
  row = await anExercise(app, 'row');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aPlanner(app);
  client = await app.register({ locale: 'es-ES' });
  await bond(app, coach, client);
});

const at = (exercise: string, kg: number | null, more: object = {}): Record<string, unknown> => ({
  exercise_type_id: exercise,
  target_weight_kg: kg,
  ...more,
});
const exercisesOf = ({ planned_sessions }: WirePlan): WirePlannedExercise[] =>
  planned_sessions.flatMap((session) => session.planned_exercises);
const weightsOf = (plan: WirePlan): (number | null)[] =>
  exercisesOf(plan).map(({ target_weight_kg }) => target_weight_kg);
const idsOf = (plan: WirePlan): string[] => exercisesOf(plan).map(({ id }) => id);
const adjust = async (assignment: WireAssignment, place: number, kg: number): Promise<void> => {
  const exercise = exercisesOf(assignment.plan)[place];
  if (!exercise) throw new Error('no such exercise');
  await adjusted(app, assignment, exercise, kg);
};

describe('an edit of a plan that people follow', () => {
  let plan: WirePlan;
  let assignment: WireAssignment;

  beforeEach(async () => {
    plan = await aPlan(coach, [sessionOn(0, [at(squat, 50), at(press, 30)]), sessionOn(3, [at(squat, 40)])]);
    assignment = await assign(coach, plan, client);
    await adjust(assignment, 0, 55);
    await adjust(assignment, 2, 42.5);
    expect(weightsOf((await currentOf(client)).plan)).toEqual([55, 30, 42.5]);
  });

  const edited = async (sessions: Record<string, unknown>[]): Promise<WirePlan> => {
    await editPlan(coach, plan.id, { planned_sessions: sessions });
    return (await currentOf(client)).plan;
  };

  it('that sends the same week keeps every row', async () => {
    const after = await edited([sessionOn(0, [at(squat, 50), at(press, 30)]), sessionOn(3, [at(squat, 40)])]);
    expect(await planOf(coach, plan.id)).toEqual(plan);
    expect(weightsOf(after)).toEqual([55, 30, 42.5]);
  });

  it('keeps what was adjusted where the exercise stays: renamed, reordered, in another dose', async () => {
    const monday = [at(row, null), at(press, 30), at(squat, 50, { target_sets: 5, target_reps: 5 })];
    const after = await edited([sessionOn(3, [at(squat, 40)]), sessionOn(0, monday, { session_name: 'Lundi' })]);
    expect(weightsOf(after)).toEqual([42.5, null, 30, 55]);
    const [thursday, added, pressed, squatted] = idsOf(after);
    expect([squatted, pressed, thursday]).toEqual(idsOf(plan));
    expect(idsOf(plan)).not.toContain(added);
    expect(after.planned_sessions.map(({ id }) => id)).toEqual(plan.planned_sessions.map(({ id }) => id).reverse());
  });

  it('keeps it where the session moves to another day, or the exercise to another session', async () => {
    const moved = await edited([
      sessionOn(1, [at(squat, 50)], { session_name: 'Séance 0' }),
      sessionOn(3, [at(squat, 40)]),
    ]);
    expect(weightsOf(moved)).toEqual([55, 42.5]);
    const met = await edited([sessionOn(5, [at(squat, 40), at(squat, 50)])]);
    expect(weightsOf(met)).toEqual([42.5, 55]);
  });

  it('makes the coach’s word count where he changes the weight itself', async () => {
    const after = await edited([sessionOn(0, [at(squat, 60), at(press, 30)]), sessionOn(3, [at(squat, 40)])]);
    expect(weightsOf(after)).toEqual([60, 30, 42.5]);
  });

  it('forgets nothing of what was done by an exercise that is gone', async () => {
    const after = await edited([sessionOn(3, [at(squat, 40)])]);
    expect(weightsOf(after)).toEqual([42.5]);
    const { rows } = await app.database.query<{ gone: boolean; kg: number }>(
      `SELECT planned_exercise_id IS NULL AS gone, to_kg::float8 AS kg FROM target_adjustments
       WHERE assignment_id = $1 ORDER BY position`,
      [assignment.id],
    );
    expect(rows).toEqual([
      { gone: true, kg: 55 },
      { gone: false, kg: 42.5 },
    ]);
    const back = await edited([sessionOn(0, [at(squat, 50)]), sessionOn(3, [at(squat, 40)])]);
    expect(weightsOf(back)).toEqual([50, 42.5]);
  });

  it('changes nothing for others, who have the plan’s own weights', async () => {
    const other = await app.register();
    await bond(app, coach, other);
    await assign(coach, plan, other);
    await edited([sessionOn(0, [at(squat, 50), at(press, 30)]), sessionOn(3, [at(squat, 40)])]);
    expect(weightsOf((await currentOf(other)).plan)).toEqual([50, 30, 40]);
    expect(weightsOf(await planOf(coach, plan.id))).toEqual([50, 30, 40]);
  });
});

describe('who follows a plan that is edited', () => {
  const told = async (person: TestPerson): Promise<string[]> => {
    const messages = await app.messages({ user_id: person.id, channel: 'push' });
    return messages.filter(({ data }) => data?.['type'] === 'program_updated').map(({ body }) => body);
  };

  it('is told once for each edit, and who no longer follows it is not', async () => {
    const left = await app.register();
    await bond(app, coach, left);
    const plan = await aPlan(coach, [sessionOn(0)], { name: 'Force' });
    await assign(coach, plan, client);
    await assign(coach, plan, client, { mode: 'complement' });
    await assign(coach, plan, left);
    await assign(coach, await aPlan(coach), left);
    await editPlan(coach, plan.id, { duration_weeks: 6, planned_sessions: [sessionOn(1)] });
    const body = 'Inès ha modificado su programa Force. Échele un vistazo antes de su próxima sesión.';
    expect(await told(client)).toEqual([body]);
    const [message] = await app.messages({ user_id: client.id, channel: 'push' });
    const data = { type: 'program_updated', deep_link: `mycoach://programs/${plan.id}`, plan_id: plan.id };
    expect(message?.data).toEqual(data);
    await editPlan(coach, plan.id, { name: 'Puissance' });
    expect(await told(client)).toHaveLength(2);
    expect(await told(left)).toEqual([]);
  });

  it('is told of nothing by a request that names nothing, is refused, or retires the plan', async () => {
    const plan = await aPlan(coach, [sessionOn(0)]);
    await assign(coach, plan, client);
    expect(await editPlan(coach, plan.id, {})).toEqual(plan);
    await expectStatus(coach.http.put(`/coaches/programs/${plan.id}`).send({ duration_weeks: 0 }), 422);
    await expectStatus(coach.http.delete(`/coaches/programs/${plan.id}`), 200);
    expect(await told(client)).toEqual([]);
  });

  it('is told nothing of a plan that another one took the place of before the message left', async () => {
    const [first, second] = [await aPlan(coach), await aPlan(coach)];
    await assign(coach, first, client);
    // Written into his inbox, and not on its way yet.
    await publish(app, new ProgramUpdated(randomUUID(), first.id, coach.id, [client.id], 'Force', new Date(NOW)));
    await assign(coach, second, client);
    const messages = await app.messages({ user_id: client.id, channel: 'push' });
    expect(messages.map(({ data }) => [data?.['type'], data?.['plan_id']])).toEqual([['program_assigned', second.id]]);
    const inbox = await expectStatus<{ total: number }>(client.http.get('/notifications'), 200);
    expect(inbox.total).toBe(3);
  });

  it('is told nothing when he got the plan after the edit, or left it before he could be told', async () => {
    const [plan, left, late] = [await aPlan(coach), await app.register(), await app.register()];
    for (const person of [left, late]) await bond(app, coach, person);
    for (const person of [client, left]) await assign(coach, plan, person);
    await editPlan(coach, plan.id, { name: 'Puissance' });
    await assign(coach, plan, late);
    await assign(coach, await aPlan(coach), left);
    expect([(await told(client)).length, await told(left), await told(late)]).toEqual([1, [], []]);
  });

  it('keeps nobody waiting when there are many: the edit costs as much as for one, and each is told once', async () => {
    const plan = await aPlan(coach);
    const cost = async (name: string): Promise<number> => {
      const before = app.queryCount();
      await editPlan(coach, plan.id, { name });
      return app.queryCount() - before;
    };
    await assign(coach, plan, client);
    await cost('Force');
    const forOne = await cost('Puissance');
    const people = await crowd(app, 60);
    for (const person of people) await bond(app, coach, person);
    for (const person of people) await assign(coach, plan, person);
    await app.messages();
    expect(await cost('Endurance')).toBe(forOne);
    const { rows } = await app.database.query<{ payload: unknown }>(
      `SELECT payload FROM graphile_worker._private_jobs JOIN graphile_worker._private_tasks t ON t.id = task_id
       WHERE t.identifier = 'announce_plan_edit'`,
    );
    expect(rows).toHaveLength(1);
    // Run twice, as after a process that was killed.
    await app.database.query(`SELECT graphile_worker.add_job('announce_plan_edit', $1::json)`, [
      JSON.stringify(rows[0]?.payload),
    ]);
    await app.messages();
    const counted = await app.database.query<{ clients: number; texts: number }>(
      `SELECT count(DISTINCT user_id)::int AS clients, count(*)::int AS texts FROM notifications
       WHERE type = 'program_updated' AND user_id = ANY ($1)`,
      [people.map(({ id }) => id)],
    );
    expect(counted.rows).toEqual([{ clients: 60, texts: 60 }]);
  });

  it('is told by one of two edits at once as by the other, and the last one holds whole', async () => {
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    await assign(coach, plan, client);
    const weeks = [1, 2, 3, 4, 5].map((day) => [sessionOn(day, [squat, press]), sessionOn(day, [row])]);
    const answers = await Promise.all(
      weeks.map((planned_sessions) => coach.http.put(`/coaches/programs/${plan.id}`).send({ planned_sessions })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { planned_sessions: after } = await planOf(coach, plan.id);
    expect(after.map((session) => session.planned_exercises.length)).toEqual([2, 1]);
    expect(new Set(after.map(({ day_of_week }) => day_of_week)).size).toBe(1);
    expect(await told(client)).toHaveLength(5);
  });
});
