import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { fromStrava, progressionOf, refusalOf, trainedDaily } from './statistics';
import { anExercise, faultsOf, sessionsOf, setOf, train, type WireSession } from './training';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat', { quads: 'primary' });
  bench = await anExercise(app, 'bench', { chest: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'pt-PT', timezone: 'Europe/Paris' });
});

const day = (date: number): string => `2026-02-${String(date).padStart(2, '0')}T10:00:00Z`;

describe('the progression of an exercise', () => {
  it('tells each session, the best sets and what could be lifted once', async () => {
    const light = await train(me, day(1), [
      setOf(squat, 60, { reps: 10, sets_count: 3 }),
      setOf(squat, 80, { reps: 5 }),
      setOf(bench, 200, { reps: 1 }),
    ]);
    const heavy = await train(me, day(5), [
      setOf(squat, 90.5, { reps: 5, sets_count: 2 }),
      setOf(squat, 70, { reps: 10 }),
    ]);
    const later = await train(me, day(8), [setOf(squat, 90.5, { reps: 5 })]);
    expect(await progressionOf(me, squat)).toEqual({
      exercise_type_id: squat,
      exercise_slug: 'own-squat',
      exercise_name: 'pt squat',
      // 90.5 × (1 + 5 / 30), and 90.5 × 36 / 32.
      estimated_1rm: { epley_kg: 105.58, brzycki_kg: 101.81, session_id: heavy.id, date: day(5) },
      best_by_reps: [
        { reps: 5, weight_kg: 90.5, date: day(5), session_id: heavy.id },
        { reps: 10, weight_kg: 70, date: day(5), session_id: heavy.id },
      ],
      data_points: [
        { date: day(1), max_weight_kg: 80, total_volume_kg: light.total_volume_kg - 200, sets_count: 4, is_pr: true },
        { date: day(5), max_weight_kg: 90.5, total_volume_kg: heavy.total_volume_kg, sets_count: 3, is_pr: true },
        { date: day(8), max_weight_kg: 90.5, total_volume_kg: later.total_volume_kg, sets_count: 1, is_pr: false },
      ],
    });
  });

  it('is empty for who never did it, and for everybody else', async () => {
    await train(await app.register(), day(1), [setOf(squat, 60)]);
    expect(await progressionOf(me, squat)).toMatchObject({ estimated_1rm: null, best_by_reps: [], data_points: [] });
  });

  it('knows body weight from a weight that nobody told, and a volume from none', async () => {
    await train(me, day(1), [setOf(squat, null, { reps: 20 })]);
    await train(me, day(2), [setOf(squat, 0, { reps: 20 })]);
    await train(me, day(3), [setOf(squat, 40, { reps: null, duration_seconds: 60 })]);
    const { data_points, best_by_reps, estimated_1rm } = await progressionOf(me, squat);
    expect(data_points.map((point) => [point.max_weight_kg, point.total_volume_kg, point.is_pr])).toEqual([
      [null, null, false],
      [0, 0, false],
      [40, null, true],
    ]);
    expect([best_by_reps, estimated_1rm]).toEqual([[], null]);
  });

  it('tells the best sets of 1 to 15 repetitions, and reckons from 12 at most', async () => {
    await train(
      me,
      day(1),
      [0, 1, 12, 13, 15, 16].map((reps) => setOf(squat, 50 + reps, { reps })),
    );
    const { best_by_reps, estimated_1rm } = await progressionOf(me, squat);
    expect(best_by_reps.map(({ reps, weight_kg }) => [reps, weight_kg])).toEqual([
      [1, 51],
      [12, 62],
      [13, 63],
      [15, 65],
    ]);
    expect(estimated_1rm).toMatchObject({ epley_kg: 86.8, brzycki_kg: 89.28 });
  });
});

describe('how much of it is told', () => {
  beforeEach(async () => {
    await trainedDaily(app, me, squat, 505, '2026-03-01T10:00:00Z');
  });

  it('is the last 20 sessions, oldest first, and the best sets of all times', async () => {
    await train(me, '2024-01-01T10:00:00Z', [setOf(squat, 300, { reps: 3 })]);
    const { data_points, best_by_reps } = await progressionOf(me, squat);
    expect(data_points).toHaveLength(20);
    expect(data_points.map(({ date }) => date)).toEqual([...data_points.map(({ date }) => date)].sort());
    expect(data_points.at(-1)).toMatchObject({ date: '2026-03-01T10:00:00Z', max_weight_kg: 201 });
    expect(best_by_reps.map(({ weight_kg }) => weight_kg)).toEqual([300, 201]);
  });

  it('is up to the last 500 of a range', async () => {
    const { data_points } = await progressionOf(me, squat, '?from=2020-01-01');
    expect(data_points).toHaveLength(500);
    expect(data_points[0]?.max_weight_kg).toBe(101.2);
    expect(data_points.at(-1)?.max_weight_kg).toBe(201);
    expect((await progressionOf(me, squat, '?to=2026-03-01')).data_points).toHaveLength(500);
    expect((await progressionOf(me, squat, '?from=2026-02-01&to=2026-02-28')).data_points).toHaveLength(28);
  });

  it('limits the best sets to the range as well', async () => {
    const range = '?from=2026-02-01T00:00:00Z&to=2026-02-05T10:00:00Z';
    const { data_points, best_by_reps, estimated_1rm } = await progressionOf(me, squat, range);
    expect(data_points.map(({ date }) => date)).toEqual([1, 2, 3, 4].map(day));
    expect(best_by_reps).toMatchObject([{ reps: 5, date: day(4) }]);
    expect(estimated_1rm).toMatchObject({ date: day(4) });
  });

  it('goes by the days of the caller’s zone', async () => {
    const late = '2026-02-10T23:30:00Z';
    await train(me, late, [setOf(bench, 50)]);
    expect((await progressionOf(me, bench, '?from=2026-02-11&to=2026-02-11')).data_points).toMatchObject([
      { date: late },
    ]);
    expect((await progressionOf(me, bench, '?from=2026-02-10&to=2026-02-10')).data_points).toEqual([]);
  });

  it('takes as many queries for many sessions as for one', async () => {
    const beginner = await app.register();
    await train(beginner, day(1), [setOf(squat, 60)]);
    const queriesOf = async (person: TestPerson): Promise<number> => {
      await progressionOf(person, squat, '?from=2020-01-01');
      const before = app.queryCount();
      await progressionOf(person, squat, '?from=2020-01-01');
      return app.queryCount() - before;
    };
    expect(await queriesOf(me)).toBe(await queriesOf(beginner));
    expect(await queriesOf(me)).toBeLessThanOrEqual(4);
  });
});

