import { bond } from 'test/booking/dealings';
import { anExercise } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPlan, aPlanner, assign, generatePlan, historyOf, planOf, meanwhile, sessionOn, untilWaiting } from './plans';

const NOW = '2026-03-02T06:00:00Z';
const TODAY = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat');
});
afterAll(async () => {
  await expectInvariants(app.database);
  await app.close();
});
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aPlanner(app);
  client = await app.register();
});

const activeOf = async (): Promise<string[]> =>
  (await historyOf(app, client)).filter(({ active }) => active).map(({ plan_id }) => plan_id);

describe('at once', () => {
  const statuses = (answers: { status: number }[]): number[] => answers.map(({ status }) => status).sort();

  it('two coaches assign: the client ends up with one plan', async () => {
    const other = await aPlanner(app);
    const pairs = [
      [coach, await aPlan(coach)],
      [other, await aPlan(other)],
    ] as const;
    for (const [person] of pairs) await bond(app, person, client);
    await generatePlan(client);
    const body = { client_id: client.id, start_date: TODAY };
    const attempts = Array.from({ length: 4 }, () => pairs).flat();
    const answers = await Promise.all(
      attempts.map(([person, { id }]) => person.http.post(`/coaches/programs/${id}/assign`).send(body)),
    );
    expect(statuses(answers)).toEqual(Array(8).fill(201));
    expect((await activeOf()).length).toBe(1);
  });

  it('somebody asks for a plan several times: exactly one generated plan is followed', async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => client.http.post('/clients/program/generate').send({})),
      ...Array.from({ length: 4 }, () => client.http.post('/clients/program/recalibrate').send({ goal: 'endurance' })),
      ...Array.from({ length: 4 }, () => client.http.put('/clients/profile').send({ height_cm: 180 })),
    ]);
    expect(statuses(answers.slice(0, 8))).toEqual([200, 200, 200, 200, 201, 201, 201, 201]);
    const history = await historyOf(app, client);
    expect(history.map(({ active }) => active)).toEqual([...Array<boolean>(7).fill(false), true]);
  });

  it('a plan is archived and assigned: it is never assigned after it was archived', async () => {
    await bond(app, coach, client);
    for (let round = 0; round < 6; round += 1) {
      const { id } = await aPlan(coach);
      const body = { client_id: client.id, start_date: TODAY };
      const [assigned, archived] = await Promise.all([
        coach.http.post(`/coaches/programs/${id}/assign`).send(body),
        coach.http.post(`/coaches/programs/${id}/archive`),
      ]);
      expect([201, 422]).toContain(assigned.status);
      expect(archived.status).toBe(200);
      expect((await activeOf()).includes(id)).toBe(assigned.status === 201);
    }
  });

  it('a plan is removed and assigned: it is gone, or kept for whom it was given to', async () => {
    await bond(app, coach, client);
    for (let round = 0; round < 6; round += 1) {
      const { id } = await aPlan(coach, [sessionOn(0, [squat])]);
      const body = { client_id: client.id, start_date: TODAY };
      const [assigned, removed] = await Promise.all([
        coach.http.post(`/coaches/programs/${id}/assign`).send(body),
        coach.http.delete(`/coaches/programs/${id}`),
      ]);
      const outcome = `${String(assigned.status)} ${String(removed.status)}`;
      expect(['201 200', '404 204']).toContain(outcome);
      if (removed.status === 200) expect(await planOf(coach, id)).toMatchObject({ archived: true });
    }
  });

  it('a plan is edited and assigned anew while its client trains: everything is kept', async () => {
    await bond(app, coach, client);
    const press = await anExercise(app, `press-${client.id}`);
    const weeks = [[sessionOn(0, [squat])], [sessionOn(0, [press]), sessionOn(2, [squat])]] as const;
    const plan = await aPlan(coach, weeks[0]);
    await assign(coach, plan, client);
    const sets = [squat, press].map((exercise_type_id) => ({
      ...{ exercise_type_id, reps: 10, sets_count: 3, weight_kg: 40 },
    }));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) => [
        coach.http.put(`/coaches/programs/${plan.id}`).send({ planned_sessions: weeks[at % 2] }),
        coach.http.post(`/coaches/programs/${plan.id}/assign`).send({ client_id: client.id, start_date: TODAY }),
        client.http.post('/performances').send({ date: NOW, exercise_sets: sets }),
      ]).flat(),
    );
    expect(statuses(answers)).toEqual([...Array<number>(6).fill(200), ...Array<number>(12).fill(201)]);
    expect(await activeOf()).toEqual([plan.id]);
  });

  it('a relation ends and a plan is assigned: nothing comes after the end, and what came before ends with it', async () => {
    for (let round = 0; round < 6; round += 1) {
      await bond(app, coach, client);
      const { id } = await aPlan(coach);
      const body = { client_id: client.id, start_date: TODAY };
      const [assigned, ended] = await Promise.all([
        coach.http.post(`/coaches/programs/${id}/assign`).send(body),
        coach.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'ended' }),
      ]);
      expect(ended.status).toBe(200);
      expect([201, 403]).toContain(assigned.status);
      expect(await activeOf()).toEqual([]);
    }
  });

  it('a relation ends while a plan is being assigned: the end waits for it, and takes it along', async () => {
    await bond(app, coach, client);
    const { id } = await aPlan(coach);
    const body = { client_id: client.id, start_date: TODAY };
    const answers = await meanwhile(app, async (other) => {
      await other.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [client.id]);
      const assigned = expectStatus(coach.http.post(`/coaches/programs/${id}/assign`).send(body), 201);
      await untilWaiting(app, 1);
      const path = `/coaches/clients/${client.id}/relation`;
      const ended = expectStatus(coach.http.put(path).send({ status: 'ended' }), 200);
      await untilWaiting(app, 2);
      return [assigned, ended];
    });
    await Promise.all(answers);
    expect(await historyOf(app, client)).toMatchObject([{ plan_id: id, active: false }]);
  });
});

describe('the database', () => {
  it('holds that nobody follows two generated plans, or one that was made for another', async () => {
    const mine = await generatePlan(client);
    const theirs = await generatePlan(await app.register());
    const insert = (planId: string, source: string, ownerId: string): Promise<unknown> =>
      app.database.query(
        `INSERT INTO plan_assignments (plan_id, plan_source, plan_owner_id, client_id, start_date, mode, active, created_at)
         VALUES ($1, $2, $3, $4, $5, 'replace_ai', true, $6)`,
        [planId, source, ownerId, client.id, TODAY, NOW],
      );
    await expect(insert(mine.plan_id, 'ai', client.id)).rejects.toThrow('plan_assignments_one_generated');
    await expect(insert(theirs.plan_id, 'ai', theirs.client_id)).rejects.toThrow('plan_assignments_for');
    await app.database.query('UPDATE plan_assignments SET active = false, ended_at = $2 WHERE id = $1', [mine.id, NOW]);
    await expect(insert(theirs.plan_id, 'ai', client.id)).rejects.toThrow('plan_assignments_plan');
    const plan = await aPlan(coach);
    await expect(insert(plan.id, 'coach', theirs.client_id)).rejects.toThrow('plan_assignments_plan');
    await expect(insert(plan.id, 'ai', coach.id)).rejects.toThrow('plan_assignments_for');
  });
});
