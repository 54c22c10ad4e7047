import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { type Focus, focusOn, focusOnGroups, NO_FOCUS } from './focus.rules';
import type { PlanGoal, Wishes } from './generator.types';
import { type Muscles, NO_MUSCLES, type Region } from './muscle.rules';
import { OWN_WEEKS, type OwnBlock } from './own-week.rules';

/** A place of a session that asks for one exercise, and again when the session is long. */
export interface Block {
  category: ExerciseCategory;
  sets: number;
  /** Minutes where the category is counted in minutes. */
  reps: number;
  focus: Focus;
}

export interface DayTemplate {
  dayOfWeek: number;
  /** The end of the session's key. */
  name: string;
  blocks: readonly Block[];
  /** All that its blocks ask for. */
  muscles: Muscles;
}

type TemplateGoal = Exclude<PlanGoal, 'maintenance'>;
type Dose = readonly [category: ExerciseCategory | 'core', sets: number, reps: number];

const FULL: readonly Region[] = ['push', 'pull', 'legs', 'core'];

/** By frequency: the days, and what each is about. */
const WEEKS: Readonly<Record<number, readonly (readonly [day: number, regions: readonly Region[]])[]>> = {
  1: [[0, FULL]],
  2: [
    [0, FULL],
    [3, FULL],
  ],
  3: [
    [0, ['push']],
    [2, ['pull']],
    [4, ['legs']],
  ],
  4: [
    [0, ['push', 'pull']],
    [1, ['legs', 'core']],
    [3, ['push', 'pull']],
    [5, ['legs', 'core']],
  ],
  5: [
    [0, ['push']],
    [1, ['legs']],
    [2, ['pull', 'core']],
    [4, ['push', 'pull']],
    [5, ['legs']],
  ],
  6: [
    [0, ['push']],
    [1, ['pull', 'core']],
    [2, ['legs']],
    [3, ['push']],
    [4, ['pull', 'core']],
    [5, ['legs']],
  ],
  7: [
    [0, ['push']],
    [1, ['pull']],
    [2, ['legs']],
    [3, ['push']],
    [4, ['pull']],
    [5, ['legs']],
    [6, ['core']],
  ],
};
const FOUR_DAYS_OF_MUSCLE: (typeof WEEKS)[number] = [
  [0, ['push']],
  [1, ['pull']],
  [3, ['legs']],
  [5, ['push']],
];

const BLOCKS: Readonly<Record<TemplateGoal, readonly Dose[]>> = {
  lose_weight: [
    ['strength', 3, 12],
    ['strength', 3, 12],
    ['cardio', 1, 20],
    ['hiit', 2, 15],
  ],
  muscle_gain: [
    ['strength', 4, 8],
    ['strength', 3, 10],
    ['strength', 3, 12],
  ],
  well_being: [
    ['strength', 3, 12],
    ['yoga', 1, 10],
    ['flexibility', 2, 20],
  ],
  endurance: [
    ['cardio', 1, 30],
    ['strength', 3, 15],
    ['hiit', 4, 10],
  ],
  rehab: [
    ['rehab', 2, 12],
    ['flexibility', 2, 20],
  ],
};
const EASY_BLOCKS: readonly Dose[] = [
  ['yoga', 1, 10],
  ['flexibility', 2, 20],
  ['core', 3, 15],
];
const EASY_DAY = 6;

const REST_SECONDS: Readonly<Record<TemplateGoal, number>> = {
  lose_weight: 60,
  muscle_gain: 90,
  well_being: 45,
  endurance: 45,
  rehab: 45,
};

export function restSecondsOf(goal: PlanGoal): number {
  return REST_SECONDS[templateGoalOf(goal)];
}

/** The sessions that a week is to have (rules §14.2), by day. */
export function templatesOf({ goal, frequency, targetZones }: Wishes): DayTemplate[] {
  const own = frequency === 3 ? OWN_WEEKS[templateGoalOf(goal)] : undefined;
  if (own)
    return own.map(({ dayOfWeek, name, blocks }) =>
      template(
        dayOfWeek,
        name,
        blocks.map((block) => ownBlock(block, targetZones)),
      ),
    );
  const week = frequency === 4 && goal === 'muscle_gain' ? FOUR_DAYS_OF_MUSCLE : (WEEKS[frequency] ?? []);
  return week.map(([dayOfWeek, regions]) => {
    const isEasy = dayOfWeek === EASY_DAY;
    const focus = focusOn(regions, targetZones);
    const doses = isEasy ? EASY_BLOCKS : BLOCKS[templateGoalOf(goal)];
    return template(
      dayOfWeek,
      nameOf(regions, isEasy),
      doses.map(([category, sets, reps]) =>
        category === 'core'
          ? { category: 'strength', sets, reps, focus: focusOnGroups(['core'], targetZones) }
          : { category, sets, reps, focus },
      ),
    );
  });
}

function template(dayOfWeek: number, name: string, blocks: readonly Block[]): DayTemplate {
  const muscles = blocks.reduce((all, { focus }) => all | focus.muscles, NO_MUSCLES);
  return { dayOfWeek, name, blocks, muscles };
}

function ownBlock({ category, sets, reps, groups }: OwnBlock, targetZones: Wishes['targetZones']): Block {
  if (category === 'core') return { category: 'strength', sets, reps, focus: focusOnGroups(['core'], targetZones) };
  if (groups) return { category, sets, reps, focus: focusOnGroups(groups, targetZones) };
  return { category, sets, reps, focus: category === 'strength' ? focusOn(FULL, targetZones) : NO_FOCUS };
}

function nameOf(regions: readonly Region[], isEasy: boolean): string {
  if (isEasy) return 'easy';
  return regions.length === FULL.length ? 'full' : regions.join('_');
}

function templateGoalOf(goal: PlanGoal): TemplateGoal {
  return goal === 'maintenance' ? 'well_being' : goal;
}
