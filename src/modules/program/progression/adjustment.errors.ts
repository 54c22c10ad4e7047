import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** None of that id, or none of the caller's. */
export class AdjustmentNotFound extends NotFoundError {
  readonly code = 'adjustment_not_found';
}

/** The adjustment does not hold any more: another one, a refusal or the coach came after it, or its programme is over. */
export class InvalidTransition extends UnprocessableError {
  readonly code = 'invalid_transition';
}
