import type { LimitState } from 'src/common/limits/limit-state';

/** One fault of one field of the request. `field` is a path (`exercise_sets.2.reps`), `code` an i18n key. */
export interface FieldFault {
  field: string;
  code: string;
}

export type ErrorKind =
  | 'bad_request'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'unsupported_media'
  | 'too_large'
  | 'unprocessable'
  | 'too_many'
  | 'bad_gateway'
  | 'unavailable';

/**
 * A refusal that the caller is told about. `code` is the wire's `detail` and an i18n key; the filter knows which
 * status each kind has, so nothing below HTTP knows a status.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  readonly faults?: readonly FieldFault[];
  /** Seconds. */
  readonly retryAfter?: number;
  readonly attemptsLeft?: number;
  /** The limit that refuses. */
  readonly limit?: LimitState;
  /** It is told after an effect that must stay (a place offered on): no transaction around it is rolled back for it. */
  readonly leavesTrace: boolean = false;

  constructor(options?: ErrorOptions) {
    super(undefined, options);
  }

  override get message(): string {
    return this.code;
  }
}

export abstract class BadRequestError extends DomainError {
  readonly kind = 'bad_request';
}
export abstract class UnauthenticatedError extends DomainError {
  readonly kind = 'unauthenticated';
}
export abstract class PaymentRequiredError extends DomainError {
  readonly kind = 'payment_required';
}
export abstract class ForbiddenError extends DomainError {
  readonly kind = 'forbidden';
}
export abstract class NotFoundError extends DomainError {
  readonly kind = 'not_found';
}
export abstract class ConflictError extends DomainError {
  readonly kind = 'conflict';
}
export abstract class UnprocessableError extends DomainError {
  readonly kind = 'unprocessable';
}
/** A limit is used up: the answer says which, and when it ends. */
export abstract class TooManyError extends DomainError {
  readonly kind = 'too_many';
  override readonly retryAfter: number;

  constructor(override readonly limit: LimitState) {
    super();
    this.retryAfter = limit.reset;
  }
}
export abstract class BadGatewayError extends DomainError {
  readonly kind = 'bad_gateway';
}
export abstract class UnavailableError extends DomainError {
  readonly kind = 'unavailable';
}

/** What can be seen wrong in the request itself: 422 `validation_error` with one entry per fault. */
export class ValidationFailed extends UnprocessableError {
  readonly code = 'validation_error';
  constructor(override readonly faults: readonly FieldFault[]) {
    super();
  }
}

/** The caller's role does not allow this. */
export class RoleForbidden extends ForbiddenError {
  readonly code = 'forbidden';
}

export class RouteNotFound extends NotFoundError {
  readonly code = 'not_found';
}

export class TooManyRequests extends TooManyError {
  readonly code = 'too_many_requests';
}

/** The service cannot answer now; asking again in some seconds is right. */
export class ServiceUnavailable extends UnavailableError {
  readonly code = 'service_unavailable';
  override readonly retryAfter = 2;
}

/**
 * Turns "no row, or a row of somebody else" into the module's own not-found. It takes the class, because making an error
 * that is not thrown costs its stack trace all the same.
 */
export function orThrow<T>(row: T | null | undefined, Refusal: new () => DomainError): T {
  if (row === null || row === undefined) throw new Refusal();
  return row;
}
