import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { CodeSendingRepository } from './code-sending.repository';
import { PhoneCodeRepository } from './phone-code.repository';
import { SENDINGS_KEPT_MS } from './phone-code.rules';

/** Codes are kept for 30 days after they expired (rules §17.4). */
const CODES_KEPT_MS = 30 * DAY_MS;

/** Forgets codes, and to whom they went. */
@Injectable()
export class PhoneCodeRetentionJob extends RetentionJob {
  constructor(
    private readonly codes: PhoneCodeRepository,
    private readonly sendings: CodeSendingRepository,
  ) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.codes.firstExpiry(),
        forMs: CODES_KEPT_MS,
        letGoUntil: (end, limit) => this.codes.deleteExpiredUntil(end, limit),
      },
      {
        oldest: () => this.sendings.oldest(),
        forMs: SENDINGS_KEPT_MS,
        letGoUntil: (end, limit) => this.sendings.deleteUntil(end, limit),
      },
    ];
  }
}
