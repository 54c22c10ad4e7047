import { randomUUID } from 'node:crypto';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { bond } from 'test/booking/dealings';
import { anExercise, faultsOf } from 'test/performance/training';
import { expectInvariants } from 'test/support/invariants';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aPlan, aPlanner, assign, currentOf, generatePlan, historyOf, refusalOf, sessionOn } from './plans';

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

describe('a plan that a coach assigns', () => {
  it('is what the client trains by', async () => {
    await bond(app, coach, client);
    const plan = await aPlan(coach, [sessionOn(0, [squat])]);
    const assignment = await assign(coach, plan, client, { start_date: '2026-03-09' });
    expect(assignment).toEqual({
      ...{ id: assignment.id, plan_id: plan.id, client_id: client.id, start_date: '2026-03-09', mode: 'replace_ai' },
      ...{ active: true, assigned_by: coach.id, created_at: NOW, plan },
    });
    expect(await currentOf(client)).toEqual(assignment);
    expect(refusalOf(await coach.http.get('/clients/program'))).toEqual([404, 'no_program']);
  });

  const STATUSES: [RelationStatus | null, number, string | undefined][] = [
    [null, 404, 'client_not_found'],
    ['pending', 403, 'no_coaching_relation'],
    ['discovery', 201, undefined],
    ['active', 201, undefined],
    ['paused', 201, undefined],
    ['ended', 403, 'no_coaching_relation'],
  ];
  it.each(STATUSES)('depends on how the two stand to each other: %s', async (status, code, detail) => {
    if (status) await bond(app, coach, client, status);
    const { id } = await aPlan(coach);
    const body = { client_id: client.id, start_date: TODAY };
    const answer = await coach.http.post(`/coaches/programs/${id}/assign`).send(body);
    expect(refusalOf(answer)).toEqual([code, detail]);
    expect((await historyOf(app, client)).length).toBe(code === 201 ? 1 : 0);
  });

  it('is one of his own, to somebody who exists', async () => {
    await bond(app, coach, client);
    const stranger = await aPlanner(app);
    await bond(app, stranger, client);
    const plan = await aPlan(coach);
    const generated = await generatePlan(client);
    const body = { client_id: client.id, start_date: TODAY };
    const attempt = (who: TestPerson, id: string, more: object = {}) =>
      who.http.post(`/coaches/programs/${id}/assign`).send({ ...body, ...more });
    for (const id of [plan.id, generated.plan_id, randomUUID()])
      expect(refusalOf(await attempt(stranger, id))).toEqual([404, 'plan_not_found']);
    for (const client_id of [stranger.id, coach.id, randomUUID()])
      expect(refusalOf(await attempt(coach, plan.id, { client_id }))).toEqual([404, 'client_not_found']);
    await expectStatus(attempt(client, plan.id), 403);
    await expectStatus(app.http.post(`/coaches/programs/${plan.id}/assign`).send(body), 401);
    expect(await activeOf()).toEqual([generated.plan_id]);
  });

  it('needs a client, a day and a mode that is one', async () => {
    await bond(app, coach, client);
    const { id } = await aPlan(coach);
    const faults = async (body: object): Promise<string[]> =>
      faultsOf((await coach.http.post(`/coaches/programs/${id}/assign`).send(body)).body);
    expect(await faults({})).toEqual(expect.arrayContaining(['client_id required', 'start_date required']));
    expect(await faults({ client_id: 'zoé', start_date: '2026-02-30', mode: 'add' })).toEqual(
      expect.arrayContaining(['client_id invalid_format', 'start_date invalid_format', 'mode invalid_value']),
    );
    expect(await historyOf(app, client)).toEqual([]);
  });

  it.each([
    ['Pacific/Auckland', '2026-03-02T12:00:00Z', '2026-03-03', '2026-03-02'],
    ['America/Los_Angeles', '2026-03-02T06:00:00Z', '2026-03-01', '2026-02-28'],
    ['Europe/Paris', '2026-03-01T23:00:00Z', '2026-03-02', '2026-03-01'],
  ])('begins today or later, as the client’s calendar says: %s', async (timezone, now, today, yesterday) => {
    await app.setClock(now);
    client = await app.register({ timezone });
    await bond(app, coach, client);
    const plan = await aPlan(coach);
    const body = { client_id: client.id, start_date: yesterday };
    const refused = await coach.http.post(`/coaches/programs/${plan.id}/assign`).send(body);
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, ['start_date too_small']]);
    expect(await assign(coach, plan, client, { start_date: today })).toMatchObject({ start_date: today });
  });

  it('cannot be one that is archived', async () => {
    await bond(app, coach, client);
    const plan = await aPlan(coach);
    const current = await assign(coach, plan, client);
    await expectStatus(coach.http.post(`/coaches/programs/${plan.id}/archive`), 200);
    const body = { client_id: client.id, start_date: TODAY };
    const refused = await coach.http.post(`/coaches/programs/${plan.id}/assign`).send(body);
    expect(refusalOf(refused)).toEqual([422, 'plan_archived']);
    // Whoever follows it goes on.
    expect(await currentOf(client)).toMatchObject({ id: current.id, active: true, plan: { archived: true } });
  });
});

describe('an assignment', () => {
  it('ends all earlier ones, or comes beside them; the newest of a coach goes before the generated one', async () => {
    const other = await aPlanner(app);
    await bond(app, coach, client);
    await bond(app, other, client);
    const [first, second, third] = [await aPlan(coach), await aPlan(coach), await aPlan(other)];
    const generated = await generatePlan(client);
    await assign(coach, first, client, { mode: 'complement' });
    expect((await currentOf(client)).plan_id).toBe(first.id);
    await assign(other, third, client, { mode: 'complement' });
    expect((await currentOf(client)).plan_id).toBe(third.id);
    expect(await activeOf()).toEqual([generated.plan_id, first.id, third.id]);
    const again = await generatePlan(client);
    expect((await currentOf(client)).plan_id).toBe(third.id);
    expect(await activeOf()).toEqual([first.id, third.id, again.plan_id]);
    await assign(coach, second, client, { mode: 'replace_ai' });
    expect(await activeOf()).toEqual([second.id]);
    expect((await historyOf(app, client)).length).toBe(5);
  });

  it('tells the client once, in the client’s words', async () => {
    client = await app.register({ first_name: 'Zoé', locale: 'en-GB', timezone: 'Europe/London' });
    await bond(app, coach, client);
    const plan = await aPlan(coach, [], { name: 'Force {coach}', duration_weeks: 1 });
    const assignment = await assign(coach, plan, client);
    await generatePlan(client);
    expect(await app.messages({ user_id: client.id, channel: 'push' })).toMatchObject([
      {
        channel: 'push',
        title: 'New programme',
        body: expect.stringMatching(
          /^Inès has prepared a programme of 1 week for you: Force \{coach\}\. It begins on Monday,? 2 March 2026\.$/,
        ) as string,
        data: {
          ...{ type: 'program_assigned', deep_link: `mycoach://programs/${plan.id}` },
          ...{ plan_id: plan.id, assignment_id: assignment.id },
        },
      },
    ]);
  });
});
