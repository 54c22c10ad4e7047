import type { Exercise } from 'src/modules/performance/exercises/exercise.service';
import type { Lift } from './record.rules';

/** A lift with the mark that it has. */
export type MarkedLift = Lift & { isRecord: boolean };

/** A set that was a record when it was lifted. */
export interface RecordRow {
  /** Of the set. */
  id: string;
  exerciseTypeId: string;
  weightKg: number;
  reps: number | null;
  achievedAt: Date;
  sessionId: string;
}

/** The same, in the words of one language. */
export interface PersonalRecord extends RecordRow {
  exercise: Pick<Exercise, 'slug' | 'name'>;
}
