import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { isGenuine } from 'src/common/webhooks/signed-event.rules';
import type { SignedRequest } from 'src/common/webhooks/signed-request';
import { WebhookRefusal } from 'src/common/webhooks/webhook-refusal';
import { AppConfig } from 'src/config/app-config';

/**
 * Lets in what the provider of videos has signed within these minutes. Without a secret nothing is, and that looks the
 * same.
 */
@Injectable()
export class VideoSignatureGuard implements CanActivate {
  private readonly secrets: readonly string[];

  constructor(
    { videos }: AppConfig,
    private readonly refusal: WebhookRefusal,
    private readonly clock: Clock,
  ) {
    this.secrets = videos?.webhookSecrets ?? [];
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    return this.isSigned(request) || this.refusal.refuse(request.ip);
  }

  private isSigned({ headers, rawBody }: SignedRequest): boolean {
    const event = {
      id: String(headers['webhook-id'] ?? ''),
      timestamp: String(headers['webhook-timestamp'] ?? ''),
      signatures: String(headers['webhook-signature'] ?? ''),
      body: rawBody ?? Buffer.alloc(0),
    };
    return isGenuine(event, this.secrets, this.clock.nowMs());
  }
}
