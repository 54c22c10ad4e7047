import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { inBatches } from 'src/common/jobs/in-batches';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { NotificationRepository } from './notification.repository';

const DAILY = Schedule.dailyAt(3, 30);
/** The inbox is kept for twelve months (rules §9). */
const KEPT_MS = 365 * 86_400_000;

/** The part of `purge_expired_tokens` that empties inboxes of what is old. */
@Injectable()
export class InboxRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly notifications: NotificationRepository,
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
    const oldest = await this.notifications.oldest();
    return oldest && new Date(oldest.getTime() + KEPT_MS + 1);
  }

  async run(): Promise<number> {
    const end = new Date(this.clock.nowMs() - KEPT_MS);
    return inBatches((limit) => this.notifications.deleteOlder(end, limit));
  }
}
