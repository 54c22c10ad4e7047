import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededExercise } from 'src/database/exercise-catalogue';
import { LEVELS } from 'src/modules/client/profile/profile.types';
import { MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { exerciseFaults, readExercises } from './exercises';
import { brazilianWords } from './exercises-portuguese';
import { ROOT } from './sources';

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  push: ['chest', 'shoulders', 'triceps'],
  pull: ['back', 'biceps', 'forearms'],
  legs: ['quads', 'hamstrings', 'glutes', 'calves', 'hip_flexors', 'adductors'],
  core: ['core', 'neck'],
};
/** What generated plans are made of (rules §14.2). */
const OF_PLANS = ['strength', 'cardio', 'hiit', 'yoga', 'flexibility', 'rehab'];

const files = readExercises();
const exercises = [...files.values()].flat();
const free = exercises.filter(({ equipment }) => equipment.length === 0);
const worksOn = (muscle: string) => (exercise: SeededExercise) => exercise.primary.includes(muscle);

/** Every injury alone, and none. */
const INJURIES = [null, ...MUSCLE_GROUPS] as const;

/** An injured zone is spared, and whoever is injured anywhere does nothing that works the whole body. */
function spares(injury: string | null) {
  return ({ primary }: SeededExercise): boolean =>
    injury === null || (!primary.includes(injury) && !primary.includes('full_body'));
}

