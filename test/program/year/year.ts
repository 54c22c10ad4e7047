import {
  decide,
  type Decision,
  type DoneSession,
  resultOf,
  type Target,
} from 'src/modules/program/progression/progression.rules';
import { Lifter, numbersOf, type Talent } from './lifter';

/** An exercise that somebody does on Mondays, Wednesdays and Fridays for a year. */
export interface Story {
  name: string;
  talent: Talent;
  /** As the plan has it. */
  target: Target;
  takesWeight: boolean;
}

/** Weeks from 0 in which something is not as usual. */
export interface Times {
  ill: ReadonlySet<number>;
  away: ReadonlySet<number>;
}

/** One training. */
export interface Point {
  /** From 0, over the whole year. */
  training: number;
  /** From 0. */
  week: number;
  at: Date;
  /** What he was to lift. */
  targetKg: number | null;
  /** What he lifts for all repetitions of a first set, on a usual day. */
  strengthKg: number;
  missed: number;
  decision: Decision;
}

const MONDAY = Date.UTC(2026, 0, 5, 18);
const DAY_MS = 86_400_000;
export const WEEKS = 52;
/** Of the year that the docs show. */
export const SEED = 7;
export const ORDINARY: Times = { ill: new Set([9, 10, 43]), away: new Set([26, 27, 28]) };
/** Of the strength, in an ill week. */
export const ILL = 0.85;

export const STORIES: readonly Story[] = [
  {
    name: 'Back squat, 3 × 8, the coach begins at 50 kg',
    talent: { strengthKg: 62, ceilingKg: 120, gain: 0.009 },
    target: { sets: 3, reps: 8, weightKg: 50 },
    takesWeight: true,
  },
  {
    name: 'Bench press, 4 × 10, no weight given',
    talent: { strengthKg: 40, ceilingKg: 72, gain: 0.008 },
    target: { sets: 4, reps: 10, weightKg: null },
    takesWeight: true,
  },
  {
    name: 'Dumbbell row, 3 × 12, the coach begins too high, at 40 kg',
    talent: { strengthKg: 24, ceilingKg: 42, gain: 0.007 },
    target: { sets: 3, reps: 12, weightKg: 40 },
    takesWeight: true,
  },
];

/** What the rules make of such a year; the same for the same seed. */
export function yearOf(story: Story, seed: number, times: Times = ORDINARY): Point[] {
  const lifter = new Lifter(story.talent, numbersOf(seed));
  const points: Point[] = [];
  let target = story.target;
  let sessions: DoneSession[] = [];
  let knownSince = new Date(MONDAY - DAY_MS);
  for (let week = 0; week < WEEKS; week += 1) {
    if (times.away.has(week)) {
      lifter.pauseForAWeek();
      continue;
    }
    for (const day of [0, 2, 4]) {
      const at = new Date(MONDAY + (week * 7 + day) * DAY_MS);
      const { strengthKg } = lifter;
      const sets = lifter.train(target, times.ill.has(week) ? ILL : 1);
      const session = { sessionId: String(points.length), trainedAt: at, sets };
      sessions = [...sessions, session];
      const course = { target, takesWeight: story.takesWeight, sessions, savedId: session.sessionId, knownSince };
      const decision = decide(course);
      const { missed } = resultOf(session, target);
      points.push({ training: points.length, week, at, targetKg: target.weightKg, strengthKg, missed, decision });
      if (decision.act === 'keep') continue;
      target = { ...target, weightKg: decision.toKg };
      sessions = [];
      knownSince = at;
    }
  }
  return points;
}

/** How a year went, in the words of the page that shows it. */
export function figuresOf(
  points: readonly Point[],
): Record<'first' | 'last' | 'highest' | 'raises' | 'lowers', number> {
  const weights = points.flatMap(({ targetKg }) => (targetKg === null ? [] : [targetKg]));
  const count = (act: Decision['act']): number => points.filter(({ decision }) => decision.act === act).length;
  return {
    ...{ first: weights.at(0) ?? 0, last: weights.at(-1) ?? 0, highest: Math.max(...weights) },
    ...{ raises: count('raise'), lowers: count('lower') },
  };
}
