import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** Unknown, switched off, expired or used up, or its coach cannot be found: nothing tells these apart. */
export class EnrollmentTokenInvalid extends NotFoundError {
  readonly code = 'enrollment_token_invalid';
}
/** No such link of this coach. */
export class EnrollmentTokenNotFound extends NotFoundError {
  readonly code = 'enrollment_token_not_found';
}
/** A coach cannot follow his own link. */
export class CannotEnrollSelf extends ConflictError {
  readonly code = 'cannot_enroll_self';
}
/** The coach has as many clients as he wants. */
export class CoachFull extends UnprocessableError {
  readonly code = 'coach_full';
}
