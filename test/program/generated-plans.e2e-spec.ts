import { bond } from 'test/booking/dealings';
import { faultsOf } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPlan, aPlanner, assign, currentOf, generatePlan, historyOf, refusalOf, type WireAssignment } from './plans';

const NOW = '2026-03-02T06:00:00Z';

let app: TestApp;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  client = await app.register();
});

const answer = async (body: object): Promise<void> => {
  await expectStatus(client.http.post('/clients/questionnaire').send(body), 201);
};
const recalibrate = async (body: object = {}): Promise<WireAssignment> =>
  expectStatus(client.http.post('/clients/program/recalibrate').send(body), 200);
const daysOf = ({ plan }: WireAssignment): number[] => plan.planned_sessions.map(({ day_of_week }) => day_of_week);
const slugsOf = ({ plan }: WireAssignment): string[] =>
  plan.planned_sessions.flatMap((session) => session.planned_exercises.map(({ exercise_slug }) => exercise_slug));
const questionnaire = async (): Promise<Record<string, unknown>> =>
  expectStatus(client.http.get('/clients/questionnaire'), 200);

describe('a generated plan', () => {
  it('is made for somebody who has told nothing', async () => {
    expect(refusalOf(await client.http.get('/clients/program'))).toEqual([404, 'no_program']);
    const assignment = await generatePlan(client);
    const { plan } = assignment;
    expect(assignment).toEqual({
      ...{ id: assignment.id, plan_id: plan.id, client_id: client.id, start_date: '2026-03-02', mode: 'replace_ai' },
      ...{ active: true, assigned_by: null, created_at: NOW, plan },
    });
    expect(plan).toEqual({
      ...{ id: plan.id, name: 'Bien-être', description: null, duration_weeks: 4, level: 'beginner' },
      ...{ goal: 'well_being', source: 'ai', created_by: null, archived: false, notes: expect.any(Array), seed: 1 },
      ...{ created_at: NOW, planned_sessions: plan.planned_sessions },
    });
    expect(daysOf(assignment)).toEqual([0, 2, 4]);
    for (const [place, session] of plan.planned_sessions.entries()) {
      expect(session).toMatchObject({ order_index: place, rest_seconds: 45 });
      expect(session.session_name).toMatch(/^\p{Lu}/u);
      expect(session.estimated_duration_min).toBeGreaterThan(0);
      expect(session.planned_exercises.length).toBeGreaterThan(0);
      expect(session.planned_exercises[0]).toMatchObject({ order_index: 0, target_weight_kg: null });
    }
    expect(await currentOf(client)).toEqual(assignment);
    await expectStatus(client.http.get('/clients/questionnaire'), 404);
  });

  it('follows the questionnaire, and before it what the request says', async () => {
    await answer({
      ...{ goal: 'sport_perf', level: 'intermediate', frequency_per_week: 2, session_duration_min: 150 },
      ...{ equipment: ['dumbbells'], target_zones: ['back'], injury_zones: ['shoulders'] },
    });
    const asked = await generatePlan(client);
    expect(asked.plan).toMatchObject({ goal: 'endurance', level: 'intermediate' });
    expect(daysOf(asked)).toEqual([0, 3]);
    expect(asked.plan.notes).toContainEqual({
      rule: 'duration_capped',
      day_of_week: null,
      message: expect.stringContaining('120') as string,
    });
    const { rows } = await app.database.query<{ needs: string }>(
      `SELECT DISTINCT unnest(equipment) AS needs FROM exercise_types WHERE slug = ANY ($1)
       UNION SELECT 'shoulders' FROM exercise_types t JOIN exercise_muscles m ON m.exercise_type_id = t.id
       WHERE t.slug = ANY ($1) AND m.role = 'primary' AND m.muscle_group = 'shoulders'`,
      [slugsOf(asked)],
    );
    expect(rows.filter(({ needs }) => needs !== 'dumbbells')).toEqual([]);
    const said = await generatePlan(client, { goal: 'rehabilitation', level: 'beginner', frequency_per_week: 7 });
    expect(said.plan).toMatchObject({ goal: 'rehab', level: 'beginner' });
    expect(daysOf(said)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await questionnaire()).toMatchObject({ goal: 'sport_perf', level: 'intermediate', frequency_per_week: 2 });
  });

  it('begins today, as the client’s calendar says', async () => {
    client = await app.register({ timezone: 'America/Los_Angeles' });
    expect((await generatePlan(client)).start_date).toBe('2026-03-01');
  });

  it('is the same for the same wishes and seed, and another for another seed', async () => {
    const wishes = { goal: 'muscle_gain', frequency_per_week: 5, seed: 7 };
    const [first, again, other] = [
      await generatePlan(client, wishes),
      await generatePlan(client, wishes),
      await generatePlan(client, { ...wishes, seed: 8 }),
    ];
    expect(first.plan.seed).toBe(7);
    expect(slugsOf(again)).toEqual(slugsOf(first));
    expect(slugsOf(other)).not.toEqual(slugsOf(first));
    for (const seed of [-2_147_483_648, 0, 2_147_483_647])
      expect((await generatePlan(client, { seed })).plan.seed).toBe(seed);
    expect((await recalibrate()).plan.seed).toBe(1);
  });

  it('is told in the language of the reader', async () => {
    await generatePlan(client, { goal: 'muscle_gain' });
    const told = async (language: string): Promise<string[]> => {
      const { body } = await client.http.get('/clients/program').set('Accept-Language', language);
      const { plan } = body as WireAssignment;
      const [session] = plan.planned_sessions;
      return [plan.name, session?.session_name ?? '', session?.planned_exercises[0]?.exercise_name ?? ''];
    };
    const words = await Promise.all(['en', 'fr', 'es', 'pt'].map(told));
    expect(words.map(([name]) => name)).toEqual([
      'Building muscle',
      'Prise de muscle',
      expect.stringMatching(/músculo|muscular/),
      expect.stringMatching(/músculo|muscular/),
    ]);
    for (const place of [1, 2]) expect(new Set(words.map((language) => language[place])).size).toBe(4);
    expect(words.flat().filter((word) => /^program\.|^$/.test(word))).toEqual([]);
  });

  it('refuses wishes that are none', async () => {
    const wrong = { goal: 'maintenance', frequency_per_week: 8, level: 'expert', seed: 1.5 };
    const refused = await client.http.post('/clients/program/generate').send(wrong);
    expect(faultsOf(refused.body)).toEqual(
      expect.arrayContaining([
        ...['goal invalid_value', 'frequency_per_week too_large', 'level invalid_value', 'seed invalid_type'],
      ]),
    );
    const again = await client.http.post('/clients/program/recalibrate').send({
      ...{ goal: 'maintenance', frequency_per_week: 0, equipment: ['sofa'] },
    });
    expect(faultsOf(again.body)).toEqual(
      expect.arrayContaining(['goal invalid_value', 'frequency_per_week too_small', 'equipment invalid_value']),
    );
    expect(await historyOf(app, client)).toEqual([]);
    await expectStatus(client.http.get('/clients/questionnaire'), 404);
  });

  it('is for somebody with a key', async () => {
    for (const request of [
      app.http.get('/clients/program'),
      app.http.post('/clients/program/generate'),
      app.http.post('/clients/program/recalibrate'),
    ])
      expect(refusalOf(await request)).toEqual([401, 'api_key_missing']);
  });
});

