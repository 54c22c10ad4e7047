import { ConflictError } from 'src/common/errors/domain.error';

/** What it says is old news, and is not sent again. */
export class MessageOutdated extends ConflictError {
  readonly code = 'message_outdated';
}