describe('a session that may not be used for statistics', () => {
  it('is left out; one that may counts, and sets no record', async () => {
    await fromStrava(app, me, squat, { date: day(1), weightKg: 300, usableForStats: false });
    await fromStrava(app, me, squat, { date: day(2), weightKg: 250, usableForStats: true });
    await train(me, day(3), [setOf(squat, 60, { reps: 1 })]);
    const { data_points, best_by_reps } = await progressionOf(me, squat);
    expect(data_points.map(({ max_weight_kg, is_pr }) => [max_weight_kg, is_pr])).toEqual([
      [250, false],
      [60, true],
    ]);
    expect(best_by_reps).toMatchObject([{ reps: 1, weight_kg: 250 }]);
  });
});

describe('the statistics of an exercise', () => {
  it('are for those with a key, of an exercise that there is', async () => {
    expect(refusalOf(await app.http.get(`/performances/stats/exercise/${squat}`))).toEqual([401, 'api_key_missing']);
    const missing = await me.http.get(`/performances/stats/exercise/${randomUUID()}`);
    expect(refusalOf(missing)).toEqual([404, 'exercise_not_found']);
  });

  it.each([
    ['from=2026-03-02&to=2026-03-01', ['to invalid_date_range']],
    ['from=yesterday', ['from invalid_date_range']],
    ['to=2026-02-30', ['to invalid_date_range']],
    ['client_id=1', ['client_id invalid_format']],
    ['from=2026-03-01&from=2026-03-02', ['from invalid_type']],
  ])('name what is wrong with %s', async (query, faults) => {
    const refused = await me.http.get(`/performances/stats/exercise/${squat}?${query}`);
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, faults]);
  });

  it('take any id for an exercise that is one, in small letters or not', async () => {
    expect(await progressionOf(me, squat.toUpperCase())).toMatchObject({ exercise_type_id: squat });
    const refused = await me.http.get('/performances/stats/exercise/squat');
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, ['id invalid_format']]);
  });
});

describe('iron rule 13: after any order of entries, corrections and removals', () => {
  const step = fc.record({
    act: fc.constantFrom('enter', 'enter', 'enter', 'correct', 'remove'),
    pick: fc.nat(),
    date: fc.integer({ min: 1, max: 28 }),
    sets: fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 6 })), {
      minLength: 1,
      maxLength: 3,
    }),
  });

  it('the progression is what the sessions say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const person = await app.register();
        const ids: string[] = [];
        for (const { act, pick, date, sets } of steps) {
          const exercise_sets = sets.map(([weight, reps]) => setOf(squat, weight * 2.5, { reps }));
          const id = ids[pick % Math.max(1, ids.length)];
          if (act === 'enter' || !id) ids.push((await train(person, day(date), exercise_sets)).id);
          else if (act === 'correct')
            await expectStatus(person.http.put(`/performances/${id}`).send({ date: day(date), exercise_sets }), 200);
          else {
            await expectStatus(person.http.delete(`/performances/${id}`), 204);
            ids.splice(ids.indexOf(id), 1);
          }
        }
        const { items } = await sessionsOf(person, '?limit=100');
        const told = await progressionOf(person, squat, '?from=2026-01-01');
        expect(told.data_points.map(({ date }) => date)).toEqual(items.map(({ date }) => date).reverse());
        const summary = (session: WireSession): unknown => ({
          max_weight_kg: Math.max(...session.exercise_sets.map(({ weight_kg }) => weight_kg ?? 0)),
          total_volume_kg: session.total_volume_kg,
          sets_count: session.exercise_sets.length,
          is_pr: session.exercise_sets.some(({ is_pr }) => is_pr),
        });
        const byWords = (points: unknown[]): string[] => points.map((point) => JSON.stringify(point)).sort();
        const withoutDates = told.data_points.map(({ date: _, ...point }) => point);
        expect(byWords(withoutDates)).toEqual(byWords(items.map(summary)));
        const sets = items.flatMap((session) => session.exercise_sets);
        for (const { reps, weight_kg } of told.best_by_reps)
          expect(weight_kg).toBe(Math.max(...sets.filter((set) => set.reps === reps).map((set) => set.weight_kg ?? 0)));
        expect(told.best_by_reps.map(({ reps }) => reps)).toEqual([...new Set(sets.map((set) => set.reps))].sort());
      }),
      { numRuns: 8 },
    );
    await expectInvariants(app.database);
  });
});
