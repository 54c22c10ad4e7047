import { bond } from 'test/booking/dealings';
import { anExercise } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  aPlan,
  aPlanner,
  assign,
  currentOf,
  editPlan,
  generatePlan,
  historyOf,
  progressOf,
  refusalOf,
  sessionOn,
  type WirePlan,
} from './plans';

const NOW = '2026-03-02T08:00:00Z';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let plan: WirePlan;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aPlanner(app);
  client = await app.register();
  await bond(app, coach, client);
  plan = await aPlan(coach, [sessionOn(0)]);
});

const move = (status: string): Promise<unknown> =>
  expectStatus(coach.http.put(`/coaches/clients/${client.id}/relation`).send({ status }), 200);
const activeOf = async (person: TestPerson): Promise<string[]> =>
  (await historyOf(app, person)).filter(({ active }) => active).map(({ plan_id }) => plan_id);

/** How many follow the coach's only plan, by his own list. */
const followers = async (): Promise<number | undefined> => {
  const page = await expectStatus<{ items: { assigned_clients_count: number }[] }>(
    coach.http.get('/coaches/programs'),
    200,
  );
  return page.items[0]?.assigned_clients_count;
};

describe('when a coach ends a relation', () => {
  it('his client follows none of his plans any more, and is current with the generated one', async () => {
    const generated = await generatePlan(client);
    await assign(coach, plan, client, { mode: 'complement' });
    expect((await currentOf(client)).plan_id).toBe(plan.id);
    expect(await followers()).toBe(1);
    await move('ended');
    expect((await currentOf(client)).plan_id).toBe(generated.plan_id);
    expect(await followers()).toBe(0);
  });

  it('a client who has no other plan follows none, and trains by the next one that is generated', async () => {
    await assign(coach, plan, client);
    await assign(coach, plan, client, { mode: 'complement' });
    await move('ended');
    expect(refusalOf(await client.http.get('/clients/program'))).toEqual([404, 'no_program']);
    const { plan_id } = await generatePlan(client);
    expect((await currentOf(client)).plan_id).toBe(plan_id);
  });

  it('plans of other coaches are followed on, and by other clients his own', async () => {
    const [other, friend] = [await aPlanner(app), await app.register()];
    await bond(app, other, client);
    await bond(app, coach, friend);
    const theirs = await aPlan(other);
    await assign(other, theirs, client);
    await assign(coach, plan, client, { mode: 'complement' });
    await assign(coach, plan, friend);
    await move('ended');
    expect(await activeOf(client)).toEqual([theirs.id]);
    expect(await activeOf(friend)).toEqual([plan.id]);
    expect(await followers()).toBe(1);
  });

  it('what the coach changes later tells the client nothing', async () => {
    await assign(coach, plan, client);
    await move('ended');
    await editPlan(coach, plan.id, { name: 'Puissance' });
    const messages = await app.messages({ user_id: client.id, channel: 'push' });
    expect(messages.map(({ data }) => data?.['type'])).toEqual(['relation_ended']);
  });

  it('weights that were to move for the client move no more', async () => {
    const squat = await anExercise(app, `squat-${client.id}`);
    const target = { exercise_type_id: squat, target_sets: 1, target_reps: 5, target_weight_kg: 80 };
    await assign(coach, await aPlan(coach, [sessionOn(0, [target])]), client);
    await move('ended');
    await app.setClock('2026-03-10T20:00:00Z');
    for (const day of ['03', '05', '07']) {
      const sets = [{ exercise_type_id: squat, reps: 5, sets_count: 1, weight_kg: 80 }];
      await expectStatus(
        client.http.post('/performances').send({ date: `2026-03-${day}T12:00:00Z`, exercise_sets: sets }),
        201,
      );
    }
    const { rows } = await app.database.query('SELECT FROM target_adjustments WHERE client_id = $1', [client.id]);
    expect(rows).toEqual([]);
  });

  it('a relation that goes on later begins without a plan, and shows how far the client had come', async () => {
    await assign(coach, plan, client);
    await move('ended');
    await app.setClock('2026-03-20T08:00:00Z');
    await move('active');
    expect(await activeOf(client)).toEqual([]);
    expect(await progressOf(coach, client, `?plan_id=${plan.id}`)).toMatchObject({ current_week: 1 });
    expect(refusalOf(await coach.http.get(`/coaches/clients/${client.id}/program-progress`))).toEqual([
      404,
      'no_program',
    ]);
  });

  it('a relation that is only paused leaves the plan', async () => {
    await assign(coach, plan, client);
    await move('paused');
    expect(await activeOf(client)).toEqual([plan.id]);
  });

  it('nothing ends when the change of the relation is refused', async () => {
    await assign(coach, plan, client);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'discovery' }), 422);
    expect(await activeOf(client)).toEqual([plan.id]);
  });
});
