import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from 'src/common/i18n/languages';
import { exercisesOf, type SeededExercise } from 'src/database/exercise-catalogue';
import { LEVELS } from 'src/modules/client/profile/profile.types';
import { EQUIPMENT, MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { EXERCISE_CATEGORIES } from 'src/modules/performance/exercises/exercise.types';
import { MACHINE_TYPES } from 'src/modules/performance/machines/machine.types';
import { brazilianWords } from './exercises-portuguese';
import { ROOT } from './sources';

const FIELDS = 'slug category difficulty equipment primary secondary machines names instructions';
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MOST_PRIMARY = 2;
const NAME_LENGTH = 60;
const STEP_LENGTH = 160;
/** Words that say nothing: the body is always there, and a whole gym is no thing. */
const NO_EQUIPMENT = ['bodyweight', 'full_gym'];
/** Where a piece of equipment stands in a gym. */
const STANDS_AT: Readonly<Record<string, readonly string[]>> = {
  barbell: ['barbell', 'free_weights'],
  dumbbells: ['dumbbell', 'free_weights'],
  kettlebell: ['free_weights'],
  cables: ['cable'],
};
const ON_A_MACHINE = ['machines', 'cables', 'cardio_machines', ...Object.keys(STANDS_AT)];

/** What the files hold, by file. */
export function readExercises(): Map<string, SeededExercise[]> {
  const folder = join(ROOT, 'seeds', 'exercises');
  return new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [file, exercisesOf(readFileSync(join(folder, file), 'utf8'))]),
  );
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, place) => values.indexOf(value) !== place))];
}

/** What the page beside the files forbids, one line for each fault. */
export function exerciseFaults(exercises: readonly SeededExercise[]): string[] {
  const slugs = repeated(exercises.map(({ slug }) => slug)).map((slug) => `${slug}: twice`);
  const names = LANGUAGES.flatMap((language) =>
    repeated(exercises.map((exercise) => (exercise.names[language] ?? '').toLowerCase())).map(
      (name) => `${language}: two are called "${name}"`,
    ),
  );
  const own = exercises.flatMap((exercise) =>
    [
      ...shapeFaults(exercise),
      ...gearFaults(exercise),
      ...nameFaults(exercise),
      ...stepFaults(exercise),
      ...portugueseFaults(exercise),
    ].map((fault) => `${exercise.slug}: ${fault}`),
  );
  return [...slugs, ...names, ...own];
}

function shapeFaults(exercise: SeededExercise): string[] {
  const { slug, category, difficulty, primary, secondary } = exercise;
  const faults: string[] = [];
  if (Object.keys(exercise).join(' ') !== FIELDS) faults.push('other fields, or in another order');
  if (!SLUG.test(slug)) faults.push('its slug');
  if (!EXERCISE_CATEGORIES.some((known) => known === category)) faults.push(`category ${category}`);
  if (!LEVELS.some((known) => known === difficulty)) faults.push(`difficulty ${difficulty}`);
  if (primary.length > MOST_PRIMARY) faults.push('too many primary muscles');
  const muscles = [...primary, ...secondary];
  if (repeated(muscles).length > 0) faults.push(`${repeated(muscles).join()} twice`);
  const strange = muscles.filter((muscle) => !MUSCLE_GROUPS.some((known) => known === muscle));
  return [...faults, ...strange.map((muscle) => `muscle ${muscle}`)];
}

function gearFaults({ equipment, machines }: SeededExercise): string[] {
  const faults = [...repeated(equipment), ...repeated(machines)].map((word) => `${word} twice`);
  for (const thing of equipment) {
    if (NO_EQUIPMENT.includes(thing) || !EQUIPMENT.some((known) => known === thing)) faults.push(`equipment ${thing}`);
    for (const place of STANDS_AT[thing] ?? [])
      if (!machines.includes(place)) faults.push(`${thing} without machine ${place}`);
  }
  for (const machine of machines)
    if (!MACHINE_TYPES.some((known) => known === machine)) faults.push(`machine ${machine}`);
  if (equipment.some((thing) => ON_A_MACHINE.includes(thing)) !== machines.length > 0)
    faults.push('equipment and machines disagree');
  return faults;
}

function nameFaults({ names }: SeededExercise): string[] {
  const faults: string[] = [];
  if (Object.keys(names).join() !== LANGUAGES.join()) faults.push('names: not these four languages in order');
  for (const [language, name] of Object.entries(names)) {
    if (!isTidy(name, NAME_LENGTH)) faults.push(`${language}: name`);
    if (name.endsWith('.')) faults.push(`${language}: a name with a full stop`);
  }
  // One word may be the same everywhere; several that are the same nobody translated.
  const different = new Set(Object.values(names).map((name) => name.toLowerCase()));
  if (different.size === 1 && names['en']?.includes(' ')) faults.push('its name is not translated');
  return faults;
}

function stepFaults({ instructions }: SeededExercise): string[] {
  const faults: string[] = [];
  if (Object.keys(instructions).join() !== LANGUAGES.join()) faults.push('steps: not these four languages in order');
  const counts = new Set(Object.values(instructions).map((steps) => steps.length));
  if (counts.size !== 1 || [...counts].some((count) => count < 2 || count > 4))
    faults.push('2 to 4 steps, as many in each');
  for (const [language, steps] of Object.entries(instructions))
    steps.forEach((step, place) => {
      if (!isTidy(step, STEP_LENGTH)) faults.push(`${language}: step ${String(place + 1)}`);
      if (!step.endsWith('.') || step.endsWith('..'))
        faults.push(`${language}: step ${String(place + 1)}, its full stop`);
    });
  const said = Object.values(instructions).flat();
  return [...faults, ...repeated(said).map((step) => `said twice, or not translated: ${step}`)];
}

function portugueseFaults({ names, instructions }: SeededExercise): string[] {
  return [names['pt'] ?? '', ...(instructions['pt'] ?? [])]
    .flatMap(brazilianWords)
    .map((word) => `pt: "${word}" is not said in Portugal`);
}

/** One line, trimmed, a capital or a digit first, single spaces, the apostrophe of print, and not too long. */
function isTidy(text: string, most: number): boolean {
  return text.length <= most && text === text.trim() && /^[\p{Lu}\d]/u.test(text) && !/\s{2}|[\n\t']/.test(text);
}
