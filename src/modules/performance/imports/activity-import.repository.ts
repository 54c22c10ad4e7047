import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { SessionSource } from 'src/modules/performance/sessions/session.types';

/** Of sessions that nobody wrote here: they have no sets, so no record hangs on them. */
const STORED: Statement = {
  name: 'activity_stored',
  text: `SELECT id, external_id AS "externalId" FROM performance_sessions
         WHERE user_id = $1 AND source = $2 AND external_id = ANY ($3::text[])`,
};
const REFRESH: Statement = {
  name: 'activity_refresh',
  text: `UPDATE performance_sessions s
         SET trained_at = row."trainedAt", duration_min = row."durationMin", source_terms = $2, updated_at = $3
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "trainedAt" timestamptz, "durationMin" int)
         WHERE s.id = row.id`,
};
const REMOVE: Statement = {
  name: 'activity_remove',
  text: 'DELETE FROM performance_sessions WHERE user_id = $1 AND source = $2 AND external_id = ANY ($3::text[])',
};
const REMOVE_ALL: Statement = {
  name: 'activity_remove_all',
  text: 'DELETE FROM performance_sessions WHERE user_id = $1 AND source = $2',
};
const SOONEST_END: Statement = {
  name: 'activity_soonest_end',
  text: `SELECT min(source_terms ->> 'keepUntil') AS at FROM performance_sessions
         WHERE source_terms ->> 'keepUntil' IS NOT NULL`,
};
/** ISO 8601 in UTC, all of one form: its order is that of time. */
const REMOVE_ENDED: Statement = {
  name: 'activity_remove_ended',
  text: `DELETE FROM performance_sessions WHERE id IN (
           SELECT id FROM performance_sessions WHERE source_terms ->> 'keepUntil' <= $1
           ORDER BY source_terms ->> 'keepUntil' LIMIT $2)`,
};

/** What is refreshed of a stored session. */
export interface SessionRefresh {
  id: string;
  trainedAt: Date;
  durationMin: number | null;
}

@Injectable()
export class ActivityImportRepository {
  constructor(private readonly database: Database) {}

  /** Sessions by what their source calls them. */
  async stored(userId: string, source: SessionSource, externalIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ id: string; externalId: string }>(STORED, [userId, source, externalIds]);
    return new Map(rows.map(({ id, externalId }) => [externalId, id]));
  }

  async refresh(sessions: readonly SessionRefresh[], terms: object, at: Date): Promise<void> {
    if (sessions.length > 0) await this.database.execute(REFRESH, [JSON.stringify(sessions), terms, at]);
  }

  async remove(userId: string, source: SessionSource, externalIds: readonly string[]): Promise<number> {
    return this.database.execute(REMOVE, [userId, source, externalIds]);
  }

  async removeAll(userId: string, source: SessionSource): Promise<number> {
    return this.database.execute(REMOVE_ALL, [userId, source]);
  }

  /** The soonest moment from which one may not be kept any more. */
  async soonestEnd(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: string | null }>(SOONEST_END);
    return row?.at ? new Date(row.at) : null;
  }

  /** Those that may be kept no longer, the oldest first; answers how many went. */
  async removeEnded(now: Date, limit: number): Promise<number> {
    return this.database.execute(REMOVE_ENDED, [now.toISOString(), limit]);
  }
}
