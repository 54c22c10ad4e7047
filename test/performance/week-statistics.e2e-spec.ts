import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { fromStrava, refusalOf, trainedDaily, weekOf } from './statistics';
import { anExercise, faultsOf, setOf, train } from './training';

/** A Wednesday morning in Paris. */
const NOW = '2026-03-04T09:00:00Z';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;
let walk: string;

beforeAll(async () => {
  app = await startTestApp();
  squat = await anExercise(app, 'squat', { quads: 'primary', glutes: 'primary', core: 'secondary' });
  bench = await anExercise(app, 'bench', { chest: 'primary', triceps: 'secondary' });
  walk = await anExercise(app, 'walk');
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  me = await app.register({ timezone: 'Europe/Paris' });
});

const NOTHING = {
  week_start: '2026-03-02',
  sessions_count: 0,
  sessions_target: null,
  total_duration_min: 0,
  avg_feeling: null,
  total_sets: 0,
  total_volume_kg: 0,
  muscles_worked: [],
  streak_days: 0,
  month_volume_kg: 0,
};

describe('the statistics of a week', () => {
  it('are nothing before the first session', async () => {
    expect(await weekOf(me)).toEqual(NOTHING);
  });

  it('add up what was trained', async () => {
    await expectStatus(me.http.post('/clients/questionnaire').send({ frequency_per_week: 4 }), 201);
    await train(me, '2026-03-02T17:00:00Z', [setOf(bench, 60, { reps: 10, sets_count: 3 }), setOf(walk, null)], {
      duration_min: 60,
      feeling: 5,
    });
    await train(me, '2026-03-03T17:00:00Z', [setOf(squat, 100.25, { reps: 5, sets_count: 4 }), setOf(bench, 50)], {
      duration_min: 45,
      feeling: 4,
    });
    await train(me, '2026-03-04T06:00:00Z', [], { feeling: 4 });
    await train(me, '2026-03-01T12:00:00Z', [setOf(squat, 10, { reps: 10 })], { duration_min: 300, feeling: 1 });
    expect(await weekOf(me)).toEqual({
      week_start: '2026-03-02',
      sessions_count: 3,
      sessions_target: 4,
      total_duration_min: 105,
      avg_feeling: 4.33,
      total_sets: 9,
      total_volume_kg: 1_800 + 2_005 + 250,
      // Those that come first, each once.
      muscles_worked: ['chest', 'glutes', 'quads'],
      streak_days: 4,
      // The Sunday before is of the same month.
      month_volume_kg: 1_800 + 2_005 + 250 + 100,
    });
  });

  it('are the caller’s alone', async () => {
    await train(await app.register(), '2026-03-03T17:00:00Z', [setOf(bench, 60)]);
    expect(await weekOf(me)).toEqual(NOTHING);
    expect(refusalOf(await app.http.get('/performances/stats/week'))).toEqual([401, 'api_key_missing']);
  });

  it('leave out what may not be used for them, and take in what may', async () => {
    const date = '2026-03-03T17:00:00Z';
    await fromStrava(app, me, bench, { date, weightKg: 100, usableForStats: false });
    expect(await weekOf(me)).toEqual(NOTHING);
    await fromStrava(app, me, bench, { date, weightKg: 80, usableForStats: true });
    expect(await weekOf(me)).toMatchObject({ sessions_count: 1, total_sets: 1, total_volume_kg: 80, streak_days: 1 });
  });

  it('take as many queries for many sessions as for one', async () => {
    const queries = async (): Promise<number> => {
      await weekOf(me);
      const before = app.queryCount();
      await weekOf(me);
      return app.queryCount() - before;
    };
    const without = await queries();
    await trainedDaily(app, me, squat, 400, NOW);
    expect(await queries()).toBe(without);
    expect(without).toBeLessThanOrEqual(5);
    expect(await weekOf(me)).toMatchObject({ streak_days: 400, sessions_count: 3 });
  });
});

