import { NotFoundError } from 'src/common/errors/domain.error';

/** Never given out, void by now, or of somebody whose account is closed: nothing tells which. */
export class CalendarFeedNotFound extends NotFoundError {
  readonly code = 'calendar_feed_not_found';
}
