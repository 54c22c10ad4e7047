import { NotFoundError } from 'src/common/errors/domain.error';

/** No message is parked under this id, or it was sent again or thrown away meanwhile. */
export class DeadLetterNotFound extends NotFoundError {
  readonly code = 'dead_letter_not_found';
}
