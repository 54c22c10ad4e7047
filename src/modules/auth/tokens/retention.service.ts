import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { KEPT_MS } from 'src/common/idempotency/idempotency.interceptor';
import { IdempotencyRepository } from 'src/common/idempotency/idempotency.repository';
import { inBatches } from 'src/common/jobs/in-batches';
import { RateCounters } from 'src/common/limits/rate-counters';
import { ApiKeyRepository } from 'src/modules/auth/keys/api-key.repository';
import { LoginFailureRepository } from 'src/modules/auth/sign-in/login-failure.repository';
import { AccountTokenRepository } from './account-token.repository';

const DAY_MS = 86_400_000;
const TOKENS_MS = 30 * DAY_MS;
const SIGN_INS_MS = 365 * DAY_MS;

/** Lets go of what is kept for a time only (rules §17.4). */
@Injectable()
export class RetentionService {
  constructor(
    private readonly tokens: AccountTokenRepository,
    private readonly keys: ApiKeyRepository,
    private readonly failures: LoginFailureRepository,
    private readonly answers: IdempotencyRepository,
    private readonly counters: RateCounters,
    private readonly clock: Clock,
  ) {}

  /** When the first of tokens and kept answers is past its time, or null when there are none. */
  async nextDue(): Promise<Date | null> {
    const [token, answer] = [await this.tokens.firstExpiry(), await this.answers.oldest()];
    const due = [...(token ? [token.getTime() + TOKENS_MS] : []), ...(answer ? [answer.getTime() + KEPT_MS] : [])];
    return due.length === 0 ? null : new Date(Math.min(...due));
  }

  /**
   * Deletes tokens 30 days after they expired, kept answers after 24 hours, dead keys and failed sign-ins after a year,
   * and windows of limits that ended. Returns how many rows went.
   */
  async purge(): Promise<number> {
    const now = this.clock.nowMs();
    const gone = [
      await inBatches((limit) => this.tokens.deleteExpiredUntil(new Date(now - TOKENS_MS), limit)),
      await inBatches((limit) => this.answers.deleteUntil(new Date(now - KEPT_MS), limit)),
      await inBatches((limit) => this.keys.deleteUntil(new Date(now - SIGN_INS_MS), limit)),
      await inBatches((limit) => this.failures.deleteUntil(new Date(now - SIGN_INS_MS), limit)),
      await inBatches((limit) => this.counters.deleteStale(limit)),
    ];
    return gone.reduce((sum, rows) => sum + rows, 0);
  }
}
