import type { DoneSets, Target } from 'src/modules/program/progression/progression.rules';

/** Numbers between 0 and 1, the same for the same seed (xorshift). */
export function numbersOf(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 0x9e3779b9) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm += 1) next();
  return next;
}

export interface Talent {
  /** What he lifts for all repetitions of the first set, when he begins. */
  strengthKg: number;
  /** What he comes near to in a year. */
  ceilingKg: number;
  /** Which part of the way to the ceiling one session brings him. */
  gain: number;
}

/** Each set is so much harder than the one before. */
const FATIGUE = 0.015;
/** Good and bad days: up to so much to either side. */
export const MOODS = 0.03;
/** A week without training costs so much of the strength, and what was there once comes back so much faster. */
const LOSS_A_WEEK = 0.035;
const MEMORY = 6;
/** So much too heavy costs one repetition. */
const PER_REPETITION = 0.025;

/**
 * Somebody who trains: gains by training, loses by pausing, has good and bad days, and does what his target says as
 * far as he can. Nothing about him is left to chance but by his seed.
 */
export class Lifter {
  private bestKg: number;

  constructor(
    private readonly talent: Talent,
    private readonly random: () => number,
    /** What he lifts for all repetitions of a first set, on a usual day. */
    public strengthKg = talent.strengthKg,
  ) {
    this.bestKg = strengthKg;
  }

  /** @param form 1 on a usual day, less when he is ill */
  train(target: Target, form: number): DoneSets[] {
    const today = this.strengthKg * form * (1 + (this.random() * 2 - 1) * MOODS);
    const weightKg = target.weightKg ?? this.ownChoice();
    const sets = Array.from({ length: target.sets }, (_, place) => {
      const limit = today * (1 - FATIGUE * place);
      const missing = weightKg <= limit ? 0 : Math.ceil((weightKg / limit - 1) / PER_REPETITION);
      return { setsCount: 1, reps: Math.max(0, target.reps - missing), weightKg };
    });
    this.gain();
    return sets;
  }

  pauseForAWeek(): void {
    this.strengthKg *= 1 - LOSS_A_WEEK;
  }

  /** Who is not told a weight takes an easy one. */
  private ownChoice(): number {
    return Math.max(2.5, Math.floor((this.strengthKg * 0.75) / 2.5) * 2.5);
  }

  private gain(): void {
    const speed = this.strengthKg < this.bestKg ? this.talent.gain * MEMORY : this.talent.gain;
    const step = (this.talent.ceilingKg - this.strengthKg) * speed;
    // Memory helps as far as he was already, and no further.
    this.strengthKg =
      this.strengthKg < this.bestKg ? Math.min(this.bestKg, this.strengthKg + step) : this.strengthKg + step;
    this.bestKg = Math.max(this.bestKg, this.strengthKg);
  }
}
