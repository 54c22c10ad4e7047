import fc from 'fast-check';
import { descriptionOf, type DoneSet, sportOf } from './strava-draft.rules';

const SLUGS = ['squat', 'steady-run', 'tempo-run', 'stationary-bike', 'stair-climb'] as const;
const CATEGORY = {
  squat: 'strength',
  'steady-run': 'cardio',
  'tempo-run': 'cardio',
  'stationary-bike': 'cardio',
  'stair-climb': 'cardio',
} as const;

const sets: fc.Arbitrary<DoneSet[]> = fc.array(
  fc
    .record({
      slug: fc.constantFrom(...SLUGS),
      setsCount: fc.integer({ min: 1, max: 20 }),
      reps: fc.option(fc.integer({ min: 0, max: 9_999 })),
      weightKg: fc.option(fc.integer({ min: 0, max: 9_999 })),
      durationSeconds: fc.option(fc.integer({ min: 1, max: 86_400 })),
    })
    .map(({ slug, ...told }) => ({
      ...told,
      exerciseTypeId: slug,
      exercise: { slug, name: slug, category: CATEGORY[slug] },
    })),
  { maxLength: 30 },
);

describe('for every session', () => {
  it('what kind of activity it is does not depend on the order of its sets', () => {
    fc.assert(fc.property(sets, (some) => sportOf([...some].reverse()) === sportOf(some)));
  });

  it('it is strength exactly when the other sets are fewer', () => {
    fc.assert(
      fc.property(sets, (some) => {
        const count = (isStrength: boolean): number =>
          some
            .filter(({ exercise }) => (exercise.category === 'strength') === isStrength)
            .reduce((sum, { setsCount }) => sum + setsCount, 0);
        return (sportOf(some) === 'WeightTraining') === count(true) > count(false);
      }),
    );
  });

  it('each exercise has one line, which names the heaviest weight', () => {
    fc.assert(
      fc.property(sets, (some) => {
        const lines = descriptionOf(some, (weightKg) => `${weightKg} kg`).split('\n');
        const slugs = [...new Set(some.map(({ exercise }) => exercise.slug))];
        if (slugs.length === 0) return lines.join() === '';
        return slugs.every((slug, at) => {
          const line = lines[at] ?? '';
          const heaviest = Math.max(
            ...some.filter((set) => set.exercise.slug === slug).map((set) => set.weightKg ?? 0),
          );
          const told = / ?(\d+) kg/.exec(line)?.[1];
          return (line === slug || line.startsWith(`${slug}: `)) && Number(told ?? 0) === heaviest;
        });
      }),
    );
  });
});
