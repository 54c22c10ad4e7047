import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';
import { DiscoveryNotOffered, InvalidTransition } from 'src/modules/booking/booking.errors';

export class RequestNotFound extends NotFoundError {
  readonly code = 'request_not_found';
}
/** The booking that waited with the request had lapsed when the answer came: that is kept. */
export class RequestLapsed extends InvalidTransition {
  override readonly leavesTrace = true;
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

/** A refusal to ask, as the error that the caller is told. */
export const REQUEST_ERRORS = {
  discovery_not_offered: DiscoveryNotOffered,
  already_in_relation: AlreadyInRelation,
} as const;
