import { join } from 'node:path';
import { readdirSync, readFileSync } from 'node:fs';
import { descriptionOf, type DoneSet, draftOf, RIDES, RUNS, sportOf } from './strava-draft.rules';

const weight = (weightKg: number): string => `${weightKg} kg`;

function set(slug: string, more: Partial<DoneSet> & { category?: DoneSet['exercise']['category'] } = {}): DoneSet {
  const { category = 'strength', ...told } = more;
  const exercise = { slug, name: `The ${slug}`, category };
  return { exerciseTypeId: slug, exercise, setsCount: 1, reps: null, weightKg: null, durationSeconds: null, ...told };
}
const run = (slug = 'steady-run'): DoneSet => set(slug, { category: 'cardio' });

describe('what kind of activity a session is', () => {
  it.each<[string, string, DoneSet[]]>([
    ['strength when more than half of the sets are', 'WeightTraining', [set('squat', { setsCount: 3 }), run(), run()]],
    ['a workout when exactly half of them are', 'Workout', [set('squat', { setsCount: 2 }), run(), run()]],
    ['running when nothing else was done', 'Run', [run(), run('treadmill-run')]],
    ['riding when nothing else was done', 'Ride', [set('stationary-bike', { category: 'cardio' })]],
    ['a workout of running and riding', 'Workout', [run(), set('bike-sprint', { category: 'hiit' })]],
    ['a workout of other cardio', 'Workout', [run('stair-climb')]],
    ['a workout when nothing is written down', 'Workout', []],
  ])('is %s', (_, sport, sets) => {
    expect(sportOf(sets)).toBe(sport);
  });

  it('knows running and riding by exercises that the catalogue has', () => {
    const folder = join(process.cwd(), 'seeds', 'exercises');
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const all = files.flatMap((name) => {
      const told = JSON.parse(readFileSync(join(folder, name), 'utf8')) as
        { slug: string }[] | { exercises: { slug: string }[] };
      return (Array.isArray(told) ? told : told.exercises).map(({ slug }) => slug);
    });
    expect(all.length).toBeGreaterThan(100);
    expect([...RUNS, ...RIDES].filter((slug) => !all.includes(slug))).toEqual([]);
  });
});

describe('the description of a session', () => {
  it('has a line for each exercise in their order, with its best set', () => {
    const sets = [
      set('squat', { reps: 5, weightKg: 80, setsCount: 3 }),
      set('plank', { durationSeconds: 45 }),
      set('squat', { reps: 3, weightKg: 100 }),
      set('plank', { durationSeconds: 90, setsCount: 2 }),
      set('pull-up', { reps: 8, weightKg: 0 }),
      set('pull-up', { reps: 10, weightKg: 0 }),
      set('stretch'),
    ];
    expect(descriptionOf(sets, weight).split('\n')).toEqual([
      'The squat: 3 × 100 kg',
      'The plank: 2 × 1:30',
      'The pull-up: 10',
      'The stretch',
    ]);
  });

  it('takes the first of two that are alike', () => {
    const sets = [set('squat', { reps: 5, weightKg: 80, setsCount: 3 }), set('squat', { reps: 5, weightKg: 80 })];
    expect(descriptionOf(sets, weight)).toBe('The squat: 3 × 5 × 80 kg');
  });

  it('writes hours', () => {
    expect(descriptionOf([set('walk', { durationSeconds: 3_723 })], weight)).toBe('The walk: 1:02:03');
  });

  it('ends with a whole line where it grows too long', () => {
    const sets = Array.from({ length: 200 }, (_, at) => set(`exercise-${at}-${'x'.repeat(90)}`, { reps: 10 }));
    const text = descriptionOf(sets, weight);
    expect(text.length).toBeGreaterThan(3_800);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text.endsWith('x: 10')).toBe(true);
  });
});

describe('a session as Strava is told of it', () => {
  const teller = { name: 'Séance libre — MyCoach', weight };

  it.each([
    ['2026-03-02T09:30:00.250Z', 'Europe/Paris', '2026-03-02T10:30:00'],
    ['2026-07-01T23:15:59Z', 'Pacific/Auckland', '2026-07-02T11:15:59'],
    ['2026-01-01T00:00:00Z', 'America/Sao_Paulo', '2025-12-31T21:00:00'],
  ])('begins at the wall clock of its owner: %s in %s', (trainedAt, timezone, startDateLocal) => {
    const session = { trainedAt: new Date(trainedAt), durationMin: 45, sets: [] };
    expect(draftOf(session, { ...teller, timezone })).toEqual({
      ...{ name: 'Séance libre — MyCoach', sportType: 'Workout', startDateLocal },
      ...{ elapsedSeconds: 2_700, description: '' },
    });
  });

  it('takes an hour where nobody says how long it took', () => {
    const session = { trainedAt: new Date(0), durationMin: null, sets: [] };
    expect(draftOf(session, { ...teller, timezone: 'UTC' }).elapsedSeconds).toBe(3_600);
  });
});
