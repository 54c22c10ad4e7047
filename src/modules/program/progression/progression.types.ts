import type { TargetAdjustment } from 'src/modules/program/entities/target-adjustment.entity';
import type { Course, Prescription } from './progression.rules';

/** A planned exercise as one assignment has it: all that is known of its target but the sessions. */
export interface Pursuit extends Prescription, Pick<Course, 'target' | 'takesWeight' | 'knownSince'> {
  plannedExerciseId: string;
  /** What took place until then was looked at, or was for another target. */
  countedUntil: Date;
}

/** An adjustment that is about to be kept. */
export interface NewAdjustment extends Omit<TargetAdjustment, 'id' | 'position' | 'refusedAt'> {
  plannedExerciseId: string;
  sessionId: string;
}

/** An adjustment, with what decides whether it can be refused. */
export interface StandingAdjustment extends Omit<TargetAdjustment, 'position'> {
  /** Nothing was adjusted after it in its place of the plan. */
  isNewest: boolean;
  /** The coach has not changed the weight there since. */
  isPlanUnchanged: boolean;
  /** Its assignment is not over. */
  isFollowed: boolean;
}

/** An adjustment in the words of its reader. */
export interface AdjustmentView extends Omit<TargetAdjustment, 'position' | 'reason'> {
  exerciseName: string;
  reason: string;
}
