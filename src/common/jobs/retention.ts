import type { OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Clock } from 'src/common/clock/clock';
import { inBatches } from './in-batches';
import type { PeriodicJob, PeriodicJobs } from './periodic-jobs';
import { Schedule } from './schedule';

const DAILY = Schedule.dailyAt(3, 30);

/** Rows that are kept for a time only. */
export interface Kept {
  /** When the time of the oldest of them began, or null when there are none. */
  oldest(): Promise<Date | null>;
  /** How long they are kept from then on, in milliseconds. */
  forMs: number;
  /** Deletes at most `limit` rows whose time began at `end` or before, and answers how many. */
  deleteUntil(end: Date, limit: number): Promise<number>;
}

/** A module's part of `purge_expired_tokens`: it lets go of what has been kept for long enough (rules §17.4). */
export abstract class RetentionJob implements PeriodicJob, OnModuleInit {
  readonly name = 'purge_expired_tokens';
  readonly schedule = DAILY;

  constructor(
    private readonly jobs: PeriodicJobs,
    private readonly clock: Clock,
  ) {}

  /** What this module keeps, in the order in which it goes. */
  protected abstract kept(): readonly Kept[];

  onModuleInit(): void {
    this.jobs.register(this);
  }

  @Cron(DAILY.cron, { timeZone: 'UTC' })
  async tick(): Promise<void> {
    await this.jobs.tick(this);
  }

  async nextDue(): Promise<Date | null> {
    const due: number[] = [];
    for (const rows of this.kept()) {
      const began = await rows.oldest();
      if (began) due.push(began.getTime() + rows.forMs);
    }
    return due.length === 0 ? null : new Date(Math.min(...due));
  }

  async run(): Promise<number> {
    let gone = 0;
    for (const rows of this.kept()) {
      const end = new Date(this.clock.nowMs() - rows.forMs);
      gone += await inBatches((limit) => rows.deleteUntil(end, limit));
    }
    return gone;
  }
}
