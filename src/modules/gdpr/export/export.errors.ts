import { UnauthenticatedError } from 'src/common/errors/domain.error';

/** Forged, expired, or of an account that is no longer there: nothing tells which. */
export class ExportTokenInvalid extends UnauthenticatedError {
  readonly code = 'export_token_invalid';
}
