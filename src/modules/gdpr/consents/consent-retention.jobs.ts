import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { ConsentRepository } from './consent.repository';

/**
 * After an erasure, the proof without the person stays five years (rules §17.2). The database refuses to let go sooner,
 * and some days more spare us leap years and clocks that differ.
 */
const CONSENTS_KEPT_DAYS = 1_830;

/** Lets go of consents of people who were erased long ago. */
@Injectable()
export class ConsentRetentionJob extends RetentionJob {
  constructor(
    private readonly consents: ConsentRepository,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.consents.firstDetached(),
        forMs: CONSENTS_KEPT_DAYS * 86_400_000,
        deleteUntil: (end, limit) => this.consents.deleteDetachedUntil(end, limit),
      },
    ];
  }
}
