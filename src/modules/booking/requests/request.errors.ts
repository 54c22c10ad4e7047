import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

export class RequestNotFound extends NotFoundError {
  readonly code = 'request_not_found';
}
/** The coach has not answered the last one yet. */
export class RequestAlreadyPending extends ConflictError {
  readonly code = 'request_already_pending';
}
/** The two train together. */
export class AlreadyInRelation extends ConflictError {
  readonly code = 'already_in_relation';
}
export class CannotRequestSelf extends UnprocessableError {
  readonly code = 'cannot_request_self';
}
