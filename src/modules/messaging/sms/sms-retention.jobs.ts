import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { inBatches } from 'src/common/jobs/in-batches';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { SmsLogRepository } from './sms-log.repository';
import { SmsQuotaRepository } from './sms-quota.repository';
import { endOfQuotaDay, utcDay } from './sms.rules';

const DAILY = Schedule.dailyAt(3, 30);
/** The log is kept for twelve months (rules §17.4). */
const KEPT_MS = 365 * 86_400_000;

/** The part of `purge_expired_tokens` that lets go of old SMS, and of quotas of days that are over. */
@Injectable()
export class SmsRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly log: SmsLogRepository,
    private readonly quotas: SmsQuotaRepository,
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    const [sms, day] = [await this.log.oldest(), await this.quotas.oldestDay()];
    const due = [...(sms ? [sms.getTime() + KEPT_MS] : []), ...(day ? [endOfQuotaDay(day).getTime()] : [])];
    return due.length === 0 ? null : new Date(Math.min(...due));
  }

  async run(): Promise<number> {
    const [today, end] = [utcDay(this.clock.now()), new Date(this.clock.nowMs() - KEPT_MS)];
    const coaches = await inBatches((limit) => this.quotas.deleteBefore(today, limit));
    const numbers = await inBatches((limit) => this.quotas.deleteNumbersBefore(today, limit));
    return coaches + numbers + (await inBatches((limit) => this.log.deleteUntil(end, limit)));
  }
}
