import {
  ConflictError,
  type DomainError,
  type FieldFault,
  NotFoundError,
  PaymentRequiredError,
  UnprocessableError,
} from 'src/common/errors/domain.error';
import type { SlotRefusal } from './slots/slot.types';

export class BookingNotFound extends NotFoundError {
  readonly code = 'booking_not_found';
}
/** Some of the bookings that were named are not there, or another coach's. */
export class BookingNotOwned extends NotFoundError {
  readonly code = 'booking_not_owned';
  constructor(override readonly faults: readonly FieldFault[]) {
    super();
  }
}
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
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
/** The pair trains together, has met, or is about to. */
export class DiscoveryAlreadyUsed extends UnprocessableError {
  readonly code = 'discovery_already_used';
}
/** As many clients as the coach wants. */
export class CoachFull extends UnprocessableError {
  readonly code = 'coach_full';
}
export class TooManyPending extends UnprocessableError {
  readonly code = 'too_many_pending';
}
/** The booking cannot go to that status. */
export class InvalidTransition extends UnprocessableError {
  readonly code = 'invalid_transition';
}
export class TooLateToReschedule extends UnprocessableError {
  readonly code = 'too_late_to_reschedule';
}
/** Nobody can say yet what becomes of it. */
export class SessionNotStarted extends UnprocessableError {
  readonly code = 'session_not_started';
}
export class NoPenaltyToApply extends UnprocessableError {
  readonly code = 'no_penalty_to_apply';
}
export class NoPenaltyToWaive extends UnprocessableError {
  readonly code = 'no_penalty_to_waive';
}
export class AlreadyWaived extends UnprocessableError {
  readonly code = 'already_waived';
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

/** Refusals of the other rules, as the errors that the caller is told. */
export const DISCOVERY_ERRORS = {
  discovery_not_offered: DiscoveryNotOffered,
  discovery_already_used: DiscoveryAlreadyUsed,
} as const;
export const MOVE_ERRORS = {
  invalid_transition: InvalidTransition,
  too_late_to_reschedule: TooLateToReschedule,
} as const;
export const WAIVE_ERRORS = {
  no_penalty_to_waive: NoPenaltyToWaive,
  already_waived: AlreadyWaived,
} as const;

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
