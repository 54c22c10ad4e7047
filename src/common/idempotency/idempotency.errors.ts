import { ConflictError, UnprocessableError } from 'src/common/errors/domain.error';

/** The key was used with another body. */
export class IdempotencyKeyReused extends UnprocessableError {
  readonly code = 'idempotency_key_reused';
}

/** The first request with this key is still running. */
export class RequestInProgress extends ConflictError {
  readonly code = 'request_in_progress';
  override readonly retryAfter = 1;
}
