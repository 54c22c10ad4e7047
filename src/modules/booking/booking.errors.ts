import {
  ConflictError,
  type DomainError,
  NotFoundError,
  PaymentRequiredError,
  UnprocessableError,
} from 'src/common/errors/domain.error';
import type { SlotRefusal } from './slots/slot.types';

export class BookingNotFound extends NotFoundError {
  readonly code = 'booking_not_found';
}
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}
/** No package of that id belongs to this client and this coach. */
export class PackageNotFound extends NotFoundError {
  readonly code = 'package_not_found';
}
export class CannotBookSelf extends UnprocessableError {
  readonly code = 'cannot_book_self';
}
/** No session left, and no single price applies. */
export class NoCreditsAvailable extends PaymentRequiredError {
  readonly code = 'no_credits_available';
}
export class DiscoveryNotOffered extends UnprocessableError {
  readonly code = 'discovery_not_offered';
}
export class TooManyPending extends UnprocessableError {
  readonly code = 'too_many_pending';
}
/** The booking cannot go to that status. */
export class InvalidTransition extends UnprocessableError {
  readonly code = 'invalid_transition';
}
/** The coach's 24 h are over; the booking is rejected by now. */
export class BookingExpired extends UnprocessableError {
  readonly code = 'booking_expired';
}

export class SlotInPast extends UnprocessableError {
  readonly code = 'slot_in_past';
}
export class NoticeTooShort extends UnprocessableError {
  readonly code = 'notice_too_short';
}
export class BeyondBookingHorizon extends UnprocessableError {
  readonly code = 'beyond_booking_horizon';
}
export class SlotOutsideAvailability extends UnprocessableError {
  readonly code = 'slot_outside_availability';
}
export class CoachOnTimeOff extends UnprocessableError {
  readonly code = 'coach_on_time_off';
}
export class SlotUnavailable extends ConflictError {
  readonly code = 'slot_unavailable';
}
export class ClientBusy extends ConflictError {
  readonly code = 'client_busy';
}
export class DuplicateBooking extends ConflictError {
  readonly code = 'duplicate_booking';
}

/** A refusal of the slot rules, as the error that the caller is told. */
export const SLOT_ERRORS: Readonly<Record<SlotRefusal, new () => DomainError>> = {
  slot_in_past: SlotInPast,
  slot_outside_availability: SlotOutsideAvailability,
  notice_too_short: NoticeTooShort,
  beyond_booking_horizon: BeyondBookingHorizon,
  coach_on_time_off: CoachOnTimeOff,
  duplicate_booking: DuplicateBooking,
  client_busy: ClientBusy,
  slot_unavailable: SlotUnavailable,
};
