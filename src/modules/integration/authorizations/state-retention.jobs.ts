import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { AuthorizationRepository } from './authorization.repository';

/** Forgets ways to providers from which nobody came back. */
@Injectable()
export class StateRetentionJob extends RetentionJob {
  constructor(
    private readonly ways: AuthorizationRepository,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      { oldest: () => this.ways.oldestEnd(), forMs: 0, deleteUntil: (end, limit) => this.ways.purge(end, limit) },
    ];
  }
}
