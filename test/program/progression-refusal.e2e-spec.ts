import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  adjustmentsOf,
  aLift,
  aPlan,
  assigned,
  done,
  expectChains,
  movesOf,
  onDay,
  planned,
  targetsIn,
  targetsOf,
  trainsOn,
  type WireAssignment,
  type WirePlan,
} from './following';

const START = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let row: string;
let plan: WirePlan;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(`${START}T06:00:00Z`);
  squat = await aLift(app, 'squat');
  row = await aLift(app, 'row', ['cables']);
  coach = await aCoach(app);
  plan = await aPlan(coach, onDay(0, planned(squat, 40), planned(row, null)));
});
afterAll(() => app.close());
afterEach(() => expectChains(app));
beforeEach(async () => {
  await app.setClock(`${START}T06:00:00Z`);
  client = await app.register({ locale: 'en-GB', timezone: 'Europe/Paris' });
  await assigned(app, coach, client, plan, START);
});

const trainOn = (day: number, ...sets: object[]) => trainsOn(app, client, day, ...sets);
const refuse = (person: TestPerson, id: string) => person.http.post(`/clients/program/adjustments/${id}/refuse`);
async function newest(): Promise<string> {
  return (await adjustmentsOf(client))[0]?.id ?? '';
}

describe('refusing an adjustment', () => {
  it('puts the former target back, and leaves it in the list', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    const answer = await expectStatus<WireAssignment>(refuse(client, await newest()), 200);
    expect(answer).toMatchObject({ plan_id: plan.id, client_id: client.id, active: true });
    expect(targetsIn(answer.plan, squat)).toEqual([40]);
    expect(await targetsOf(client, squat)).toEqual([40]);
    expect(await adjustmentsOf(client)).toMatchObject([
      { from_kg: 40, to_kg: 42.5, refused_at: '2026-03-04T17:00:00Z' },
    ]);
  });

  it('is not answered by the same adjustment again: three new sessions are needed', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
    await trainOn(4, done(squat, 3, 10, 42.5));
    await expectStatus(refuse(client, await newest()), 200);
    for (const day of [5, 6]) await trainOn(day, done(squat, 3, 10, 40));
    expect(await targetsOf(client, squat)).toEqual([40]);
    await trainOn(7, done(squat, 3, 10, 40));
    expect(await movesOf(client)).toEqual(['40 → 42.5', '40 → 42.5']);
    expect(await targetsOf(client, squat)).toEqual([42.5]);
  });

  it('of a step back brings the higher target back', async () => {
    await trainOn(1, done(squat, 1, 10, 40));
    await expectStatus(refuse(client, await newest()), 200);
    expect(await targetsOf(client, squat)).toEqual([40]);
    await trainOn(2, done(squat, 1, 10, 40));
    expect(await targetsOf(client, squat)).toEqual([37.5]);
  });

  it('of a first weight leaves the exercise without one', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(row, 3, 10, 20));
    expect(await targetsOf(client, row)).toEqual([20]);
    await expectStatus(refuse(client, await newest()), 200);
    expect(await targetsOf(client, row)).toEqual([null]);
  });

  it('is possible once, and for the newest of an exercise alone', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40), done(row, 3, 10, 20));
    const [first] = (await adjustmentsOf(client)).filter(({ exercise_type_id }) => exercise_type_id === squat);
    await trainOn(4, done(squat, 1, 1, 40));
    for (const id of [first?.id ?? '']) {
      const answer = await refuse(client, id);
      expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([422, 'invalid_transition']);
    }
    const last = await newest();
    await expectStatus(refuse(client, last), 200);
    expect(await targetsOf(client, squat)).toEqual([42.5]);
    for (const id of [last, first?.id ?? '']) expect((await refuse(client, id)).status).toBe(422);
    // The newest of another exercise still can be.
    const [ofRow] = (await adjustmentsOf(client)).filter(({ exercise_type_id }) => exercise_type_id === row);
    await expectStatus(refuse(client, ofRow?.id ?? ''), 200);
  });

  it('is over with the programme', async () => {
    await trainOn(1, done(squat, 1, 10, 40));
    const id = await newest();
    await assigned(app, coach, client, plan, '2026-03-03');
    const answer = await refuse(client, id);
    expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([422, 'invalid_transition']);
    const { rows } = await app.database.query('SELECT refused_at FROM target_adjustments WHERE id = $1', [id]);
    expect(rows).toEqual([{ refused_at: null }]);
  });

  it('happens once when it is sent twice at the same time', async () => {
    await trainOn(1, done(squat, 1, 10, 40));
    const id = await newest();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refuse(client, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  });

  it('is for whom it was made for: for anybody else there is none (trust 1)', async () => {
    await trainOn(1, done(squat, 1, 10, 40));
    const id = await newest();
    for (const person of [coach, await app.register()]) {
      const answers = [await refuse(person, id), await refuse(person, randomUUID())];
      for (const { status, body } of answers)
        expect([status, (body as { detail: string }).detail]).toEqual([404, 'adjustment_not_found']);
    }
    expect((await refuse(client, 'no-id')).status).toBe(422);
    expect((await app.http.post(`/clients/program/adjustments/${id}/refuse`)).status).toBe(401);
    expect(await targetsOf(client, squat)).toEqual([37.5]);
  });
});

