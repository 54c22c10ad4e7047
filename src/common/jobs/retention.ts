import { Inject } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { earliest } from 'src/common/clock/earliest';
import { inBatches } from './in-batches';
import { Periodic } from './periodic';
import { Schedule } from './schedule';

/** Rows that are kept for a time only. */
export interface Kept {
  /** When the time of the oldest of them began, or null when there are none. Without it, they go when others do. */
  oldest?: () => Promise<Date | null>;
  /** How long they are kept from then on, in milliseconds. */
  forMs: number;
  /**
   * Lets go of at most `limit` rows whose time began at `end` or before, and answers how many. Those that only a job
   * will take away are still there the next time: `before` says how many to pass over.
   */
  letGoUntil: (end: Date, limit: number, before: number) => Promise<number>;
}

/** A module's part of `purge_expired_tokens`: it lets go of what has been kept for long enough (rules §17.4). */
export abstract class RetentionJob extends Periodic('purge_expired_tokens', Schedule.dailyAt(3, 30)) {
  @Inject(Clock)
  private readonly clock: Clock;

  /** What this module keeps, in the order in which it goes. */
  protected abstract kept(): readonly Kept[];

  async nextDue(): Promise<Date | null> {
    const due: (Date | null)[] = [];
    for (const { oldest, forMs } of this.kept()) {
      const began = (await oldest?.()) ?? null;
      due.push(began && new Date(began.getTime() + forMs));
    }
    return earliest(...due);
  }

  async run(): Promise<number> {
    let gone = 0;
    for (const { forMs, letGoUntil } of this.kept()) {
      const end = new Date(this.clock.nowMs() - forMs);
      gone += await inBatches((limit, before) => letGoUntil(end, limit, before));
    }
    return gone;
  }
}
