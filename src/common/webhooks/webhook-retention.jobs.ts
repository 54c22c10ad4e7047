import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { WebhookInbox } from './webhook-inbox';

/** No provider tries for longer, and an old call that somebody kept should still be known. */
const KEPT_MS = 30 * 86_400_000;

/** Forgets what providers told long ago. */
@Injectable()
export class WebhookRetentionJob extends RetentionJob {
  constructor(
    private readonly inbox: WebhookInbox,
    jobs: PeriodicJobs,
    clock: Clock,
  ) {
    super(jobs, clock);
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.inbox.oldest(),
        forMs: KEPT_MS,
        deleteUntil: (end, limit) => this.inbox.deleteUntil(end, limit),
      },
    ];
  }
}
