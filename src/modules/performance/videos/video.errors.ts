import { ConflictError, NotFoundError, UnavailableError, UnprocessableError } from 'src/common/errors/domain.error';

export class VideoNotFound extends NotFoundError {
  readonly code = 'video_not_found';
}
/** A video of this exercise is being made, or waits for a verdict. */
export class VideoInProgress extends ConflictError {
  readonly code = 'video_in_progress';
}
/** Nobody is configured who could make one. */
export class VideoProviderUnavailable extends UnavailableError {
  readonly code = 'video_provider_unavailable';
}
/** It is not finished, or has its verdict already. */
export class InvalidTransition extends UnprocessableError {
  readonly code = 'invalid_transition';
}
