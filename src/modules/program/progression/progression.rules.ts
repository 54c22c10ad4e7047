import { roundedKg } from 'src/common/i18n/weight-texts';
import type { Equipment } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { isCountedInMinutes } from 'src/modules/program/plans/plan.rules';
import type { AdjustmentReason } from './adjustment-reason.types';

/** Rules §14.5. */
export const STEP_KG = 2.5;
/** So many good sessions in a row, and the target grows. */
export const WINDOW = 3;
/** Where somebody begins who never said what he lifts. */
const FIRST_KG = 5;
/** More can not be written down. */
export const MOST_KG = 9_999;
/** One set may go wrong. */
const MISSES_THAT_COUNT = 2;

/** What a target in kilograms can be the weight of. */
const LOADS: ReadonlySet<Equipment> = new Set<Equipment>(['dumbbells', 'barbell', 'kettlebell', 'machines', 'cables']);

/** So many sets, alike, as somebody wrote them down. */
export interface DoneSets {
  setsCount: number;
  reps: number | null;
  /** Of each repetition; 0 = body weight; null = not given. */
  weightKg: number | null;
}

/** A session, as far as it is about one exercise. */
export interface DoneSession {
  sessionId: string;
  trainedAt: Date;
  sets: readonly DoneSets[];
}

export interface Target {
  sets: number;
  reps: number;
  /** Null = none was set so far. */
  weightKg: number | null;
}

/** All that decides about one target. */
export interface Course {
  target: Target;
  /** See `takesWeight`. */
  takesWeight: boolean;
  /** Since the start and since the last adjustment, oldest first; the last ones are enough. */
  sessions: readonly DoneSession[];
  /** The session that was just written down. */
  savedId: string;
  /** When the target became what it is for this person. */
  knownSince: Date;
}

/** Why a target stays. */
export type KeepReason =
  | 'body_weight'
  | 'nothing_new'
  | 'no_target_yet'
  | 'on_the_way'
  | 'one_missed'
  | 'not_known_yet'
  | 'at_zero'
  | 'at_most';

export type Decision =
  { act: 'keep'; reason: KeepReason } | { act: 'raise' | 'lower' | 'first'; toKg: number; reason: AdjustmentReason };

/**
 * Whether an exercise has a target weight at all: done with a load, and counted in repetitions. Where the plan itself
 * names a weight, its coach knows how it is carried.
 */
export function takesWeight(
  exercise: { category: ExerciseCategory; equipment: readonly Equipment[] },
  plannedKg: number | null,
): boolean {
  if (plannedKg !== null && plannedKg > 0) return true;
  return !isCountedInMinutes(exercise.category) && exercise.equipment.some((item) => LOADS.has(item));
}

/**
 * What a session says about a target: a row of n sets counts as n, and sets that are not there are missed. A set
 * without a figure that the target asks for proves nothing: it is neither reached nor missed.
 */
export function resultOf({ sets }: Pick<DoneSession, 'sets'>, target: Target): { reached: number; missed: number } {
  const reached = countOf(sets.filter((row) => standingOf(row, target) === 'reached'));
  const unproven = countOf(sets.filter((row) => standingOf(row, target) === 'unproven'));
  return { reached, missed: Math.max(0, target.sets - reached - unproven) };
}

/** What becomes of a target weight after a session (rules §14.5). The same course gives the same answer. */
export function decide(course: Course): Decision {
  const { target, sessions, savedId } = course;
  if (!course.takesWeight) return { act: 'keep', reason: 'body_weight' };
  const window = sessions.slice(-WINDOW);
  if (!window.some(({ sessionId }) => sessionId === savedId)) return { act: 'keep', reason: 'nothing_new' };
  if (window.length === WINDOW && window.every((session) => resultOf(session, target).reached >= target.sets))
    return target.weightKg === null ? first(window) : raise(target, target.weightKg);
  const last = window.at(-1);
  // What came after it was judged when it was written down.
  if (last?.sessionId !== savedId) return { act: 'keep', reason: 'nothing_new' };
  return afterOne(last, target, course.knownSince);
}

