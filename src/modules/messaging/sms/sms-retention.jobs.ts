import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { SmsLogRepository } from './sms-log.repository';
import { SmsQuotaRepository } from './sms-quota.repository';
import { endOfQuotaDay, utcDay } from './sms.rules';

/** The log is kept for twelve months (rules §17.4). */
const KEPT_MS = 365 * DAY_MS;

/** Lets go of old SMS, and of quotas of days that are over. */
@Injectable()
export class SmsRetentionJob extends RetentionJob {
  constructor(
    private readonly log: SmsLogRepository,
    private readonly quotas: SmsQuotaRepository,
  ) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      this.quota((day, limit) => this.quotas.deleteBefore(day, limit)),
      this.quota((day, limit) => this.quotas.deleteNumbersBefore(day, limit)),
      {
        oldest: () => this.log.oldest(),
        forMs: KEPT_MS,
        letGoUntil: (end, limit) => this.log.deleteUntil(end, limit),
      },
    ];
  }

  /** It is of no use from the end of its day on. */
  private quota(deleteBefore: (day: string, limit: number) => Promise<number>): Kept {
    return {
      oldest: async () => {
        const day = await this.quotas.oldestDay();
        return day === null ? null : endOfQuotaDay(day);
      },
      forMs: 0,
      letGoUntil: (end, limit) => deleteBefore(utcDay(end), limit),
    };
  }
}
