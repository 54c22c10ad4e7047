import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';

/** One thing that an administrator did. */
export interface AuditEntry {
  id: string;
  at: Date;
  /** users.id; null: a command of the operator. */
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string | null;
  requestId: string | null;
}

export interface AuditFilter extends InstantRange {
  actorId: string | null;
  action: string | null;
}

const FILTER = `($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR action = $2)
           AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)`;

/** Also for commands, which have no application around them. */
export const AUDIT_INSERT: Statement = {
  name: 'audit_log_insert',
  text: `INSERT INTO audit_log (at, actor_id, action, target_type, target_id, request_id)
         VALUES ($1, $2, $3, $4, $5, $6)`,
};
const PAGE: Statement = {
  name: 'audit_log_page',
  text: `SELECT id, at, actor_id AS "actorId", action, target_type AS "targetType", target_id AS "targetId",
                request_id AS "requestId"
         FROM audit_log WHERE ${FILTER} ORDER BY at DESC, id OFFSET $5 LIMIT $6`,
};
const COUNT: Statement = {
  name: 'audit_log_count',
  text: `SELECT count(*)::int AS total FROM audit_log WHERE ${FILTER}`,
};
const OLDEST: Statement = { name: 'audit_log_oldest', text: 'SELECT min(at) AS at FROM audit_log' };
const DELETE_OLD: Statement = {
  name: 'audit_log_delete_old',
  text: `DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE at <= $1 ORDER BY at LIMIT $2)`,
};

@Injectable()
export class AuditLogRepository {
  constructor(private readonly database: Database) {}

  async insert({ at, actorId, action, targetType, targetId, requestId }: Omit<AuditEntry, 'id'>): Promise<void> {
    await this.database.execute(AUDIT_INSERT, [at, actorId, action, targetType, targetId, requestId]);
  }

  /** Newest first. */
  async page({ actorId, action, from, to }: AuditFilter, { offset, limit }: PageQuery): Promise<Rows<AuditEntry>> {
    const filter = [actorId, action, from, to];
    return this.database.page<AuditEntry>(PAGE, [...filter, offset, limit], COUNT, filter);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  /** Of those until an instant, the oldest; answers how many went. The database refuses those that are not old enough. */
  async deleteUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_OLD, [end, limit]);
  }
}