function afterOne(last: DoneSession, target: Target, knownSince: Date): Decision {
  if (target.weightKg === null) return { act: 'keep', reason: 'no_target_yet' };
  const { missed } = resultOf(last, target);
  if (missed < MISSES_THAT_COUNT) return { act: 'keep', reason: missed === 0 ? 'on_the_way' : 'one_missed' };
  // Who trained before the target became what it is could not know it.
  if (last.trainedAt <= knownSince) return { act: 'keep', reason: 'not_known_yet' };
  if (target.weightKg === 0) return { act: 'keep', reason: 'at_zero' };
  const figures = { missed, sets: target.sets, reps: target.reps, weight_kg: target.weightKg };
  return { act: 'lower', toKg: Math.max(0, roundedKg(target.weightKg - STEP_KG)), reason: { key: 'lowered', figures } };
}

function raise({ sets, reps }: Target, weightKg: number): Decision {
  if (weightKg >= MOST_KG) return { act: 'keep', reason: 'at_most' };
  const figures = { sessions: WINDOW, sets, reps, weight_kg: weightKg };
  return { act: 'raise', toKg: Math.min(MOST_KG, roundedKg(weightKg + STEP_KG)), reason: { key: 'raised', figures } };
}

/** 0 is body weight: whoever wrote it used no weight. */
function first(window: readonly DoneSession[]): Decision {
  const used = window.flatMap(({ sets }) => sets.map(({ weightKg }) => weightKg ?? 0)).filter((weight) => weight > 0);
  const figures = { sessions: WINDOW };
  if (used.length === 0) return { act: 'first', toKg: FIRST_KG, reason: { key: 'first_without_weights', figures } };
  const toKg = Math.min(...used);
  return { act: 'first', toKg, reason: { key: 'first_weight', figures: { ...figures, weight_kg: toKg } } };
}

function standingOf({ reps, weightKg }: DoneSets, target: Target): 'reached' | 'missed' | 'unproven' {
  // Whatever somebody lifts, it is at least nothing.
  const asked = target.weightKg !== null && target.weightKg > 0 ? target.weightKg : null;
  if (reps !== null && reps < target.reps) return 'missed';
  if (asked !== null && weightKg !== null && weightKg < asked) return 'missed';
  return reps === null || (asked !== null && weightKg === null) ? 'unproven' : 'reached';
}

function countOf(sets: readonly DoneSets[]): number {
  return sets.reduce((sum, { setsCount }) => sum + setsCount, 0);
}

/** A planned exercise, as far as it tells which sessions are its own. */
export interface Prescription {
  exerciseTypeId: string;
  /** 0 is Monday. */
  dayOfWeek: number;
  targetSets: number;
  targetReps: number;
  /** As the plan has it for everybody. */
  plannedKg: number | null;
}

/**
 * The days of the week (0 is Monday) on which a session with the exercise counts for a place in the plan; null =
 * on every day. They matter only where a plan asks for different things with one exercise: a heavy Monday says
 * nothing about a light Thursday, and on another day nobody knows which of them was meant.
 */
export function daysOfEach(plan: readonly Prescription[]): (own: Prescription) => number[] | null {
  const exercises = new Map<string, Map<string, Set<number>>>();
  for (const place of plan) {
    const doses = exercises.get(place.exerciseTypeId) ?? new Map<string, Set<number>>();
    const days = doses.get(doseOf(place)) ?? new Set();
    exercises.set(place.exerciseTypeId, doses.set(doseOf(place), days.add(place.dayOfWeek)));
  }
  return (own) => {
    const doses = exercises.get(own.exerciseTypeId);
    if (!doses || doses.size === 1) return null;
    return [...(doses.get(doseOf(own)) ?? [])].sort((one, other) => one - other);
  };
}

/** What is asked for, to be compared. */
function doseOf({ targetSets, targetReps, plannedKg }: Prescription): string {
  return `${String(targetSets)} ${String(targetReps)} ${String(plannedKg)}`;
}

/**
 * Only what holds can be taken back: not what was refused, followed by another one, or changed by the coach since, and
 * nothing of a programme that is over.
 */
export function isRefusable(adjustment: {
  refusedAt: Date | null;
  isNewest: boolean;
  isPlanUnchanged: boolean;
  isFollowed: boolean;
}): boolean {
  const { refusedAt, isNewest, isPlanUnchanged, isFollowed } = adjustment;
  return refusedAt === null && isNewest && isPlanUnchanged && isFollowed;
}
