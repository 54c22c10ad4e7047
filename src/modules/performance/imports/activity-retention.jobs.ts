import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { ActivityImportRepository } from './activity-import.repository';

/** Deletes imported sessions whose provider lets nobody keep them longer. */
@Injectable()
export class ActivityRetentionJob extends RetentionJob {
  constructor(
    private readonly imports: ActivityImportRepository,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.imports.soonestEnd(),
        forMs: 0,
        deleteUntil: (end, limit) => this.imports.removeEnded(end, limit),
      },
    ];
  }
}
