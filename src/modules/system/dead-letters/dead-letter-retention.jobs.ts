import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DeadLetterRepository } from 'src/common/jobs/dead-letter.repository';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';

/** What nobody has sent again in a month is of no use to its reader any more. */
const KEPT_MS = 30 * 86_400_000;

/** Throws away what was parked long ago. */
@Injectable()
export class DeadLetterRetentionJob extends RetentionJob {
  constructor(
    private readonly letters: DeadLetterRepository,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.letters.oldest(),
        forMs: KEPT_MS,
        deleteUntil: (end, limit) => this.letters.deleteUntil(end, limit),
      },
    ];
  }
}
