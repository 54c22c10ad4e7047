import {
  BadGatewayError,
  BadRequestError,
  NotFoundError,
  UnavailableError,
  UnprocessableError,
} from 'src/common/errors/domain.error';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { ProviderPaused } from 'src/common/outbound/provider-paused';

/** Nobody has given this server credentials for the provider. */
export class IntegrationNotConfigured extends UnavailableError {
  readonly code = 'integration_not_configured';
}

/** The account is not connected to the provider, or not any more. */
export class IntegrationNotConnected extends UnprocessableError {
  readonly code = 'integration_not_connected';
}

/** There is nothing to disconnect. */
export class IntegrationNotFound extends NotFoundError {
  readonly code = 'integration_not_found';
}

/** Unknown, used, expired, or somebody else's. */
export class InvalidState extends BadRequestError {
  readonly code = 'invalid_state';
}

/** Refused at the provider, or not all that is needed was granted. */
export class OAuthDenied extends BadRequestError {
  readonly code = 'oauth_denied';
}

/** The provider did not answer as expected, or has failed so often that it is left alone. */
export class ProviderError extends BadGatewayError {
  readonly code = 'provider_error';

  constructor(
    cause: DeliveryFailure | ProviderPaused,
    override readonly retryAfter = cause.retryAfterMs === null ? undefined : Math.ceil(cause.retryAfterMs / 1_000),
  ) {
    super({ cause });
  }
}

/** For a call that somebody waits for: a provider that fails is his to know. @throws ProviderError */
export async function orProviderError<T>(asking: Promise<T>): Promise<T> {
  return asking.catch((error: unknown) => {
    throw error instanceof DeliveryFailure || error instanceof ProviderPaused ? new ProviderError(error) : error;
  });
}

/** For work that nobody waits for: who has left meanwhile, or has to connect anew, was told so. */
export async function unlessDisconnected(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof IntegrationNotConnected)) throw error;
  });
}
