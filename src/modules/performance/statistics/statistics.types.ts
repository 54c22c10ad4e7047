import type { Period } from 'src/common/clock/local-days';
import type { MuscleGroup } from 'src/modules/client/questionnaire/questionnaire.types';
import type { Exercise } from 'src/modules/performance/exercises/exercise.service';

/** What was done of one exercise in one session. */
export interface ProgressionPoint {
  sessionId: string;
  at: Date;
  /** Null where no set tells a weight; 0 = body weight. */
  maxWeightKg: number | null;
  /** Null where no set tells both weight and repetitions. */
  totalVolumeKg: number | null;
  setsCount: number;
  isRecord: boolean;
}

/** The heaviest set of so many repetitions. */
export interface BestLift {
  reps: number;
  weightKg: number;
  at: Date;
  sessionId: string;
}

/** What somebody could lift once, reckoned from one set. Kilograms, two decimals. */
export interface OneRepMax {
  epleyKg: number;
  brzyckiKg: number;
  at: Date;
  sessionId: string;
}

export interface Progression {
  exercise: Pick<Exercise, 'id' | 'slug' | 'name'>;
  oneRepMax: OneRepMax | null;
  /** By repetitions. */
  bestByReps: BestLift[];
  /** Oldest first. */
  points: ProgressionPoint[];
}

/** Sessions of a week, added up. */
export interface WeekTally {
  sessionsCount: number;
  durationMin: number;
  /** 1–5, two decimals; null where nobody said. */
  averageFeeling: number | null;
  volumeKg: number;
  /** Of the month in which the week begins. */
  monthVolumeKg: number;
}

/** How often a muscle was the first to work. */
export interface MuscleWork {
  muscle: MuscleGroup;
  sets: number;
}

/** Sets of a period, and the muscles that they worked first, most sets first. */
export interface SetTally {
  setsCount: number;
  muscles: MuscleWork[];
}

export interface WeekFigures extends WeekTally {
  /** The Monday, `YYYY-MM-DD`. */
  weekStart: string;
  /** A week, as its owner told; null where he did not. */
  sessionsTarget: number | null;
  setsCount: number;
  /** In the order of the contract. */
  muscles: MuscleGroup[];
  streakDays: number;
}

/** One of several weeks that are looked at together. */
export interface WeekVolume extends Period {
  sessionsCount: number;
  volumeKg: number;
}

/** Weeks that follow one another, the running one last, and what their sets worked. */
export interface WeekSeries {
  weeks: WeekVolume[];
  work: SetTally;
}
