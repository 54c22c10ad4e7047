/** How the latest training of an exercise met its target. */
export const TARGET_RESULTS = ['reached', 'partial', 'missed', 'none'] as const;
export type TargetResult = (typeof TARGET_RESULTS)[number];

export interface ExerciseProgress {
  exerciseTypeId: string;
  exerciseName: string;
  targetSets: number;
  targetReps: number;
  /** Of this client; null = none. */
  targetWeightKg: number | null;
  /** Of the heaviest set of the latest training, minutes where the target is minutes; null = none, or not told. */
  actualReps: number | null;
  actualWeightKg: number | null;
  status: TargetResult;
}

/** How far somebody is with a plan. */
export interface Progress {
  planId: string;
  /** In the weeks that have begun. */
  plannedSessions: number;
  completedSessions: number;
  /** 0–100, with one decimal. */
  completionPct: number;
  /** From 1; 0 before the start. */
  currentWeek: number;
  totalWeeks: number;
  /** By session and place. */
  exercises: ExerciseProgress[];
}
