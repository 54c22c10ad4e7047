import { NotFoundError, PaymentRequiredError, UnprocessableError } from 'src/common/errors/domain.error';

/** No package of that id belongs to these two. */
export class PackageNotFound extends NotFoundError {
  readonly code = 'package_not_found';
}
/** The package is past its last day. */
export class PackageExpired extends UnprocessableError {
  readonly code = 'package_expired';
}
/** No session left, and no single price applies. */
export class NoCreditsAvailable extends PaymentRequiredError {
  readonly code = 'no_credits_available';
}
export class PaymentNotFound extends NotFoundError {
  readonly code = 'payment_not_found';
}
/** No booking of that id is one of these two. */
export class BookingNotFound extends NotFoundError {
  readonly code = 'booking_not_found';
}
/** The amount is not in the currency of what it pays. */
export class CurrencyMismatch extends UnprocessableError {
  readonly code = 'currency_mismatch';
}
/** The payment or the package cannot go there. */
export class InvalidTransition extends UnprocessableError {
  readonly code = 'invalid_transition';
}
/** The price is unknown, not public, or of a coach who cannot be booked. */
export class PricingNotFound extends NotFoundError {
  readonly code = 'pricing_not_found';
}
export class CoachNotFound extends NotFoundError {
  readonly code = 'coach_not_found';
}
/** Nobody of that id is a client of this coach. */
export class ClientNotFound extends NotFoundError {
  readonly code = 'client_not_found';
}
/** Nobody is his own client. */
export class CannotBookSelf extends UnprocessableError {
  readonly code = 'cannot_book_self';
}
