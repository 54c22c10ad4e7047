import { NotFoundError } from 'src/common/errors/domain.error';

/** Nobody of that id is a coach who can be found, or one with whom the caller has to do. */
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
