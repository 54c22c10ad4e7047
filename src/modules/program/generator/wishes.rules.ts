import type { Goal, Level } from 'src/modules/client/profile/profile.types';
import type { Equipment, MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { PlanGoal, Wishes } from './generator.types';

/** What somebody answered; what is missing or null takes its default (rules §14.1). */
export interface Answers {
  goal?: Goal | null | undefined;
  level?: Level | null | undefined;
  frequency?: number | null | undefined;
  durationMin?: number | null | undefined;
  equipment?: readonly Equipment[] | null | undefined;
  targetZones?: readonly MuscleGroup[] | null | undefined;
  injuryZones?: readonly MuscleGroup[] | null | undefined;
}

const LONGEST_SESSION_MIN = 120;

const GOAL_OF_PLAN: Readonly<Record<Goal, PlanGoal>> = {
  lose_weight: 'lose_weight',
  muscle_gain: 'muscle_gain',
  endurance: 'endurance',
  well_being: 'well_being',
  sport_perf: 'endurance',
  rehabilitation: 'rehab',
  other: 'well_being',
};

export function wishesOf(answers: Answers): Wishes {
  return {
    goal: GOAL_OF_PLAN[answers.goal ?? 'well_being'],
    level: answers.level ?? 'beginner',
    frequency: answers.frequency ?? 3,
    durationMin: answers.durationMin ?? 60,
    equipment: answers.equipment ?? [],
    targetZones: answers.targetZones ?? [],
    injuryZones: answers.injuryZones ?? [],
  };
}

/** Minutes that a session is planned for. */
export function plannedMinutes({ durationMin }: Wishes): number {
  return Math.min(durationMin, LONGEST_SESSION_MIN);
}

export function isCapped(wishes: Wishes): boolean {
  return plannedMinutes(wishes) < wishes.durationMin;
}

/** Nothing named, or a whole gym: everything is there. Otherwise what is named, and the body. */
export function hasEquipmentFor({ equipment }: Wishes, needed: readonly Equipment[]): boolean {
  if (equipment.length === 0 || equipment.includes('full_gym')) return true;
  return needed.every((thing) => thing === 'bodyweight' || equipment.includes(thing));
}
