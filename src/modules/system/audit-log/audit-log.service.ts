import { Injectable } from '@nestjs/common';
import { type AuditEntry, AuditLogRepository } from 'src/common/audit/audit-log.repository';
import type { Principal } from 'src/common/auth/principal';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import type { AuditLogQuery } from './audit-log.dto';

/** What administrators did, for administrators to read. */
@Injectable()
export class AuditLogService {
  constructor(private readonly entries: AuditLogRepository) {}

  /** Newest first; days are the caller's. @throws ValidationFailed `invalid_date_range` */
  async page(me: Principal, query: AuditLogQuery): Promise<Rows<AuditEntry>> {
    const filter = { actorId: query.actor_id ?? null, action: query.action ?? null };
    return this.entries.page({ ...filter, ...resolveRange(query, me.timezone) }, query);
  }
}
