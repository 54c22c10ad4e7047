import { BadRequestError, TooManyError } from 'src/common/errors/domain.error';

/** There is no number that a code could go to. */
export class PhoneMissing extends BadRequestError {
  readonly code = 'phone_missing';
}

export class PhoneAlreadyVerified extends BadRequestError {
  readonly code = 'phone_already_verified';
}

/** A wrong code, or one that was used or never sent. */
export class InvalidOtp extends BadRequestError {
  readonly code = 'invalid_otp';

  constructor(override readonly attemptsLeft: number) {
    super();
  }
}

export class OtpExpired extends BadRequestError {
  readonly code = 'otp_expired';
}

/** The code was guessed at too often. `retry_after` says when a new one can be had. */
export class OtpMaxAttempts extends TooManyError {
  readonly code = 'otp_max_attempts';
}

/** Enough codes went to this number, or were asked for by this account. */
export class OtpRateLimited extends TooManyError {
  readonly code = 'otp_rate_limited';
}
