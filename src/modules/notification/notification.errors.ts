import { NotFoundError } from 'src/common/errors/domain.error';

/** No such notification of this person. */
export class NotificationNotFound extends NotFoundError {
  readonly code = 'notification_not_found';
}
