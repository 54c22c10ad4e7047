import { Injectable } from '@nestjs/common';
import { AuditLogRepository } from 'src/common/audit/audit-log.repository';
import { DAY_MS } from 'src/common/clock/durations';
import { type Kept, RetentionJob } from 'src/common/jobs/retention';

/**
 * As long as somebody can be held to what he did: five years in French civil law. The database refuses to let go sooner,
 * and some days more spare us leap years and clocks that differ.
 */
const AUDIT_LOG_KEPT_DAYS = 1_830;

/** Forgets what administrators did long ago. */
@Injectable()
export class AuditLogRetentionJob extends RetentionJob {
  constructor(private readonly entries: AuditLogRepository) {
    super();
  }

  protected kept(): readonly Kept[] {
    return [
      {
        oldest: () => this.entries.oldest(),
        forMs: AUDIT_LOG_KEPT_DAYS * DAY_MS,
        letGoUntil: (end, limit) => this.entries.deleteUntil(end, limit),
      },
    ];
  }
}
