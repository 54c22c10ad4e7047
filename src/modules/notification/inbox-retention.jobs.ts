import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { NotificationRepository } from './notification.repository';

/** The inbox is kept for twelve months (rules §9). */
const KEPT_MS = 365 * 86_400_000;

/** Empties inboxes of what is old. */
@Injectable()
export class InboxRetentionJob extends RetentionJob {
  constructor(
    private readonly notifications: NotificationRepository,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.notifications.oldest(),
        // Its last moment is still within them.
        forMs: KEPT_MS + 1,
        deleteUntil: (end, limit) => this.notifications.deleteUntil(end, limit),
      },
    ];
  }
}
