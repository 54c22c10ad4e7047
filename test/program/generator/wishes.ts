import { LEVELS } from 'src/modules/client/profile/profile.types';
import { EQUIPMENT, type Equipment, MUSCLE_GROUPS } from 'src/modules/client/questionnaire/questionnaire.types';
import { type CatalogueExercise, PLAN_GOALS, type Wishes } from 'src/modules/program/generator/generator.types';
import { exerciseId, type SeededExercise } from 'src/database/exercise-catalogue';
import { readExercises } from 'test/architecture/exercises';
import { IS_EVERY_EQUIPMENT, LENGTHS } from 'test/support/generator-settings';

export const THINGS = EQUIPMENT.filter((thing) => thing !== 'bodyweight' && thing !== 'full_gym');

const HOMES: readonly (readonly Equipment[])[] = [
  ['dumbbells', 'bench', 'bands'],
  ['dumbbells', 'kettlebell', 'bands', 'jump_rope'],
  ['barbell', 'bench', 'dumbbells', 'pull_up_bar'],
  ['bands', 'pull_up_bar', 'jump_rope', 'kettlebell'],
  ['cardio_machines', 'dumbbells', 'bands'],
  ['machines', 'cables', 'cardio_machines'],
];

/** Nothing, everything, each thing alone, each pair, all but one, and what people have at home. */
function equipmentsThatMatter(): (readonly Equipment[])[] {
  const alone = THINGS.map((thing) => [thing]);
  const pairs = THINGS.flatMap((one, place) => THINGS.slice(place + 1).map((other) => [one, other]));
  const allButOne = THINGS.map((thing) => THINGS.filter((other) => other !== thing));
  return [['bodyweight'], ['full_gym'], ...alone, ...pairs, ...allButOne, ...HOMES];
}

function everyEquipment(): Equipment[][] {
  return Array.from({ length: 2 ** THINGS.length }, (_, bits) => [
    'bodyweight',
    ...THINGS.filter((_, place) => (bits >> place) % 2 === 1),
  ]);
}

/** The whole product of wishes; `at` takes the one with this number. */
export function allWishes(): { count: number; at: (number: number) => Wishes } {
  const equipments = IS_EVERY_EQUIPMENT ? everyEquipment() : equipmentsThatMatter();
  const injuries = [null, ...MUSCLE_GROUPS];
  const frequencies = [1, 2, 3, 4, 5, 6, 7];
  const axes = [PLAN_GOALS, LEVELS, frequencies, injuries, LENGTHS, equipments];
  return {
    count: axes.reduce((count, { length }) => count * length, 1),
    at: (number) => {
      let rest = number;
      const next = <Value>(values: readonly Value[]): Value => {
        const value = values[rest % values.length];
        rest = Math.floor(rest / values.length);
        return value as Value;
      };
      const goal = next(PLAN_GOALS);
      const level = next(LEVELS);
      const frequency = next(frequencies);
      const injury = next(injuries);
      const durationMin = next(LENGTHS);
      const equipment = next(equipments);
      return { goal, level, frequency, durationMin, equipment, targetZones: [], injuryZones: injury ? [injury] : [] };
    },
  };
}

/** The exercises that the product ships. */
export function shippedCatalogue(): CatalogueExercise[] {
  return [...readExercises().values()].flat().map(catalogued);
}

function catalogued({ slug, category, difficulty, equipment, primary }: SeededExercise): CatalogueExercise {
  return { id: exerciseId(slug), slug, category, difficulty, equipment, primary } as CatalogueExercise;
}