describe('the week that is told', () => {
  const counted = async (query = ''): Promise<number> => (await weekOf(me, query)).sessions_count;

  it('begins on Monday at midnight in the zone of the caller, and ends before the next', async () => {
    for (const date of ['2026-03-01T22:59:59Z', '2026-03-01T23:00:00Z']) await train(me, date, []);
    expect(await weekOf(me)).toMatchObject({ week_start: '2026-03-02', sessions_count: 1 });
    expect(await counted('?week_start=2026-02-23')).toBe(1);
    await app.setClock('2026-03-01T22:59:59Z');
    expect(await weekOf(me)).toMatchObject({ week_start: '2026-02-23', sessions_count: 1 });
  });

  it.each([
    ['has 167 hours when clocks go forward', '2026-03-23', '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['has 169 hours when they go back', '2025-10-20', '2025-10-19T22:00:00Z', '2025-10-26T23:00:00Z'],
  ])('%s', async (_, monday, from, to) => {
    await app.setClock('2026-04-02T09:00:00Z');
    const second = 1_000;
    const at = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
    for (const date of [at(from, -second), from, at(to, -second), to]) await train(me, date, []);
    expect(await counted(`?week_start=${monday}`)).toBe(2);
  });

  it('is another one for who lives elsewhere', async () => {
    const inAuckland = await app.register({ timezone: 'Pacific/Auckland' });
    for (const person of [me, inAuckland]) await train(person, '2026-03-01T12:00:00Z', []);
    expect(await counted()).toBe(0);
    expect((await weekOf(inAuckland)).sessions_count).toBe(1);
  });

  it('counts for the month in which it begins', async () => {
    await app.setClock('2026-04-02T09:00:00Z');
    for (const [date, weight] of [
      ['2026-02-28T22:59:59Z', 1],
      ['2026-02-28T23:00:00Z', 10],
      ['2026-03-31T21:59:59Z', 100],
      ['2026-03-31T22:00:00Z', 1_000],
    ] as const)
      await train(me, date, [setOf(squat, weight, { reps: 1 })]);
    expect(await weekOf(me)).toMatchObject({ week_start: '2026-03-30', month_volume_kg: 110, total_volume_kg: 1_100 });
  });

  it.each([
    ['2026-03-03', 'week_start invalid_value'],
    ['2026-03-01', 'week_start invalid_value'],
    ['2026-02-30', 'week_start invalid_format'],
    ['2026-03-02T00:00:00Z', 'week_start invalid_format'],
    ['monday', 'week_start invalid_format'],
    ['', 'week_start invalid_format'],
  ])('does not begin on %s', async (day, fault) => {
    const refused = await me.http.get(`/performances/stats/week?week_start=${day}`);
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, [fault]]);
  });
});

describe('the streak', () => {
  const streak = async (query = ''): Promise<number> => (await weekOf(me, query)).streak_days;

  it('goes back from today, or from yesterday while today has no session', async () => {
    for (const date of ['2026-03-01T22:30:00Z', '2026-03-02T05:00:00Z', '2026-03-03T22:30:00Z'])
      await train(me, date, []);
    expect(await streak()).toBe(3);
    await train(me, '2026-03-04T06:00:00Z', []);
    expect(await streak()).toBe(4);
    await train(me, '2026-02-27T12:00:00Z', []);
    expect(await streak()).toBe(4);
    await train(me, '2026-02-28T12:00:00Z', []);
    expect(await streak()).toBe(6);
  });

  it('is over a day after yesterday', async () => {
    await train(me, '2026-03-03T12:00:00Z', []);
    await app.setClock('2026-03-04T22:59:59Z');
    expect(await streak()).toBe(1);
    await app.setClock('2026-03-04T23:00:00Z');
    expect(await streak()).toBe(0);
  });

  it('is that of today whatever week is asked for, and does not count what is still to come', async () => {
    await train(me, '2026-03-03T12:00:00Z', []);
    await train(me, '2026-03-05T08:00:00Z', []);
    await train(me, '2026-03-04T22:30:00Z', []);
    expect(await streak('?week_start=2025-12-01')).toBe(1);
    expect(await streak()).toBe(1);
  });
});
