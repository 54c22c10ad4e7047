import { ConflictError } from 'src/common/errors/domain.error';

/** The session is on Strava, or on its way there; one that was imported from there is too. */
export class AlreadyPushed extends ConflictError {
  readonly code = 'already_pushed';
}
