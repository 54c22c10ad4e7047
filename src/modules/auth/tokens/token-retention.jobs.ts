import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { KEPT_MS as ANSWERS_MS } from 'src/common/idempotency/idempotency.interceptor';
import { IdempotencyRepository } from 'src/common/idempotency/idempotency.repository';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { RateCounters } from 'src/common/limits/rate-counters';
import { ApiKeyRepository } from 'src/modules/auth/keys/api-key.repository';
import { LoginFailureRepository } from 'src/modules/auth/sign-in/login-failure.repository';
import { AccountTokenRepository } from './account-token.repository';

const TOKENS_MS = 30 * DAY_MS;
const SIGN_INS_MS = 365 * DAY_MS;

/**
 * Deletes tokens 30 days after they expired, kept answers after 24 hours, dead keys and failed sign-ins after a year,
 * and windows of limits that ended.
 */
@Injectable()
export class TokenRetentionJob extends RetentionJob {
  constructor(
    private readonly tokens: AccountTokenRepository,
    private readonly keys: ApiKeyRepository,
    private readonly failures: LoginFailureRepository,
    private readonly answers: IdempotencyRepository,
    private readonly counters: RateCounters,
  ) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.tokens.firstExpiry(),
        forMs: TOKENS_MS,
        letGoUntil: (end, limit) => this.tokens.deleteExpiredUntil(end, limit),
      },
      {
        oldest: () => this.answers.oldest(),
        forMs: ANSWERS_MS,
        letGoUntil: (end, limit) => this.answers.deleteUntil(end, limit),
      },
      { forMs: SIGN_INS_MS, letGoUntil: (end, limit) => this.keys.deleteUntil(end, limit) },
      { forMs: SIGN_INS_MS, letGoUntil: (end, limit) => this.failures.deleteUntil(end, limit) },
      // Their windows run on real time.
      { forMs: 0, letGoUntil: (_end, limit) => this.counters.deleteStale(limit) },
    ];
  }
}
