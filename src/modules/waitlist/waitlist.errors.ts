import { ConflictError, NotFoundError, UnprocessableError } from 'src/common/errors/domain.error';

/** No such entry, somebody else's, or one that waits no more. */
export class WaitlistEntryNotFound extends NotFoundError {
  readonly code = 'waitlist_entry_not_found';
}
export class QueueCoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
export class CannotWaitForSelf extends UnprocessableError {
  readonly code = 'cannot_book_self';
}
export class QueueInPast extends UnprocessableError {
  readonly code = 'slot_in_past';
}
export class QueueOutsideAvailability extends UnprocessableError {
  readonly code = 'slot_outside_availability';
}
export class QueueOnTimeOff extends UnprocessableError {
  readonly code = 'coach_on_time_off';
}
/** There is a place: it can be booked. */
export class SlotNotFull extends UnprocessableError {
  readonly code = 'slot_not_full';
}
export class AlreadyBooked extends ConflictError {
  readonly code = 'already_booked';
}
export class AlreadyInWaitlist extends ConflictError {
  readonly code = 'already_in_waitlist';
}
/** No place has been offered to this entry. */
export class NotNotified extends UnprocessableError {
  readonly code = 'not_notified';
}
/** The time to take the place is over; the next one has been asked by then. */
export class ConfirmationWindowExpired extends UnprocessableError {
  readonly code = 'confirmation_window_expired';
  override readonly leavesTrace = true;
}

/** A refusal to wait, as the error that the caller is told. */
export const JOIN_ERRORS = {
  slot_in_past: QueueInPast,
  slot_outside_availability: QueueOutsideAvailability,
  coach_on_time_off: QueueOnTimeOff,
  slot_not_full: SlotNotFull,
  already_booked: AlreadyBooked,
} as const;

/** A refusal to take a place, as the error that the caller is told. */
export const CONFIRM_ERRORS = {
  not_notified: NotNotified,
  confirmation_window_expired: ConfirmationWindowExpired,
} as const;
