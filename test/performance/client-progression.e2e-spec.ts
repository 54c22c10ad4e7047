import { randomUUID } from 'node:crypto';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { bond } from 'test/booking/dealings';
import { aCoach } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { fromStrava, progressionOf, refusalOf } from './statistics';
import { anExercise, setOf, train, trainFor } from './training';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
let squat: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat', { quads: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  coach = await aCoach(app);
  client = await app.register({ timezone: 'Pacific/Auckland' });
});

const PICTURE = '/chart.svg';
const path = (clientId: string, exercise = squat, kind = ''): string =>
  `/performances/stats/exercise/${exercise}${kind}?client_id=${clientId}`;
const relate = async (status: RelationStatus, isShared: boolean): Promise<void> => {
  await bond(app, coach, client);
  await app.database.query(
    'UPDATE relations SET status = $3, share_performances = $4 WHERE coach_id = $1 AND client_id = $2',
    [coach.id, client.id, status, isShared],
  );
};

describe('what a coach sees of a client’s progression', () => {
  const NO_RELATION = [403, 'no_coaching_relation'];
  const NOT_SHARED = [403, 'sharing_disabled'];
  const SEEN = [200, undefined];
  const CELLS: [RelationStatus, boolean, unknown[]][] = [
    ['pending', false, NO_RELATION],
    ['pending', true, NO_RELATION],
    ['discovery', false, NO_RELATION],
    ['discovery', true, NO_RELATION],
    ['active', false, NOT_SHARED],
    ['active', true, SEEN],
    ['paused', false, NOT_SHARED],
    ['paused', true, SEEN],
    ['ended', false, NO_RELATION],
    ['ended', true, NO_RELATION],
  ];

  it.each(CELLS)('in %s, sharing %s', async (status, isShared, expected) => {
    await relate(status, isShared);
    for (const kind of ['', PICTURE])
      expect(refusalOf(await coach.http.get(path(client.id, squat, kind)))).toEqual(expected);
  });

  it.each(['', PICTURE])('trust 1: is nothing at all without a relation, as if there were nobody %s', async (kind) => {
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 60)]);
    const [foreign, missing] = await Promise.all(
      [client.id, randomUUID()].map((id) => coach.http.get(path(id, squat, kind))),
    );
    expect(foreign && refusalOf(foreign)).toEqual([404, 'client_not_found']);
    expect({ ...(foreign?.body as object), request_id: '' }).toEqual({ ...(missing?.body as object), request_id: '' });
  });

  it('is judged before the exercise is looked for, and the range before both', async () => {
    await relate('active', false);
    expect(refusalOf(await coach.http.get(path(client.id, randomUUID())))).toEqual(NOT_SHARED);
    const reversed = `${path(randomUUID(), randomUUID())}&from=2026-03-02&to=2026-03-01`;
    expect(refusalOf(await coach.http.get(reversed))).toEqual([422, 'validation_error']);
    await relate('active', true);
    expect(refusalOf(await coach.http.get(path(client.id, randomUUID())))).toEqual([404, 'exercise_not_found']);
  });

  it('is all that the client trained, by himself and with others, but not what only the client may see', async () => {
    await relate('active', true);
    const other = await aCoach(app);
    await bond(app, other, client);
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 60)]);
    await trainFor(other, client, '2026-02-02T10:00:00Z', [setOf(squat, 70)]);
    await trainFor(coach, client, '2026-02-03T10:00:00Z', [setOf(squat, 80)]);
    const strava = { date: '2026-02-04T10:00:00Z', weightKg: 300, usableForStats: true };
    await fromStrava(app, client, squat, strava);
    await train(coach, '2026-02-05T10:00:00Z', [setOf(squat, 150)]);
    const weights = async (person: TestPerson, query = ''): Promise<unknown[]> => {
      const { data_points, best_by_reps } = await progressionOf(person, squat, query);
      return [data_points.map((point) => point.max_weight_kg), best_by_reps.map(({ weight_kg }) => weight_kg)];
    };
    expect(await weights(coach, `?client_id=${client.id}`)).toEqual([[60, 70, 80], [80]]);
    expect(await weights(client)).toEqual([
      [60, 70, 80, 300],
      [300, 80],
    ]);
    expect(await weights(coach)).toEqual([[150], [150]]);
  });

  it('has the days of the coach’s zone', async () => {
    await relate('active', true);
    const date = '2026-02-10T22:30:00Z';
    await train(client, date, [setOf(squat, 60)]);
    const on = async (day: string): Promise<number> =>
      (await progressionOf(coach, squat, `?client_id=${client.id}&from=${day}&to=${day}`)).data_points.length;
    expect([await on('2026-02-10'), await on('2026-02-11')]).toEqual([1, 0]);
  });

  it('ends at once when the client stops sharing', async () => {
    await relate('active', true);
    await progressionOf(coach, squat, `?client_id=${client.id}`);
    await client.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: false });
    expect(refusalOf(await coach.http.get(path(client.id)))).toEqual(NOT_SHARED);
  });
});

describe('what a client sees', () => {
  it('is the own progression, also by the own id, and nobody else’s', async () => {
    await relate('active', true);
    await train(client, '2026-02-01T10:00:00Z', [setOf(squat, 60)]);
    expect(await progressionOf(client, squat, `?client_id=${client.id}`)).toEqual(await progressionOf(client, squat));
    for (const id of [coach.id, (await app.register()).id])
      expect(refusalOf(await client.http.get(path(id)))).toEqual([404, 'client_not_found']);
  });
});