describe('recalibrating', () => {
  it('makes another plan, and keeps the one before', async () => {
    const first = await generatePlan(client, { seed: 4 });
    const second = await recalibrate();
    expect(second).toMatchObject({ active: true, plan: { seed: 5 } });
    expect(slugsOf(second)).not.toEqual(slugsOf(first));
    expect(await currentOf(client)).toEqual(second);
    expect(await historyOf(app, client)).toEqual([
      { id: first.id, plan_id: first.plan_id, source: 'ai', active: false },
      { id: second.id, plan_id: second.plan_id, source: 'ai', active: true },
    ]);
  });

  it('puts what it is told into the questionnaire first, and leaves the other answers', async () => {
    await answer({ goal: 'endurance', level: 'advanced', frequency_per_week: 2, injuries: 'Genou' });
    const changed = { goal: 'lose_weight', frequency_per_week: 4, equipment: ['kettlebell'] };
    const assignment = await recalibrate(changed);
    expect(assignment.plan).toMatchObject({ goal: 'lose_weight', level: 'advanced', seed: 1 });
    expect(daysOf(assignment)).toEqual([0, 1, 3, 5]);
    expect(await questionnaire()).toMatchObject({ ...changed, level: 'advanced', injuries: 'Genou' });
  });

  it('makes the questionnaire where there is none, and only when it is told something', async () => {
    await recalibrate();
    await expectStatus(client.http.get('/clients/questionnaire'), 404);
    await recalibrate({ frequency_per_week: 6 });
    expect(await questionnaire()).toMatchObject({ frequency_per_week: 6, goal: null, equipment: [] });
    expect(await expectStatus(client.http.get('/clients/profile'), 200)).toMatchObject({ onboarding_completed: true });
  });
});

