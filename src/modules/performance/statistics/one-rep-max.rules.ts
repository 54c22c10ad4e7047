import { roundedKg } from 'src/common/i18n/weight-texts';
import type { BestLift, OneRepMax } from './statistics.types';

/** The best sets are told for so many repetitions. */
export const MOST_REPS_TOLD = 15;
/** Beyond, sets say more of endurance than of strength, and the formulas drift apart. */
const MOST_REPS_RECKONED = 12;

/**
 * Epley: weight × (1 + reps / 30), for two repetitions and more. What was lifted once needs no reckoning.
 *
 * @param reps 1 or more; meant for 12 at most
 */
export function epley(weight: number, reps: number): number {
  return reps === 1 ? weight : weight * (1 + reps / 30);
}

/**
 * Brzycki: weight × 36 / (37 − reps). Equal to Epley at 10 repetitions, lower below, higher above.
 *
 * @param reps 1 to 36, where the formula ends; meant for 12 at most
 */
export function brzycki(weight: number, reps: number): number {
  return (weight * 36) / (37 - reps);
}

/**
 * What could be lifted once, by both formulas from one set: of those of 1 to 12 repetitions and a weight the one that
 * Epley reckons highest; of equal ones the one of fewer repetitions, which is the surer. Null where there is none.
 *
 * @param lifts the heaviest for each number of repetitions, fewest repetitions first: no lighter one can reckon higher
 */
export function oneRepMaxOf(lifts: readonly BestLift[]): OneRepMax | null {
  const [first, ...others] = lifts
    .filter(({ weightKg, reps }) => weightKg > 0 && reps <= MOST_REPS_RECKONED)
    .map(({ weightKg, reps, at, sessionId }) => ({
      epleyKg: roundedKg(epley(weightKg, reps)),
      brzyckiKg: roundedKg(brzycki(weightKg, reps)),
      at,
      sessionId,
    }));
  return first ? others.reduce((best, other) => (other.epleyKg > best.epleyKg ? other : best), first) : null;
}
