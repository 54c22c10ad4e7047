import type { MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import type { PlanGoal } from './generator.types';

export interface OwnBlock {
  category: ExerciseCategory | 'core';
  sets: number;
  reps: number;
  /** The muscles that it names. */
  groups?: readonly MuscleGroup[];
}

export interface OwnDay {
  dayOfWeek: number;
  name: string;
  blocks: readonly OwnBlock[];
}

const block = (
  category: OwnBlock['category'],
  sets: number,
  reps: number,
  groups?: readonly MuscleGroup[],
): OwnBlock => ({ category, sets, reps, ...(groups && { groups }) });

/** A strength exercise for each muscle that the day names. */
const fullBody = (...groups: MuscleGroup[]): readonly OwnBlock[] => [
  ...groups.map(() => block('strength', 3, 12, groups)),
  block('cardio', 1, 20),
  block('core', 3, 15),
];
const REHAB = [block('rehab', 2, 12), block('flexibility', 2, 20), block('rehab', 2, 12)];

/** What three sessions a week are, goal by goal. For muscles they are push, pull and legs, like other weeks. */
export const OWN_WEEKS: Readonly<Partial<Record<PlanGoal, readonly OwnDay[]>>> = {
  lose_weight: [
    { dayOfWeek: 0, name: 'full_a', blocks: fullBody('quads', 'chest') },
    { dayOfWeek: 2, name: 'cardio_core', blocks: [block('cardio', 1, 30), block('core', 3, 20), block('hiit', 2, 15)] },
    { dayOfWeek: 4, name: 'full_b', blocks: fullBody('back', 'glutes') },
  ],
  well_being: [
    {
      dayOfWeek: 0,
      name: 'yoga_core',
      blocks: [block('yoga', 1, 10), block('core', 3, 15), block('flexibility', 2, 20)],
    },
    {
      dayOfWeek: 2,
      name: 'light_cardio',
      blocks: [block('cardio', 1, 30), block('flexibility', 2, 20), block('core', 2, 15)],
    },
    {
      dayOfWeek: 4,
      name: 'global',
      blocks: [block('strength', 3, 12), block('core', 3, 15), block('yoga', 1, 15)],
    },
  ],
  endurance: [
    { dayOfWeek: 0, name: 'long', blocks: [block('cardio', 1, 45), block('core', 2, 20)] },
    {
      dayOfWeek: 2,
      name: 'intervals',
      blocks: [block('hiit', 4, 10), block('cardio', 1, 15), block('core', 2, 15)],
    },
    {
      dayOfWeek: 4,
      name: 'endurance_strength',
      blocks: [block('cardio', 1, 30), block('strength', 3, 15, ['quads']), block('core', 2, 15)],
    },
  ],
  rehab: [
    { dayOfWeek: 0, name: 'rehab', blocks: REHAB },
    { dayOfWeek: 2, name: 'gentle', blocks: [block('flexibility', 2, 20), block('yoga', 1, 10)] },
    { dayOfWeek: 4, name: 'rehab', blocks: REHAB },
  ],
};
