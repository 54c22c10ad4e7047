import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { Temporal } from 'temporal-polyfill';
import type { ActivityDraft, PushedSport } from './strava.types';

/** A line of a session: so many sets of an exercise, alike. */
export interface DoneSet {
  exerciseTypeId: string;
  exercise: { slug: string; name: string; category: ExerciseCategory };
  setsCount: number;
  reps: number | null;
  weightKg: number | null;
  durationSeconds: number | null;
}

/** What of a session Strava is told. */
export interface DoneSession {
  trainedAt: Date;
  durationMin: number | null;
  /** In their order. */
  sets: readonly DoneSet[];
}

/** In whose words and clock. */
export interface Teller {
  timezone: string;
  /** The name of the activity, in his language. */
  name: string;
  /** A weight as he writes it. */
  weight: (weightKg: number) => string;
}

/** Where nobody says how long a session took. */
const UNKNOWN_SECONDS = 3_600;
/** More of a description nobody reads. */
const MOST_DESCRIPTION = 4_000;

/** Exercises of the catalogue that are running, and those that are riding; the others are a workout. */
export const RUNS: ReadonlySet<string> = new Set([
  'easy-jog',
  'steady-run',
  'tempo-run',
  'hill-run',
  'treadmill-run',
  'sprint-intervals',
  'shuttle-run',
]);
export const RIDES: ReadonlySet<string> = new Set(['stationary-bike', 'bike-sprint']);

/** How Strava is told of a session (rules §16.2). */
export function draftOf(
  { trainedAt, durationMin, sets }: DoneSession,
  { timezone, name, weight }: Teller,
): ActivityDraft {
  return {
    name,
    sportType: sportOf(sets),
    startDateLocal: localStart(trainedAt, timezone),
    elapsedSeconds: durationMin === null ? UNKNOWN_SECONDS : durationMin * 60,
    description: descriptionOf(sets, weight),
  };
}

/** Strength when more than half of the sets are; running or riding when nothing else was done. */
export function sportOf(sets: readonly DoneSet[]): PushedSport {
  const count = (accepts: (set: DoneSet) => boolean): number =>
    sets.filter(accepts).reduce((sum, { setsCount }) => sum + setsCount, 0);
  if (count(({ exercise }) => exercise.category === 'strength') * 2 > count(() => true)) return 'WeightTraining';
  if (sets.length > 0 && sets.every(({ exercise }) => RUNS.has(exercise.slug))) return 'Run';
  if (sets.length > 0 && sets.every(({ exercise }) => RIDES.has(exercise.slug))) return 'Ride';
  return 'Workout';
}

/** One line for each exercise, in the order of the session: its best set. Whole lines, as many as are read. */
export function descriptionOf(sets: readonly DoneSet[], weight: Teller['weight']): string {
  const best = new Map<string, DoneSet>();
  for (const set of sets) {
    const known = best.get(set.exerciseTypeId);
    if (!known || isBetter(set, known)) best.set(set.exerciseTypeId, set);
  }
  let text = '';
  for (const set of best.values()) {
    const longer = text === '' ? lineOf(set, weight) : `${text}\n${lineOf(set, weight)}`;
    if (longer.length > MOST_DESCRIPTION) break;
    text = longer;
  }
  return text;
}

/** The heavier one, of two alike the one with more repetitions, then the longer one; of two alike the first. */
function isBetter(one: DoneSet, other: DoneSet): boolean {
  const order = [
    (one.weightKg ?? 0) - (other.weightKg ?? 0),
    (one.reps ?? 0) - (other.reps ?? 0),
    (one.durationSeconds ?? 0) - (other.durationSeconds ?? 0),
  ];
  return (order.find((difference) => difference !== 0) ?? 0) > 0;
}

/** `Squat: 3 × 5 × 100 kg`; `Plank: 2 × 1:30`. */
function lineOf({ exercise, setsCount, reps, weightKg, durationSeconds }: DoneSet, weight: Teller['weight']): string {
  const parts = [
    ...(setsCount > 1 ? [String(setsCount)] : []),
    ...(reps === null ? [] : [String(reps)]),
    ...(weightKg ? [weight(weightKg)] : []),
    ...(durationSeconds === null ? [] : [stopwatch(durationSeconds)]),
  ];
  return parts.length === 0 ? exercise.name : `${exercise.name}: ${parts.join(' × ')}`;
}

/** `0:45`, `12:00`, `1:02:03`. */
function stopwatch(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Strava reads a wall clock, whatever follows it. */
function localStart(at: Date, timezone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' });
}
