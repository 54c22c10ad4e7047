import { train } from 'test/performance/training';
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
  toldOf,
  type WirePlan,
} from './following';

const START = '2026-03-02';

let app: TestApp;
let coach: TestPerson;
let squat: string;
let row: string;
let plan: WirePlan;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(`${START}T06:00:00Z`);
  squat = await aLift(app, 'squat');
  row = await aLift(app, 'row', ['cables']);
  coach = await aCoach(app);
  plan = await aPlan(coach, onDay(0, planned(squat, 40), planned(row, 30)));
});
afterAll(() => app.close());
afterEach(() => expectChains(app));
beforeEach(() => app.setClock(`${START}T06:00:00Z`));

const evening = (day: number): string => new Date(Date.UTC(2026, 2, 1 + day, 17)).toISOString();
const good = (): Record<string, unknown> => done(squat, 3, 10, 40) as Record<string, unknown>;
async function follower(): Promise<TestPerson> {
  const client = await app.register({ timezone: 'Europe/Paris' });
  await assigned(app, coach, client, plan, START);
  return client;
}

describe('sessions saved at the same time', () => {
  it('move a target once for the same window', async () => {
    const client = await follower();
    await app.setClock(evening(5));
    await train(client, evening(1), [good()]);
    await train(client, evening(2), [good()]);
    await Promise.all([3, 4, 5, 5, 5].map((day) => train(client, evening(day), [good()])));
    expect(await movesOf(client)).toEqual(['40 → 42.5']);
    expect(await toldOf(app, client)).toHaveLength(1);
  });

  it('each take their own step down', async () => {
    const client = await follower();
    await app.setClock(evening(1));
    const sets = [squat, row].map((exercise) => [done(exercise, 1, 10, 5) as Record<string, unknown>]);
    await Promise.all(sets.map((one) => train(client, evening(1), one)));
    expect([await targetsOf(client, squat), await targetsOf(client, row)]).toEqual([[37.5], [27.5]]);
  });

  it('of twenty people with one plan move each their own target, and never the plan', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, follower));
    // Each third of them trains well, each third badly, the others not at all.
    for (const day of [1, 2, 3]) {
      await app.setClock(evening(day));
      await Promise.all(
        clients.flatMap((client, place) => {
          if (place % 3 === 2) return [];
          return [
            train(client, evening(day), [done(squat, place % 3 === 0 ? 3 : 1, 10, 40) as Record<string, unknown>]),
          ];
        }),
      );
    }
    const targets: unknown[] = [];
    for (const client of clients) targets.push((await targetsOf(client, squat))[0]);
    expect(targets).toEqual(clients.map((_, place) => [42.5, 32.5, 40][place % 3]));
    const read = await expectStatus<WirePlan>(coach.http.get(`/coaches/programs/${plan.id}`), 200);
    expect(read.planned_sessions).toEqual(plan.planned_sessions);
    expect(targetsIn(read, squat)).toEqual([40]);
  });

  it('and an edit of the plan wait for each other: the session is stored in any order', async () => {
    const own = await aPlan(coach, onDay(0, planned(squat, 40)));
    const client = await app.register({ timezone: 'Europe/Paris' });
    await assigned(app, coach, client, own, START);
    await app.setClock(evening(9));
    for (let round = 1; round <= 8; round += 1) {
      const exercise = round % 2 === 0 ? planned(squat, 40) : planned(row, 20);
      const [session, edit] = await Promise.all([
        client.http
          .post('/performances')
          .send({ date: evening(round), exercise_sets: [done(squat, 1, 1, 1), done(row, 1, 1, 1)] }),
        coach.http.put(`/coaches/programs/${own.id}`).send({ planned_sessions: [onDay(0, exercise)] }),
      ]);
      expect([session.status, edit.status]).toEqual([201, 200]);
    }
  });

  it('and a refusal leave a target that follows from the list', async () => {
    const client = await follower();
    await app.setClock(evening(1));
    await train(client, evening(1), [done(squat, 1, 10, 40) as Record<string, unknown>]);
    for (let day = 2; day <= 7; day += 1) {
      await app.setClock(evening(day));
      const [newest] = await adjustmentsOf(client);
      const [refusal, session] = await Promise.all([
        client.http.post(`/clients/program/adjustments/${newest?.id ?? ''}/refuse`),
        train(client, evening(day), [done(squat, 1, 10, 10) as Record<string, unknown>]),
      ]);
      expect(session.id).toBeDefined();
      expect([200, 422]).toContain(refusal.status);
      const [last] = await adjustmentsOf(client);
      expect(await targetsOf(client, squat)).toEqual([last?.refused_at ? last.from_kg : last?.to_kg]);
    }
  });

  it('take a constant number of queries, however long somebody trains', async () => {
    const client = await follower();
    const counts: number[] = [];
    for (let day = 1; day <= 12; day += 1) {
      await app.setClock(evening(day));
      const before = app.queryCount();
      await train(client, evening(day), [done(squat, 2, 10, 40), done(row, 2, 10, 30)] as Record<string, unknown>[]);
      counts.push(app.queryCount() - before);
    }
    // Now and then the process has something else to ask.
    expect(Math.min(...counts.slice(8))).toBe(Math.min(...counts.slice(2, 8)));
  });
});
