import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  TooManyError,
  UnauthenticatedError,
  UnprocessableError,
} from 'src/common/errors/domain.error';

/** No key was sent. */
export class ApiKeyMissing extends UnauthenticatedError {
  readonly code = 'api_key_missing';
}

/** Malformed, unknown, revoked or expired: nothing tells which. */
export class ApiKeyInvalid extends UnauthenticatedError {
  readonly code = 'api_key_invalid';
}

export class AccountSuspendedError extends ForbiddenError {
  readonly code = 'account_suspended';
}

export class AccountPendingDeletion extends ForbiddenError {
  readonly code = 'account_pending_deletion';
}

export class ApiKeyNotFound extends NotFoundError {
  readonly code = 'api_key_not_found';
}

export class UserNotFound extends NotFoundError {
  readonly code = 'user_not_found';
}

export class EmailAlreadyExists extends ConflictError {
  readonly code = 'email_already_exists';
}

/** Another account has proved the number. */
export class PhoneAlreadyExists extends ConflictError {
  readonly code = 'phone_already_exists';
}

export class BlockedEmailDomain extends UnprocessableError {
  readonly code = 'blocked_email_domain';
}

/** Wrong address or wrong password: nothing tells which. */
export class InvalidCredentials extends UnauthenticatedError {
  readonly code = 'invalid_credentials';
}

export class EmailNotVerified extends ForbiddenError {
  readonly code = 'email_not_verified';
}

export class TooManyAttempts extends TooManyError {
  readonly code = 'too_many_attempts';
}

export class GoogleTokenInvalid extends UnauthenticatedError {
  readonly code = 'google_token_invalid';
}

/** The link is unknown or has been used. */
export class TokenInvalid extends BadRequestError {
  readonly code = 'token_invalid';
}

export class TokenExpired extends BadRequestError {
  readonly code = 'token_expired';
}

export class EmailAlreadyVerified extends ConflictError {
  readonly code = 'email_already_verified';
}

export class CurrentPasswordInvalid extends BadRequestError {
  readonly code = 'current_password_invalid';
}

/** The account signs in with Google only. */
export class PasswordNotSet extends ConflictError {
  readonly code = 'password_not_set';
}

/** A picture below the least size that looks well. */
export class ImageTooSmall extends UnprocessableError {
  readonly code = 'image_too_small';
}

/** The role can no longer be chosen. */
export class RoleLocked extends ForbiddenError {
  readonly code = 'role_locked';
}

export class CannotSuspendSelf extends UnprocessableError {
  readonly code = 'cannot_suspend_self';
}

/** The account is not suspended. */
export class AccountNotSuspended extends UnprocessableError {
  readonly code = 'invalid_transition';
}
