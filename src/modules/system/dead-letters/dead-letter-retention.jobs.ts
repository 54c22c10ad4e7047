import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Clock } from 'src/common/clock/clock';
import { DeadLetterRepository } from 'src/common/jobs/dead-letter.repository';
import { inBatches } from 'src/common/jobs/in-batches';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';

const DAILY = Schedule.dailyAt(3, 30);
/** What nobody has sent again in a month is of no use to its reader any more. */
const KEPT_MS = 30 * 86_400_000;

/** The part of `purge_expired_tokens` that throws away what was parked long ago. */
@Injectable()
export class DeadLetterRetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly letters: DeadLetterRepository,
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
    const oldest = await this.letters.oldest();
    return oldest && new Date(oldest.getTime() + KEPT_MS);
  }

  async run(): Promise<number> {
    const end = new Date(this.clock.nowMs() - KEPT_MS);
    return inBatches((limit) => this.letters.deleteUntil(end, limit));
  }
}
