import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** An id in a request that no parameter has. */
export class UnknownParameter extends UnprocessableError {
  readonly code = 'unknown_parameter';
}
/** The parameter is switched off: it takes no new values. */
export class InactiveParameter extends UnprocessableError {
  readonly code = 'inactive_parameter';
}
/** The parameter takes whole numbers. */
export class IntegerRequired extends UnprocessableError {
  readonly code = 'integer_required';
}
export class ParameterNotFound extends NotFoundError {
  readonly code = 'parameter_not_found';
}
/** Another parameter has that slug. */
export class SlugExists extends ConflictError {
  readonly code = 'slug_exists';
}
/** No such value, or somebody else's. */
export class LogNotFound extends NotFoundError {
  readonly code = 'log_not_found';
}
/** Nobody of that id is a coach. */
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
/** The relation is not in a status that shows wellness values. */
export class NoCoachingRelation extends ForbiddenError {
  readonly code = 'no_coaching_relation';
}
