import type { ExerciseSet } from 'src/modules/performance/entities/exercise-set.entity';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';

/** A set as it is told; its place in the list is its position. */
export type NewSet = Pick<
  ExerciseSet,
  'exerciseTypeId' | 'machineId' | 'setOrder' | 'setsCount' | 'reps' | 'weightKg' | 'durationSeconds' | 'notes'
>;

/** A session as it is told, by its owner, by a coach or by an import. */
export type NewSession = Pick<
  PerformanceSession,
  | 'enteredBy'
  | 'sessionType'
  | 'bookingId'
  | 'bookingCoachId'
  | 'gymId'
  | 'trainedAt'
  | 'durationMin'
  | 'feeling'
  | 'source'
  | 'externalId'
  | 'sourceTerms'
> & { sets: readonly NewSet[] };

/** What an edit may change. */
export type SessionChange = Pick<PerformanceSession, 'trainedAt' | 'durationMin' | 'feeling' | 'gymId'>;
