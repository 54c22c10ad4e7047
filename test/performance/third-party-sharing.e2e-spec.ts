import { bond } from 'test/booking/dealings';
import { aCoach, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { fromStrava, progressionOf } from './statistics';
import { anExercise, imported, type Listed, recordsOf, setOf, train, type WireSession } from './training';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;
let activity: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat', { quads: 'primary' });
  coach = await aCoach(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  client = await app.register();
  await bond(app, coach, client);
  await relate('active', true);
  activity = await imported(app, client, 'strava', '2026-02-06T10:00:00Z');
});

const relate = async (status: string, isShared: boolean): Promise<void> => {
  await app.database.query(
    'UPDATE relations SET status = $3, share_performances = $4 WHERE coach_id = $1 AND client_id = $2',
    [coach.id, client.id, status, isShared],
  );
};
const consent = (accepted: boolean, type = 'third_party_sharing') =>
  expectStatus(client.http.post('/consents').send({ type, accepted }), 201);
/** Whether the coach finds the activity in the list, and can open it. */
const seen = async (): Promise<[boolean, number]> => {
  const path = `/coaches/clients/${client.id}/performances`;
  const { items } = await expectStatus<Listed<WireSession>>(coach.http.get(path), 200);
  return [items.some(({ id }) => id === activity), (await coach.http.get(`/performances/${activity}`)).status];
};

describe('what Strava gave of a client', () => {
  it('is seen by a coach from the consent of its owner on, and from taking it back on no more', async () => {
    expect(await seen()).toEqual([false, 404]);
    await consent(true);
    expect(await seen()).toEqual([true, 200]);
    await consent(false);
    expect(await seen()).toEqual([false, 404]);
    await consent(true);
    expect(await seen()).toEqual([true, 200]);
  });

  it('is opened by this consent alone, and by the last word of it', async () => {
    for (const type of ['terms_of_service', 'data_processing_health', 'analytics']) await consent(true, type);
    expect(await seen()).toEqual([false, 404]);
    for (const accepted of [true, true, false]) await consent(accepted);
    expect(await seen()).toEqual([false, 404]);
  });

  it('is not opened by the consent of somebody else', async () => {
    await expectStatus(coach.http.post('/consents').send({ type: 'third_party_sharing', accepted: true }), 201);
    expect(await seen()).toEqual([false, 404]);
  });

  it.each([
    ['pending', true],
    ['discovery', true],
    ['active', false],
    ['paused', false],
    ['ended', true],
  ] as const)('stays shut for a coach whom the relation shows it not: %s, sharing %s', async (status, isShared) => {
    await consent(true);
    await relate(status, isShared);
    expect(await seen()).toEqual([false, 404]);
  });

  it('counts in what a coach sees of the progression with the consent, as far as its terms let it count', async () => {
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 60)]);
    await fromStrava(app, client, squat, { date: '2026-02-04T10:00:00Z', weightKg: 300, usableForStats: true });
    await fromStrava(app, client, squat, { date: '2026-02-05T10:00:00Z', weightKg: 900, usableForStats: false });
    const weights = async (): Promise<unknown[]> =>
      (await progressionOf(coach, squat, `?client_id=${client.id}`)).data_points.map((point) => point.max_weight_kg);
    expect(await weights()).toEqual([60]);
    await consent(true);
    expect(await weights()).toEqual([60, 300]);
  });

  it('sets no records, whatever its owner agreed to', async () => {
    await consent(true);
    await fromStrava(app, client, squat, { date: '2026-02-04T10:00:00Z', weightKg: 300, usableForStats: true });
    await train(client, '2026-02-05T10:00:00Z', [setOf(squat, 60)]);
    expect((await recordsOf(client)).items.map(({ weight_kg }) => weight_kg)).toEqual([60]);
  });

  it('asks for the consent once, however long the list is', async () => {
    await consent(true);
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await seen();
      return app.queryCount() - before;
    };
    await cost();
    const few = await cost();
    for (let day = 10; day < 25; day += 1) await train(client, `2026-02-${String(day)}T10:00:00Z`, []);
    expect(await cost()).toBe(few);
  });
});
