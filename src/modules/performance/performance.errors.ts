import { ForbiddenError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No session of that id, or none that the caller may see. */
export class SessionNotFound extends NotFoundError {
  readonly code = 'session_not_found';
}
/** The session is the caller's, but somebody else wrote it. */
export class NotTheAuthor extends ForbiddenError {
  readonly code = 'forbidden';
}
/** The 48 h after a session was written are over. */
export class EditWindowExpired extends UnprocessableError {
  readonly code = 'edit_window_expired';
}
/** The owner wrote it himself: there is nobody to tell. */
export class NotEnteredByCoach extends UnprocessableError {
  readonly code = 'not_entered_by_coach';
}
/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}
/** The two know each other, and do not train together now. */
export class NoCoachingRelation extends ForbiddenError {
  readonly code = 'no_coaching_relation';
}
/** No booking of that id is one of the session's people. */
export class BookingNotFound extends NotFoundError {
  readonly code = 'booking_not_found';
}
