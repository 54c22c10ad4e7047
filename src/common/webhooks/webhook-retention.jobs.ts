import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { inBatches } from 'src/common/jobs/in-batches';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { WebhookInbox } from './webhook-inbox';

const DAILY = Schedule.dailyAt(3, 30);
/** No provider tries for longer, and an old call that somebody kept should still be known. */
const KEPT_MS = 30 * 86_400_000;

/** The part of `purge_expired_tokens` that forgets what providers told long ago. */
@Injectable()
export class WebhookRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly inbox: WebhookInbox,
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
    const oldest = await this.inbox.oldest();
    return oldest && new Date(oldest.getTime() + KEPT_MS);
  }

  async run(): Promise<number> {
    const end = new Date(this.clock.nowMs() - KEPT_MS);
    return inBatches((limit) => this.inbox.deleteUntil(end, limit));
  }
}
