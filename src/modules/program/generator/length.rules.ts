import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { isCountedInMinutes } from 'src/modules/program/plans/plan.rules';
import type { Candidate } from './candidate.rules';
import type { Block } from './template.rules';

/** An exercise in its place of a session. */
export interface Choice {
  block: Block;
  candidate: Candidate;
  sets: number;
  reps: number;
}

export const TOLERANCE_MIN = 10;

const WARM_UP_MIN = 5;
const REP_SECONDS = 4;
const FEWEST_SETS = 2;
const MOST_SETS = 6;
const FEWEST_MINUTES = 5;
const MOST_MINUTES = 60;

/** What an exercise takes that stands in for one of another category: about as long as most places are. */
const DOSES: Readonly<Record<ExerciseCategory, readonly [sets: number, reps: number]>> = {
  strength: [3, 12],
  cardio: [1, 5],
  flexibility: [2, 20],
  balance: [2, 15],
  hiit: [2, 15],
  yoga: [1, 5],
  pilates: [2, 15],
  rehab: [2, 12],
  sport: [2, 15],
  other: [3, 10],
};

export function choiceFor(block: Block, candidate: Candidate): Choice {
  const { category } = candidate.exercise;
  const [sets, reps] = category === block.category ? [block.sets, block.reps] : DOSES[category];
  return { block, candidate, sets, reps };
}

/** Minutes that a session takes, rounded. */
export function minutesOf(choices: readonly Choice[], restSeconds: number): number {
  const seconds = choices.reduce((sum, choice) => sum + secondsOf(choice, choice.sets, choice.reps, restSeconds), 0);
  return Math.round(WARM_UP_MIN + seconds / 60);
}

/** Minutes that it can be stretched to. */
export function mostMinutesOf(choices: readonly Choice[], restSeconds: number): number {
  const seconds = choices.reduce(
    (sum, choice) =>
      sum +
      (isTimed(choice)
        ? secondsOf(choice, choice.sets, Math.max(choice.reps, MOST_MINUTES), restSeconds)
        : secondsOf(choice, Math.max(choice.sets, MOST_SETS), choice.reps, restSeconds)),
    0,
  );
  return Math.round(WARM_UP_MIN + seconds / 60);
}

export function isWithin(minutes: number, wished: number): boolean {
  return Math.abs(minutes - wished) <= TOLERANCE_MIN;
}

/** Takes away the last ones as long as there is enough without them, and makes what is left shorter. */
export function shorten(choices: Choice[], wished: number, restSeconds: number): void {
  const isTooLong = (): boolean => minutesOf(choices, restSeconds) > wished + TOLERANCE_MIN;
  while (choices.length > 1 && isTooLong()) {
    if (minutesOf(choices.slice(0, -1), restSeconds) < wished - TOLERANCE_MIN) break;
    choices.pop();
  }
  if (!isTooLong()) return;
  for (const choice of choices.toReversed())
    while (minutesOf(choices, restSeconds) > wished) {
      if (!isTimed(choice) && choice.sets > FEWEST_SETS) choice.sets--;
      else if (isTimed(choice) && choice.reps > FEWEST_MINUTES) choice.reps--;
      else break;
    }
}

/** A set more for each in turn, and when no more sets are to be had, a minute more. */
export function stretch(choices: readonly Choice[], wished: number, restSeconds: number): void {
  const more = (canGrow: (choice: Choice) => boolean, grow: (choice: Choice) => void): void => {
    for (let growing = choices.filter(canGrow); growing.length > 0; growing = growing.filter(canGrow))
      for (const choice of growing) {
        if (minutesOf(choices, restSeconds) >= wished) return;
        grow(choice);
      }
  };
  more(
    (choice) => !isTimed(choice) && choice.sets < MOST_SETS,
    (choice) => choice.sets++,
  );
  more(
    (choice) => isTimed(choice) && choice.reps < MOST_MINUTES,
    (choice) => choice.reps++,
  );
}

function secondsOf(choice: Choice, sets: number, reps: number, restSeconds: number): number {
  return isTimed(choice) ? sets * reps * 60 : sets * (reps * REP_SECONDS + restSeconds);
}

function isTimed({ candidate }: Choice): boolean {
  return isCountedInMinutes(candidate.exercise.category);
}
