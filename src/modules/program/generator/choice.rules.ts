import { EXERCISE_CATEGORIES, type ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import { type Candidate, type Candidates, isAbove } from './candidate.rules';
import type { Focus } from './focus.rules';
import type { RelaxableRule } from './generator.types';
import type { Choice } from './length.rules';
import { meet, type Muscles, NO_MUSCLES, regionsAround, tiredBy, within } from './muscle.rules';
import { shuffled } from './seed.rules';
import type { Block } from './template.rules';

export type Relaxed = ReadonlySet<RelaxableRule>;

export const NOTHING_RELAXED: Relaxed = new Set();

/** What a day has to mind, besides its template. */
export interface Circumstances {
  /** Of the seed and the day. */
  salt: number;
  targetZones: Muscles;
  /** The days before and after work these. */
  tired: Muscles;
  /** One of these days is intense, and the week has few. */
  isAfterIntense: boolean;
  /** What the week still lacks. */
  missing: Muscles;
}

/** What comes nearest to a category, when it has nothing to offer; the others follow. */
const NEAREST: Readonly<Record<ExerciseCategory, readonly ExerciseCategory[]>> = {
  strength: ['pilates', 'rehab', 'balance', 'sport', 'hiit', 'yoga'],
  cardio: ['sport', 'hiit', 'yoga', 'balance'],
  hiit: ['cardio', 'sport', 'strength'],
  yoga: ['flexibility', 'pilates', 'balance'],
  flexibility: ['yoga', 'pilates', 'balance', 'rehab'],
  rehab: ['balance', 'flexibility', 'pilates', 'yoga'],
  balance: ['pilates', 'yoga'],
  pilates: ['yoga', 'balance', 'strength'],
  sport: ['cardio', 'hiit'],
  other: ['flexibility', 'yoga'],
};
const CATEGORIES_FOR = new Map(
  EXERCISE_CATEGORIES.map((wanted) => [wanted, [...new Set([wanted, ...NEAREST[wanted], ...EXERCISE_CATEGORIES])]]),
);

const MOST_COUNTED = 15;
const TURNS = 8;
/** After whatever trains a part that has its turn. */
const [LAST_TURN, NO_MUSCLE, SAME_REGION, ELSEWHERE] = [199, 200, 201, 202];

/** Strength asks for a muscle of its focus; other kinds may do without any, but not with others. */
export function keepsFocus({ muscles }: Candidate, { category, focus }: Block): boolean {
  return within(muscles, focus.muscles) && (muscles !== NO_MUSCLES || category !== 'strength');
}

/** The best exercise for a place that the session does not have yet (rules §14.3); null when there is none. */
export function choose(
  candidates: Candidates,
  block: Block,
  choices: readonly Choice[],
  circumstances: Circumstances,
  relaxed: Relaxed,
): Candidate | null {
  const categories = CATEGORIES_FOR.get(block.category) ?? [];
  const taken = new Set(choices.map(({ candidate }) => candidate));
  const turns = turnsOf(block.focus, choices);
  let best: Candidate | null = null;
  let bestRank = Infinity;
  for (const [distance, category] of categories.entries()) {
    if (distance > 0 && !relaxed.has('template_category')) break;
    for (const candidate of candidates.get(category) ?? []) {
      if (taken.has(candidate) || !isAllowed(candidate, block, circumstances, relaxed)) continue;
      const rank = rankOf(candidate, distance, block, turns, choices, circumstances);
      if (rank < bestRank || (rank === bestRank && best && comesBefore(candidate, best, circumstances.salt))) {
        best = candidate;
        bestRank = rank;
      }
    }
  }
  return best;
}

function isAllowed(candidate: Candidate, block: Block, circumstances: Circumstances, relaxed: Relaxed): boolean {
  if (isAbove(candidate) && !relaxed.has('level')) return false;
  if (!keepsFocus(candidate, block) && !relaxed.has('focus')) return false;
  if (meet(tiredBy(candidate.muscles), circumstances.tired) && !relaxed.has('consecutive_muscle')) return false;
  return (
    !circumstances.isAfterIntense || candidate.exercise.category !== 'hiit' || relaxed.has('consecutive_intensity')
  );
}

/** One number, the smaller the better, that compares as its parts would one after another. */
function rankOf(
  candidate: Candidate,
  distance: number,
  block: Block,
  turns: readonly number[],
  choices: readonly Choice[],
  { targetZones, missing }: Circumstances,
): number {
  const { muscles, levelRank } = candidate;
  const lacks = missing === NO_MUSCLES || meet(muscles, missing) ? 0 : 1;
  const isWished = meet(muscles, targetZones) ? 0 : 1;
  let rank = lacks * EXERCISE_CATEGORIES.length + distance;
  rank = rank * 256 + focusRankOf(candidate, block, turns);
  rank = rank * 2 + isWished;
  rank = rank * (MOST_COUNTED + 1) + timesWorked(muscles, choices);
  return rank * 8 + levelRank;
}

function focusRankOf(candidate: Candidate, block: Block, turns: readonly number[]): number {
  const { focus } = block;
  if (!keepsFocus(candidate, block))
    return meet(candidate.muscles, regionsAround(focus.muscles)) ? SAME_REGION : ELSEWHERE;
  if (focus.turns.length === 0) return 0;
  if (candidate.muscles === NO_MUSCLES) return NO_MUSCLE;
  let rank = LAST_TURN;
  for (const [place, turn] of focus.turns.entries()) {
    const turnRank = (turns[place] ?? 0) * TURNS + place;
    if (turnRank < rank && meet(candidate.muscles, turn)) rank = turnRank;
  }
  return rank;
}

/** How often each part has had its turn. */
function turnsOf({ turns }: Focus, choices: readonly Choice[]): number[] {
  return turns.map((turn) => timesWorked(turn, choices));
}

function timesWorked(muscles: Muscles, choices: readonly Choice[]): number {
  let times = 0;
  for (const { candidate } of choices) if (times < MOST_COUNTED && meet(candidate.muscles, muscles)) times++;
  return times;
}

function comesBefore(one: Candidate, other: Candidate, salt: number): boolean {
  const [first, second] = [shuffled(one.hash, salt), shuffled(other.hash, salt)];
  return first === second ? one.exercise.slug < other.exercise.slug : first < second;
}
