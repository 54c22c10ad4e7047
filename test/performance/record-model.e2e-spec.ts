import fc from 'fast-check';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { STORIES, STORY } from 'test/support/model-settings';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { anExercise, recordsOf, sessionsOf, setOf, train } from './training';

/** Each step of them is a few requests. */
const RUNS = Math.ceil(STORIES / 10);
const NOW = '2026-03-02T06:00:00Z';

interface DrawnSet {
  exercise: number;
  weight: number | null;
  reps: number | null;
  order: number | undefined;
}

type Act =
  | { kind: 'create'; day: number; sets: DrawnSet[] }
  | { kind: 'change'; which: number; day: number | undefined; sets: DrawnSet[] | undefined }
  | { kind: 'remove'; which: number }
  | { kind: 'wait'; minutes: number };

// Few values, so that weights, days and orders meet.
const sets = fc.array(
  fc.record({
    exercise: fc.nat({ max: 1 }),
    weight: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 8 }),
    reps: fc.option(fc.nat({ max: 2 }), { freq: 4 }),
    order: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  }),
  { maxLength: 5 },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('create' as const), day: fc.integer({ min: 1, max: 5 }), sets }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      which: fc.nat(),
      day: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      sets: fc.option(sets, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
);

describe('iron rule 13: after any order of entries, corrections and removals', () => {
  let app: TestApp;
  let exercises: string[];

  beforeAll(async () => {
    app = await startTestApp();
    exercises = [await anExercise(app, 'squat'), await anExercise(app, 'bench')];
  });
  afterAll(() => app.close());

  const wire = (drawn: readonly DrawnSet[]): Record<string, unknown>[] =>
    drawn.map(({ exercise, weight, reps, order }) =>
      setOf(exercises[exercise] ?? '', weight === null ? null : weight * 2.25, {
        reps,
        ...(order !== undefined && { set_order: order }),
      }),
    );
  const dateOf = (day: number): string => `2026-02-0${String(day)}T10:00:00Z`;

  it('the records and volumes equal a full recomputation', async () => {
    const story = async (acts: readonly Act[]): Promise<void> => {
      await app.setClock(NOW);
      const person = await app.register();
      const ids: string[] = [];
      for (const step of acts) {
        const id = 'which' in step ? ids[step.which % Math.max(ids.length, 1)] : undefined;
        if (step.kind === 'create') ids.push((await train(person, dateOf(step.day), wire(step.sets))).id);
        if (step.kind === 'wait') await app.advance(step.minutes * 60);
        if (step.kind === 'change' && id) {
          const date = step.day === undefined ? {} : { date: dateOf(step.day) };
          const body = { ...date, ...(step.sets && { exercise_sets: wire(step.sets) }) };
          await expectStatus(person.http.put(`/performances/${id}`).send(body), 200);
        }
        if (step.kind === 'remove' && id) {
          await expectStatus(person.http.delete(`/performances/${id}`), 204);
          ids.splice(ids.indexOf(id), 1);
        }
        await expectInvariants(app.database);
      }
      const { items } = await sessionsOf(person, '?limit=100');
      expect(items.map((session) => session.id).sort()).toEqual([...ids].sort());
      for (const exercise of exercises) {
        const weights = items.flatMap(({ exercise_sets }) =>
          exercise_sets.flatMap((set) => (set.exercise_type_id === exercise && set.weight_kg ? [set.weight_kg] : [])),
        );
        const held = (await recordsOf(person)).items.find((record) => record.exercise_type_id === exercise);
        expect(held?.weight_kg ?? 0).toBe(Math.max(0, ...weights));
      }
    };
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 12, maxLength: 20 }), story), {
      numRuns: RUNS,
      ...STORY,
    });
  }, 120_000);
});
