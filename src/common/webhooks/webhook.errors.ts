import { UnauthenticatedError } from 'src/common/errors/domain.error';

/** Not signed by who should have sent it; also where nobody is configured who could have. */
export class WebhookSignatureInvalid extends UnauthenticatedError {
  readonly code = 'webhook_signature_invalid';
}
