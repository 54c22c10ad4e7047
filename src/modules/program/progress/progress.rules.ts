import { Temporal } from 'temporal-polyfill';
import type { GuidedSet } from 'src/modules/performance/sessions/guided-training.types';
import { resultOf } from 'src/modules/program/progression/progression.rules';
import type { Progress, TargetResult } from './progress.types';

/** What decides how far somebody is; days are those of the client's calendar. */
export interface Course {
  /** YYYY-MM-DD. */
  startDate: string;
  totalWeeks: number;
  /** One for each planned session of a week; 0 is Monday. */
  plannedDays: readonly number[];
  /** Today, or the last day of an assignment that is over. */
  today: Temporal.PlainDate;
  /** The day of each session that may have been one of the plan, since the start. */
  trainedOn: readonly Temporal.PlainDate[];
}

export type Completion = Pick<
  Progress,
  'plannedSessions' | 'completedSessions' | 'completionPct' | 'currentWeek' | 'totalWeeks'
>;

/**
 * Weeks run from the day of the start, and count from their first day on; a planned session is completed by one on its
 * very day. Each counts once: two planned for a day want two (rules §14.4).
 */
export function completionOf({ startDate, totalWeeks, plannedDays, today, trainedOn }: Course): Completion {
  const start = Temporal.PlainDate.from(startDate);
  const currentWeek = Math.min(totalWeeks, weekOf(start, today));
  const plannedSessions = plannedDays.length * currentWeek;
  const wanted = new Map<number, number>();
  for (const day of plannedDays) wanted.set(day, (wanted.get(day) ?? 0) + 1);
  const trained = new Map<string, number>();
  let completedSessions = 0;
  for (const day of trainedOn) {
    const week = weekOf(start, day);
    if (week < 1 || week > currentWeek) continue;
    const before = trained.get(day.toString()) ?? 0;
    trained.set(day.toString(), before + 1);
    if (before < (wanted.get(day.dayOfWeek - 1) ?? 0)) completedSessions += 1;
  }
  const completionPct = plannedSessions === 0 ? 0 : Math.round((completedSessions / plannedSessions) * 1000) / 10;
  return { plannedSessions, completedSessions, completionPct, currentWeek, totalWeeks };
}

/** 1 is the week that begins with the start; 0 is whatever was before. */
function weekOf(start: Temporal.PlainDate, day: Temporal.PlainDate): number {
  return Math.max(0, Math.floor(start.until(day).days / 7) + 1);
}

export interface Aim {
  targetSets: number;
  /** Minutes where it is timed. */
  targetReps: number;
  targetWeightKg: number | null;
  isTimed: boolean;
}

/** @param sets of the latest training of the exercise; none = it was not trained */
export function targetResultOf(aim: Aim, sets: readonly GuidedSet[]): TargetResult {
  if (sets.length === 0) return 'none';
  const target = { sets: aim.targetSets, reps: aim.targetReps, weightKg: aim.targetWeightKg };
  const done = sets.map((set) => ({ ...set, reps: amountOf(set, aim) }));
  const { reached, missed } = resultOf({ sets: done }, target);
  if (reached >= aim.targetSets) return 'reached';
  return missed >= aim.targetSets ? 'missed' : 'partial';
}

/** The heaviest set; of equally heavy ones the one with most repetitions. */
export function actualOf(
  aim: Aim,
  sets: readonly GuidedSet[],
): { actualReps: number | null; actualWeightKg: number | null } {
  const [best] = sets
    .map((set) => ({ actualReps: amountOf(set, aim), actualWeightKg: set.weightKg }))
    .sort(
      (one, other) =>
        (other.actualWeightKg ?? -1) - (one.actualWeightKg ?? -1) || (other.actualReps ?? -1) - (one.actualReps ?? -1),
    );
  return best ?? { actualReps: null, actualWeightKg: null };
}

/** Repetitions; of what is counted in minutes the whole minutes, where a time was taken. */
function amountOf({ reps, durationSeconds }: GuidedSet, { isTimed }: Aim): number | null {
  return isTimed && durationSeconds !== null ? Math.floor(durationSeconds / 60) : reps;
}
