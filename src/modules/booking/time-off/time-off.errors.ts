import { NotFoundError } from 'src/common/errors/domain.error';

/** No such absence, or another coach's. */
export class TimeOffNotFound extends NotFoundError {
  readonly code = 'time_off_not_found';
}
