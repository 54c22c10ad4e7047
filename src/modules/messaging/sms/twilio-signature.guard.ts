import { randomBytes } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { TooManyRequests } from 'src/common/errors/domain.error';
import { RequestCounters } from 'src/common/limits/request-counters';
import { WebhookSignatureInvalid } from 'src/common/webhooks/webhook.errors';
import { AppConfig } from 'src/config/app-config';

interface SignedRequest {
  headers: Record<string, string | undefined>;
  originalUrl: string;
  body?: unknown;
  ip?: string;
}

/**
 * Lets in what Twilio has signed, over the public address and every field, and nothing else. Without an account nothing
 * is, and that looks the same. Twilio itself is not limited; who is refused uses up the requests of his address.
 */
@Injectable()
export class TwilioSignatureGuard implements CanActivate {
  private readonly authToken: string;

  constructor(
    private readonly config: AppConfig,
    private readonly requests: RequestCounters,
  ) {
    this.authToken = config.twilio?.authToken ?? randomBytes(32).toString('hex');
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    if (this.isSigned(request)) return true;
    const state = await this.requests.hit('ip', request.ip ?? 'unknown');
    if (!state.allowed) throw new TooManyRequests(state);
    throw new WebhookSignatureInvalid();
  }

  private isSigned({ headers, originalUrl, body }: SignedRequest): boolean {
    const fields = typeof body === 'object' && body !== null ? body : {};
    const url = `${this.config.appBaseUrl}${originalUrl}`;
    return validateRequest(this.authToken, headers['x-twilio-signature'] ?? '', url, { ...fields });
  }
}
