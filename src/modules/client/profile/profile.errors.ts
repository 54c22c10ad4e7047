import { ConflictError, NotFoundError } from 'src/common/errors/domain.error';

/** The caller has told nothing of himself yet. */
export class ClientProfileNotFound extends NotFoundError {
  readonly code = 'client_profile_not_found';
}

/** Everybody has one client profile. */
export class ClientProfileExists extends ConflictError {
  readonly code = 'client_profile_exists';
}