describe('a generated plan beside those of a coach', () => {
  it('waits behind them, and neither ends the other unless the coach says so', async () => {
    const coach = await aPlanner(app);
    await bond(app, coach, client);
    const plan = await aPlan(coach);
    await assign(coach, plan, client, { mode: 'complement' });
    const generated = await generatePlan(client);
    expect((await currentOf(client)).plan_id).toBe(plan.id);
    const next = await recalibrate();
    expect(next.plan).toMatchObject({ source: 'ai', seed: 2 });
    expect((await historyOf(app, client)).map(({ plan_id, active }) => [plan_id, active])).toEqual([
      [plan.id, true],
      [generated.plan_id, false],
      [next.plan_id, true],
    ]);
    await assign(coach, plan, client);
    expect((await historyOf(app, client)).map(({ active }) => active)).toEqual([false, false, false, true]);
  });

  it('is seen by a coach to whom the client shows all training, and by no other', async () => {
    const coach = await aPlanner(app);
    const { plan, plan_id } = await generatePlan(client);
    const seen = async (): Promise<unknown[]> => refusalOf(await coach.http.get(`/coaches/programs/${plan_id}`));
    const share = (isShared: boolean) =>
      expectStatus(client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: isShared }), 200);
    expect(await seen()).toEqual([404, 'plan_not_found']);
    await bond(app, coach, client);
    expect(await seen()).toEqual([404, 'plan_not_found']);
    await share(true);
    expect(await expectStatus(coach.http.get(`/coaches/programs/${plan_id}`), 200)).toEqual(plan);
    await bond(app, coach, client, 'paused');
    expect(await seen()).toEqual([200, undefined]);
    for (const status of ['pending', 'discovery', 'ended'] as const) {
      await bond(app, coach, client, status);
      expect(await seen()).toEqual([404, 'plan_not_found']);
    }
    await bond(app, coach, client);
    await share(false);
    expect(await seen()).toEqual([404, 'plan_not_found']);
  });

  it('is changed by nobody, not even by a coach for whom it was made', async () => {
    const coach = await aPlanner(app);
    await bond(app, coach, client);
    await expectStatus(client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: true }), 200);
    for (const { plan } of [await generatePlan(client), await generatePlan(coach)]) {
      const path = `/coaches/programs/${plan.id}`;
      const attempts = [
        coach.http.put(path).send({ name: 'Autre' }),
        coach.http.delete(path),
        coach.http.post(`${path}/archive`),
        coach.http.post(`${path}/assign`).send({ client_id: client.id, start_date: '2026-03-02' }),
      ];
      for (const attempt of attempts) expect(refusalOf(await attempt)).toEqual([404, 'plan_not_found']);
      expect(await expectStatus(coach.http.get(path), 200)).toEqual(plan);
    }
    const list = await expectStatus<{ total: number }>(coach.http.get('/coaches/programs'), 200);
    expect(list.total).toBe(0);
  });
});
