import { Injectable } from '@nestjs/common';
import { type DomainError, TooManyRequests } from 'src/common/errors/domain.error';
import { networkOf } from 'src/common/limits/network.rules';
import { RequestCounters } from 'src/common/limits/request-counters';
import { WebhookSignatureInvalid } from './webhook.errors';

/** Providers themselves are not limited; who is refused uses up the requests of his address. */
@Injectable()
export class WebhookRefusal {
  constructor(private readonly requests: RequestCounters) {}

  /** @throws TooManyRequests, or the refusal */
  async refuse(ip: string | undefined, refusal: DomainError = new WebhookSignatureInvalid()): Promise<never> {
    const state = await this.requests.hit('ip', networkOf(ip ?? 'unknown'));
    if (!state.allowed) throw new TooManyRequests(state);
    throw refusal;
  }
}
