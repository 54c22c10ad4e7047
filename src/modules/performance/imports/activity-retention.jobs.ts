import { Injectable } from '@nestjs/common';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { ActivityImportRepository } from './activity-import.repository';

/** Deletes imported sessions whose provider lets nobody keep them longer. */
@Injectable()
export class ActivityRetentionJob extends RetentionJob {
  constructor(private readonly imports: ActivityImportRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.imports.soonestEnd(),
        forMs: 0,
        letGoUntil: (end, limit) => this.imports.removeEnded(end, limit),
      },
    ];
  }
}
