import fc from 'fast-check';
import { LEVELS } from 'src/modules/client/profile/profile.types';
import { MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { EXERCISE_CATEGORIES } from 'src/modules/performance/exercises/exercise.types';
import { generate } from 'src/modules/program/generator/generator.rules';
import { type CatalogueExercise, PLAN_GOALS, type Wishes } from 'src/modules/program/generator/generator.types';
import { judge, notesIn } from './plan-judge';
import { shippedCatalogue, THINGS } from './wishes';

const RUNS = { numRuns: 300 };
const BREATHING: CatalogueExercise = {
  id: 'breathing',
  slug: 'diaphragmatic-breathing',
  category: 'other',
  difficulty: 'beginner',
  equipment: [],
  primary: [],
};

const exercises = fc.array(
  fc.record({
    category: fc.constantFrom(...EXERCISE_CATEGORIES),
    difficulty: fc.constantFrom(...LEVELS),
    equipment: fc.uniqueArray(fc.constantFrom(...THINGS), { maxLength: 2 }),
    primary: fc.uniqueArray(fc.constantFrom(...MUSCLE_GROUPS), { maxLength: 2 }),
  }),
  { maxLength: 40 },
);
const catalogues: fc.Arbitrary<CatalogueExercise[]> = exercises.map((drawn) => [
  BREATHING,
  ...drawn.map((exercise, number) => ({ ...exercise, id: `id ${String(number)}`, slug: `exercise-${String(number)}` })),
]);
const zones = (most: number): fc.Arbitrary<Wishes['injuryZones']> =>
  fc.uniqueArray(fc.constantFrom(...MUSCLE_GROUPS), { maxLength: most });
const wished: fc.Arbitrary<Wishes> = fc.record({
  goal: fc.constantFrom(...PLAN_GOALS),
  level: fc.constantFrom(...LEVELS),
  frequency: fc.integer({ min: 1, max: 7 }),
  durationMin: fc.integer({ min: 15, max: 240 }),
  equipment: fc.uniqueArray(fc.constantFrom('bodyweight', ...THINGS), { maxLength: 5 }),
  targetZones: zones(4),
  injuryZones: zones(MUSCLE_GROUPS.length),
});
const seeds = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
const bySlug = (catalogue: readonly CatalogueExercise[]): ReadonlyMap<string, CatalogueExercise> =>
  new Map(catalogue.map((exercise) => [exercise.slug, exercise]));

describe('for every catalogue, however poor, and all wishes, a plan', () => {
  it('keeps what is always true', () => {
    fc.assert(
      fc.property(catalogues, wished, seeds, (catalogue, wishes, seed) => {
        expect(judge(bySlug(catalogue), wishes, generate(catalogue, wishes, seed)).faults).toEqual([]);
      }),
      RUNS,
    );
  });

  it('tells all that it gives up, and no more than that', () => {
    fc.assert(
      fc.property(catalogues, wished, seeds, (catalogue, wishes, seed) => {
        const plan = generate(catalogue, wishes, seed);
        const { missed } = judge(bySlug(catalogue), wishes, plan);
        const notes = notesIn(plan);
        expect(notes).toEqual(expect.arrayContaining(missed));
        // A place that no exercise is left for is told too, and leaves no trace in the plan but its absence.
        const short = plan.sessions.filter((session) => session.exercises.length < 4);
        const gaps = short.map(({ dayOfWeek }) => `template_category ${String(dayOfWeek)}`);
        expect(notes.filter((note) => !missed.includes(note) && !gaps.includes(note))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is the same for the same seed, in whatever order the catalogue comes', () => {
    fc.assert(
      fc.property(catalogues, wished, seeds, fc.func(fc.integer()), (catalogue, wishes, seed, rank) => {
        const shuffled = [...catalogue].sort((one, other) => rank(one.slug) - rank(other.slug));
        expect(generate(shuffled, wishes, seed)).toEqual(generate(catalogue, wishes, seed));
      }),
      RUNS,
    );
  });
});

describe('from the catalogue that the product ships, with any equipment, zones, seed and length', () => {
  const catalogue = shippedCatalogue();
  const known = bySlug(catalogue);

  it('a plan keeps what is always true and tells what it gives up', () => {
    fc.assert(
      fc.property(wished, seeds, (wishes, seed) => {
        const plan = generate(catalogue, wishes, seed);
        const { faults, missed } = judge(known, wishes, plan);
        expect(faults).toEqual([]);
        expect(notesIn(plan)).toEqual(missed);
      }),
      RUNS,
    );
  });

  it('whoever has one injury at most and 20 to 90 minutes has days that leave muscles and intensity their rest', () => {
    const usual = wished.chain((wishes) =>
      fc.record({ durationMin: fc.integer({ min: 20, max: 90 }), injuryZones: zones(1) }).map((changes) => ({
        ...wishes,
        ...changes,
      })),
    );
    fc.assert(
      fc.property(usual, seeds, (wishes, seed) => {
        const notes = notesIn(generate(catalogue, wishes, seed));
        expect(notes.filter((note) => note.startsWith('consecutive'))).toEqual([]);
      }),
      RUNS,
    );
  });
});
