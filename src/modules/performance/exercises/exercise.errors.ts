import { NotFoundError } from 'src/common/errors/domain.error';

/** The catalogue has no such exercise. */
export class ExerciseNotFound extends NotFoundError {
  readonly code = 'exercise_not_found';
}
