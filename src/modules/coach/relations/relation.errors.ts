import { NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}

/** The relation cannot go to that status. */
export class InvalidRelationTransition extends UnprocessableError {
  readonly code = 'invalid_relation_transition';
}
