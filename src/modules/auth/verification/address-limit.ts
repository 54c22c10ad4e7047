import { Injectable } from '@nestjs/common';
import { TooManyRequests } from 'src/common/errors/domain.error';
import { RateCounters } from 'src/common/limits/rate-counters';

const MAILS = { scope: 'verify-email-request', limit: 1, seconds: 60 };
const CHANGES = { scope: 'change-email', limit: 5, seconds: 3_600 };

/** How often mails that prove an address are sent (contract §1.6). */
@Injectable()
export class AddressLimit {
  constructor(private readonly counters: RateCounters) {}

  /** One mail a minute to one address, whether or not it has an account. @throws TooManyRequests */
  async hit(email: string): Promise<void> {
    await this.count(MAILS, email);
  }

  /**
   * Five new addresses an hour for one account: each tells its caller whether somebody has it, or mails a stranger.
   * Outside of any transaction, so that a refused one counts too.
   *
   * @throws TooManyRequests
   */
  async hitByAccount(userId: string): Promise<void> {
    await this.count(CHANGES, userId);
  }

  private async count({ scope, limit, seconds }: typeof MAILS, subject: string): Promise<void> {
    const state = await this.counters.hit(scope, subject, limit, seconds);
    if (!state.allowed) throw new TooManyRequests(state);
  }
}
