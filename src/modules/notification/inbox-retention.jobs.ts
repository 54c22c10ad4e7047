import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';
import { NotificationRepository } from './notification.repository';

/** The inbox is kept for twelve months (rules §9). */
const KEPT_MS = 365 * DAY_MS;

/** Empties inboxes of what is old. */
@Injectable()
export class InboxRetentionJob extends RetentionJob {
  constructor(private readonly notifications: NotificationRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.notifications.oldest(),
        // Its last moment is still within them.
        forMs: KEPT_MS + 1,
        letGoUntil: (end, limit) => this.notifications.deleteUntil(end, limit),
      },
    ];
  }
}