describe('the catalogue of exercises', () => {
  it('is written as its own page says, in every file and language', () => {
    expect(files.size).toBeGreaterThan(4);
    expect(exerciseFaults(exercises)).toEqual([]);
  });

  it('has far more than the 120 exercises that were promised, and each category in its own files', () => {
    expect(exercises.length).toBeGreaterThanOrEqual(120);
    const strange = [...files].flatMap(([file, held]) =>
      held.filter(({ category }) => !file.startsWith(category)).map(({ slug }) => `${file}: ${slug}`),
    );
    expect(strange).toEqual([]);
  });

  it('trains every muscle at every level with nothing but the body', () => {
    const missing = Object.entries(REGIONS).flatMap(([region, muscles]) =>
      muscles.flatMap((muscle) =>
        LEVELS.filter(
          (level) =>
            !free.some(
              (exercise) =>
                exercise.category === 'strength' && exercise.difficulty === level && worksOn(muscle)(exercise),
            ),
        ).map((level) => `${region}: ${muscle}, ${level}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has something of each kind for a beginner without equipment, whatever hurts', () => {
    const scarce = OF_PLANS.flatMap((category) =>
      INJURIES.flatMap((injury) => {
        const fitting = free.filter(
          (exercise) =>
            exercise.category === category && exercise.difficulty === 'beginner' && spares(injury)(exercise),
        );
        return fitting.length >= 3 ? [] : [`${category}, ${injury ?? 'no injury'}: ${String(fitting.length)}`];
      }),
    );
    expect(scarce).toEqual([]);
  });

  it('goes on from there: each kind has exercises of every level', () => {
    const missing = OF_PLANS.flatMap((category) =>
      LEVELS.filter((level) => !free.some((one) => one.category === category && one.difficulty === level)).map(
        (level) => `${category}, ${level}`,
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has one exercise that works no muscle: to breathe, with nothing, for everybody', () => {
    const still = exercises.filter(({ primary, secondary }) => primary.length + secondary.length === 0);
    expect(still).toMatchObject([{ category: 'other', difficulty: 'beginner', equipment: [] }]);
  });
});

describe('the check of the catalogue', () => {
  const [model] = exercises;
  const faultsOf = (changes: Partial<SeededExercise>): string[] => {
    if (!model) throw new Error('the catalogue is empty');
    return exerciseFaults([{ ...model, ...changes }]).map((fault) => fault.slice(fault.indexOf(': ') + 2));
  };
  const names = { en: 'Hip Circle', fr: 'Cercle de hanche', es: 'Círculo de cadera', pt: 'Círculo da anca' };
  const steps = { en: ['Go.', 'Stop.'], fr: ['Allez.', 'Arrêtez.'], es: ['Vaya.', 'Pare.'], pt: ['Ande.', 'Acabe.'] };

  it('finds nothing in a good one', () => {
    expect(faultsOf({ names, instructions: steps })).toEqual([]);
  });

  it.each<[string, Partial<SeededExercise>, string]>([
    ['a slug with capitals', { slug: 'Hip Circle' }, 'its slug'],
    ['a category that nobody knows', { category: 'dance' }, 'category dance'],
    ['a level that nobody knows', { difficulty: 'expert' }, 'difficulty expert'],
    ['a muscle that nobody knows', { secondary: ['ear'] }, 'muscle ear'],
    ['three primary muscles', { primary: ['neck', 'core', 'calves'], secondary: [] }, 'too many primary muscles'],
    ['a muscle in both parts', { primary: ['neck'], secondary: ['neck'] }, 'neck twice'],
    ['the body as equipment', { equipment: ['bodyweight'] }, 'equipment bodyweight'],
    ['equipment that nobody knows', { equipment: ['sofa'] }, 'equipment sofa'],
    [
      'a bar that stands nowhere',
      { equipment: ['barbell'], machines: ['barbell'] },
      'barbell without machine free_weights',
    ],
    ['a machine that nobody knows', { equipment: ['machines'], machines: ['crane'] }, 'machine crane'],
    ['a machine without equipment', { equipment: [], machines: ['bike'] }, 'equipment and machines disagree'],
    ['a name with a full stop', { names: { ...names, fr: 'Cercle.' } }, 'fr: a name with a full stop'],
    ['a name in small letters', { names: { ...names, es: 'círculo' } }, 'es: name'],
    ['a name too long', { names: { ...names, pt: `C${'i'.repeat(60)}` } }, 'pt: name'],
    [
      'names that nobody translated',
      { names: { en: 'Hip Circle', fr: 'Hip Circle', es: 'Hip circle', pt: 'Hip circle' } },
      'its name is not translated',
    ],
    [
      'a language too few',
      { names: { en: 'Hip Circle', fr: 'Cercle', es: 'Círculo' } },
      'names: not these four languages in order',
    ],
    [
      'a step too few in one language',
      { instructions: { ...steps, fr: ['Allez.', 'Arrêtez.', 'Respirez.'] } },
      '2 to 4 steps, as many in each',
    ],
    [
      'a step without its full stop',
      { instructions: { ...steps, es: ['Vaya', 'Pare.'] } },
      'es: step 1, its full stop',
    ],
    ['two spaces', { instructions: { ...steps, en: ['Go  now.', 'Stop.'] } }, 'en: step 1'],
    [
      'a step that nobody translated',
      { instructions: { ...steps, pt: ['Go.', 'Acabe.'] } },
      'said twice, or not translated: Go.',
    ],
    [
      'a Portuguese name that Portugal does not use',
      { names: { ...names, pt: 'Rosca direta' } },
      'pt: "Rosca" is not said in Portugal',
    ],
    [
      'a Portuguese step that Portugal does not use',
      { instructions: { ...steps, pt: ['Suba o quadril.', 'Acabe.'] } },
      'pt: "quadril" is not said in Portugal',
    ],
  ])('finds %s', (_, changes, fault) => {
    expect(faultsOf({ names, instructions: steps, ...changes })).toContain(fault);
  });

  it('finds a slug and a name that two exercises have', () => {
    const twin = model ? [model, { ...model }] : [];
    expect(exerciseFaults(twin)).toEqual(
      expect.arrayContaining([
        `${model?.slug ?? ''}: twice`,
        `en: two are called "${model?.names['en']?.toLowerCase() ?? ''}"`,
      ]),
    );
  });
});

describe('Portuguese', () => {
  it('is European in the texts of the app as in the catalogue', () => {
    const folder = join(ROOT, 'i18n', 'pt');
    const texts = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.flatMap(({ file, text }) => brazilianWords(text).map((word) => `${file}: ${word}`))).toEqual([]);
  });

  it.each([
    ['Você está fazendo uma rosca na academia.', ['rosca', 'academia', 'Você', 'está fazendo']],
    ['Cadeira extensora, mesa flexora e socos', ['mesa flexora', 'Cadeira extensora', 'socos']],
    ['Coloque-se de gatas e leve a anca atrás, contando até quatro.', []],
    ['Subida ao degrau e prancha lateral em estrela', []],
  ])('is judged by whole words: %s', (text, words) => {
    expect(brazilianWords(text)).toEqual(words);
  });
});
