import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { WebhookRefusal } from 'src/common/webhooks/webhook-refusal';
import { AppConfig } from 'src/config/app-config';

interface SignedRequest {
  headers: Record<string, string | undefined>;
  originalUrl: string;
  body?: unknown;
  ip?: string;
}

/**
 * Lets in what Twilio has signed, over the public address and every field, and nothing else. Without an account nothing
 * is, and that looks the same.
 */
@Injectable()
export class TwilioSignatureGuard implements CanActivate {
  private readonly tokens: readonly string[];

  constructor(
    private readonly config: AppConfig,
    private readonly refusal: WebhookRefusal,
  ) {
    this.tokens = config.twilio?.webhookTokens ?? [];
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    return this.isSigned(request) || this.refusal.refuse(request.ip);
  }

  private isSigned({ headers, originalUrl, body }: SignedRequest): boolean {
    const fields = typeof body === 'object' && body !== null ? body : {};
    const url = `${this.config.appBaseUrl}${originalUrl}`;
    const signature = headers['x-twilio-signature'] ?? '';
    return this.tokens.some((token) => validateRequest(token, signature, url, { ...fields }));
  }
}
