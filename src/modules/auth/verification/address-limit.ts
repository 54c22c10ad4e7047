import { Injectable } from '@nestjs/common';
import { TooManyRequests } from 'src/common/errors/domain.error';
import { RateCounters } from 'src/common/limits/rate-counters';

const SCOPE = 'verify-email-request';
const SECONDS = 60;

/** One verification mail a minute to one address, whether or not it has an account (contract §1.6). */
@Injectable()
export class AddressLimit {
  constructor(private readonly counters: RateCounters) {}

  /** @throws TooManyRequests */
  async hit(email: string): Promise<void> {
    const state = await this.counters.hit(SCOPE, email, 1, SECONDS);
    if (!state.allowed) throw new TooManyRequests(state.reset);
  }
}
