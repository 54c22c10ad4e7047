import { EXERCISE_ALIASES } from 'src/modules/performance/imports/exercise-aliases';
import { nameKey } from 'src/modules/performance/imports/exercise-names.rules';
import { readExercises } from './exercises';

const exercises = [...readExercises().values()].flat();
const bySlug = new Map(exercises.map((exercise) => [exercise.slug, exercise]));
const aliases = Object.entries(EXERCISE_ALIASES).flatMap(([slug, all]) => all.map((name) => ({ slug, name })));

/** What a word of an alias asks of its exercise; where it asks for nothing, the exercise needs none. */
const ASKS_FOR: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bbarbell\b/i, ['barbell']],
  [/\bdumbbells?\b/i, ['dumbbells']],
  [/\bkettlebell\b/i, ['kettlebell']],
  [/\bband(ed|s)?\b/i, ['bands']],
  [/\bcable\b/i, ['cables', 'machines']],
  [/\bmachine\b/i, ['machines', 'cardio_machines', 'cables']],
  [/\btreadmill\b/i, ['cardio_machines']],
  [/\bbodyweight\b/i, []],
];
/** None of our exercises is done so: the load means something else, or it is another bar. */
const UNLIKE = /\b(weighted|ez bar|trap bar|walking lunge)\b|\(assisted\)/i;

/** `Curl (Dumbbell)` and `Dumbbell Curl` are looked for alike. */
function turned(name: string): string {
  const parts = /^([^()]+)\(([^()]+)\)$/.exec(name);
  return nameKey(parts ? `${parts[2] ?? ''} ${parts[1] ?? ''}` : name);
}

function equipmentOf(slug: string): readonly string[] {
  return bySlug.get(slug)?.equipment ?? [];
}

/** The equipment of the name and of the exercise contradict each other. */
function contradicts({ slug, name }: { slug: string; name: string }): boolean {
  const has = equipmentOf(slug);
  return ASKS_FOR.some(
    ([word, equipment]) =>
      word.test(name) && (equipment.length === 0 ? has.length > 0 : !equipment.some((thing) => has.includes(thing))),
  );
}

describe('what other apps call our exercises', () => {
  it('is told of exercises that there are', () => {
    expect(aliases.length).toBeGreaterThan(200);
    expect(Object.keys(EXERCISE_ALIASES).filter((slug) => !bySlug.has(slug))).toEqual([]);
  });

  it('means one exercise, whichever way round it is written', () => {
    const meant = new Map<string, string>();
    const torn = aliases.flatMap(({ slug, name }) =>
      [...new Set([nameKey(name), turned(name)])].flatMap((key) => {
        const first = meant.get(key) ?? slug;
        meant.set(key, first);
        return first === slug ? [] : [`${name}: ${first} and ${slug}`];
      }),
    );
    const keys = aliases.map(({ name }) => nameKey(name));
    expect(torn).toEqual([]);
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([]);
  });

  it('is no name of the catalogue, in no language', () => {
    const owner = new Map(exercises.flatMap(({ slug, names }) => Object.values(names).map((n) => [nameKey(n), slug])));
    expect(aliases.filter(({ name }) => owner.has(nameKey(name)))).toEqual([]);
    expect(aliases.filter(({ slug, name }) => (owner.get(turned(name)) ?? slug) !== slug)).toEqual([]);
  });

  it('is the same exercise and not one alike: with the same equipment, loaded in the same way', () => {
    expect(aliases.filter((alias) => contradicts(alias) || UNLIKE.test(alias.name))).toEqual([]);
  });

  it.each([
    ['goblet-squat', 'Goblet Squat (Kettlebell)'],
    ['bulgarian-split-squat', 'Bulgarian Split Squat (Dumbbell)'],
    ['stair-climb', 'Stair Machine (Steps)'],
    ['barbell-curl', 'Squat (Bodyweight)'],
  ])('finds that %s is not %s', (slug, name) => {
    expect(contradicts({ slug, name })).toBe(true);
  });
});
