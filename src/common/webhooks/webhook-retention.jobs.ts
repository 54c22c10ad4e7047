import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { WebhookInbox } from './webhook-inbox';

/** No provider tries for longer, and an old call that somebody kept should still be known. */
const KEPT_MS = 30 * DAY_MS;

/** Forgets what providers told long ago. */
@Injectable()
export class WebhookRetentionJob extends RetentionJob {
  constructor(private readonly inbox: WebhookInbox) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.inbox.oldest(),
        forMs: KEPT_MS,
        letGoUntil: (end, limit) => this.inbox.deleteUntil(end, limit),
      },
    ];
  }
}
