import { NotFoundError } from 'src/common/errors/domain.error';

/** The caller has no relation with a coach of that id. */
export class OwnCoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
