import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { isOneOf } from 'src/common/crypto/keyed-hash';
import { RouteNotFound } from 'src/common/errors/domain.error';
import { WebhookRefusal } from 'src/common/webhooks/webhook-refusal';
import { AppConfig } from 'src/config/app-config';

interface SecretRequest {
  params: { secret: string };
  ip?: string;
}

/** Lets in who knows a secret of the address. For everybody else, and where there is none, there is no such address. */
@Injectable()
export class WithingsSecretGuard implements CanActivate {
  constructor(
    private readonly config: AppConfig,
    private readonly refusal: WebhookRefusal,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { params, ip } = context.switchToHttp().getRequest<SecretRequest>();
    if (isOneOf(this.config.withings?.webhookSecrets ?? [], params.secret)) return true;
    return this.refusal.refuse(ip, new RouteNotFound());
  }
}
