import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exercisesOf } from 'src/database/exercise-catalogue';
import { EXERCISE_ALIASES } from './exercise-aliases';
import { ExerciseNames, nameKey, type NamedExercise } from './exercise-names.rules';

const FOLDER = join(__dirname, '..', '..', '..', '..', 'seeds', 'exercises');
const CATALOGUE: NamedExercise[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => exercisesOf(readFileSync(join(FOLDER, file), 'utf8')))
  .flatMap(({ slug, names }) => Object.values(names).map((name) => ({ id: `id of ${slug}`, slug, name })));
const SLUGS = new Set(CATALOGUE.map(({ slug }) => slug));

const names = new ExerciseNames(CATALOGUE, EXERCISE_ALIASES, {});
const found = (name: string | null, slug: string | null = null, among = names): string | null =>
  among.find({ name, slug })?.replace('id of ', '') ?? null;

describe('the exercise that a file means', () => {
  it.each([
    ['Bench Press (Barbell)', 'barbell-bench-press'],
    ['bench press  (BARBELL)', 'barbell-bench-press'],
    ['Front Squat (Barbell)', 'barbell-front-squat'],
    ['Squat (Barbell)', 'barbell-back-squat'],
    ['Deadlift (Barbell)', 'barbell-deadlift'],
    ['Triceps Pushdown (Cable - Straight Bar)', 'triceps-pushdown'],
    ['Leg Press (Machine)', 'leg-press'],
    ['Pull Up', 'pull-up'],
    ['Plank', 'forearm-plank'],
    ['Running (Treadmill)', 'treadmill-run'],
    ['goblet-squat', 'goblet-squat'],
    ['Squat goblet', 'goblet-squat'],
    ['Sentadilla goblet', 'goblet-squat'],
    ['Agachamento goblet', 'goblet-squat'],
    ['World’s Greatest Stretch', 'worlds-greatest-stretch'],
    ["World's greatest stretch", 'worlds-greatest-stretch'],
  ])('is found by %s', (name, slug) => {
    expect(found(name)).toBe(slug);
  });

  it.each(['My own curl', 'Bench', '(Barbell)', '—', ''])('is not invented: %j', (name) => {
    expect(found(name)).toBeNull();
  });

  it('is that of the slug, and of the name where the slug is not known', () => {
    expect(found('Leg Press', 'goblet-squat')).toBe('goblet-squat');
    expect(found('Leg Press', 'no-such-slug')).toBe('leg-press');
    expect(found(null, 'no-such-slug')).toBeNull();
  });

  it('is the one that its sender chooses, before all that we know', () => {
    const chosen = new ExerciseNames(CATALOGUE, EXERCISE_ALIASES, {
      'my OWN curl': 'id of hammer-curl',
      'Leg Press (Machine)': 'id of hack-squat',
    });
    expect(found('My own curl', null, chosen)).toBe('hammer-curl');
    expect(found('Leg Press (Machine)', null, chosen)).toBe('hack-squat');
    expect(found('Leg Press', null, chosen)).toBe('leg-press');
  });

  it('takes no time for a name of fifty thousand brackets', () => {
    expect(found('('.repeat(50_000))).toBeNull();
  });
});

describe('the names of the apps', () => {
  const told = Object.entries(EXERCISE_ALIASES).flatMap(([slug, all]) => all.map((name) => ({ slug, name })));

  it('are many, and belong to exercises that there are', () => {
    expect(told.length).toBeGreaterThan(200);
    expect(Object.keys(EXERCISE_ALIASES).filter((slug) => !SLUGS.has(slug))).toEqual([]);
  });

  it('mean one exercise each, and none that the catalogue calls so', () => {
    const keys = told.map(({ name }) => nameKey(name));
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
    expect(told.filter(({ slug, name }) => found(name) !== slug)).toEqual([]);
  });
});
