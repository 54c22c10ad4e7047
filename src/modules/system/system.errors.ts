import { UnauthenticatedError } from 'src/common/errors/domain.error';

/** The figures of production need their token. */
export class MetricsTokenInvalid extends UnauthenticatedError {
  readonly code = 'metrics_token_invalid';
}