describe('the list of adjustments', () => {
  it('is a page, newest first', async () => {
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 1, 10, 30));
    const page = await expectStatus(client.http.get('/clients/program/adjustments?offset=1&limit=1'), 200);
    expect(page).toMatchObject({
      total: 3,
      offset: 1,
      limit: 1,
      has_more: true,
      items: [{ from_kg: 37.5, to_kg: 35 }],
    });
    expect(await movesOf(client)).toEqual(['35 → 32.5', '37.5 → 35', '40 → 37.5']);
  });

  it('is of the programme that is followed now', async () => {
    await trainOn(1, done(squat, 1, 10, 40));
    await assigned(app, coach, client, plan, '2026-03-03');
    expect(await adjustmentsOf(client)).toEqual([]);
    expect(await targetsOf(client, squat)).toEqual([40]);
  });

  it('is nothing to somebody without a programme, and to nobody', async () => {
    const answer = await (await app.register()).http.get('/clients/program/adjustments');
    expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([404, 'no_program']);
    expect((await app.http.get('/clients/program/adjustments')).status).toBe(401);
  });
});

describe('what the coach changes in the plan', () => {
  const edit = (...exercises: Record<string, unknown>[]) =>
    expectStatus(
      coach.http.put(`/coaches/programs/${own.id}`).send({ planned_sessions: [onDay(0, ...exercises)] }),
      200,
    );
  let own: WirePlan;
  beforeEach(async () => {
    own = await aPlan(coach, onDay(0, planned(squat, 40), planned(row, 20)));
    await assigned(app, coach, client, own, START);
    for (const day of [1, 2, 3]) await trainOn(day, done(squat, 3, 10, 40));
  });

  it('leaves an adjusted target, as long as it is not about this weight', async () => {
    await edit(planned(row, 25), planned(squat, 40, { target_reps: 8 }));
    expect([await targetsOf(client, squat), await targetsOf(client, row)]).toEqual([[42.5], [25]]);
  });

  it('counts again when it is about this weight, and the progress goes on from there', async () => {
    await edit(planned(squat, 60), planned(row, 20));
    expect(await targetsOf(client, squat)).toEqual([60]);
    expect((await refuse(client, await newest())).status).toBe(422);
    for (const day of [4, 5, 6]) await trainOn(day, done(squat, 3, 10, 60));
    expect(await targetsOf(client, squat)).toEqual([62.5]);
  });

  it('counts for good: who comes back to a weight does not bring back what was made of it', async () => {
    await app.setClock('2026-03-05T06:00:00Z');
    await edit(planned(squat, 50), planned(row, 20));
    await edit(planned(squat, 40), planned(row, 20));
    expect(await targetsOf(client, squat)).toEqual([40]);
    expect((await refuse(client, await newest())).status).toBe(422);
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    await trainOn(4, done(squat, 1, 10, 40));
    expect(await movesOf(client)).toEqual(['40 → 37.5', '40 → 42.5']);
    expect(await targetsOf(client, squat)).toEqual([37.5]);
  });

  it('takes an exercise away, and its adjustments with it but from the list', async () => {
    await edit(planned(row, 20));
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    expect((await refuse(client, await newest())).status).toBe(422);
    for (const day of [4, 5, 6]) await trainOn(day, done(squat, 3, 10, 60));
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
  });
});
