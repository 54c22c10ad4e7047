import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { DeletionRequest } from 'src/modules/gdpr/entities/deletion-request.entity';

const COLUMNS = `user_id AS "userId", requested_at AS "requestedAt", effective_at AS "effectiveAt",
           started_at AS "startedAt", done_parts AS "doneParts"`;

/** Answers the row in any case; one that was there keeps its dates. */
const OPEN: Statement = {
  name: 'deletion_request_open',
  text: `INSERT INTO deletion_requests (user_id, requested_at, effective_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET user_id = EXCLUDED.user_id
         RETURNING ${COLUMNS}, xmax = 0 AS "isNew"`,
};
/** Begins anew, whatever a backup says of it. */
const REOPEN: Statement = {
  name: 'deletion_request_reopen',
  text: `INSERT INTO deletion_requests (user_id, requested_at, effective_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET requested_at = EXCLUDED.requested_at,
           effective_at = EXCLUDED.effective_at, done_parts = '{}'`,
};
const HOLD: Statement = {
  name: 'deletion_request_hold',
  text: `SELECT ${COLUMNS} FROM deletion_requests WHERE user_id = $1 FOR UPDATE`,
};
const TAKE: Statement = {
  name: 'deletion_request_take',
  text: `SELECT ${COLUMNS} FROM deletion_requests WHERE user_id = $1 FOR UPDATE SKIP LOCKED`,
};
const DUE: Statement = {
  name: 'deletion_request_due',
  text: `SELECT user_id AS "userId" FROM deletion_requests
         WHERE effective_at <= $1 AND ($2::uuid IS NULL OR user_id > $2) ORDER BY user_id LIMIT $3`,
};
const SINCE: Statement = {
  name: 'deletion_request_since',
  text: 'SELECT user_id AS "userId" FROM deletion_requests WHERE requested_at >= $1 AND started_at IS NULL ORDER BY 1',
};
const FIRST: Statement = {
  name: 'deletion_request_first',
  text: 'SELECT min(effective_at) AS at FROM deletion_requests',
};
const NOTE: Statement = {
  name: 'deletion_request_note',
  text: `UPDATE deletion_requests
         SET started_at = coalesce(started_at, $2),
             done_parts = CASE WHEN $3::text IS NULL THEN done_parts ELSE done_parts || $3 END
         WHERE user_id = $1`,
};
const CLOSE: Statement = {
  name: 'deletion_request_close',
  text: 'DELETE FROM deletion_requests WHERE user_id = $1',
};

/** Accounts that wait for their erasure, and how far it is. */
@Injectable()
export class ErasureRepository {
  constructor(private readonly database: Database) {}

  /** Opens a request, or finds the one that is open. */
  async open(userId: string, requestedAt: Date, effectiveAt: Date): Promise<DeletionRequest & { isNew: boolean }> {
    const values = [userId, requestedAt, effectiveAt];
    const [row] = await this.database.query<DeletionRequest & { isNew: boolean }>(OPEN, values);
    if (!row) throw new Error('A request to be erased was neither written nor found');
    return row;
  }

  /** The request of a receipt, from the beginning. */
  async reopen(userId: string, requestedAt: Date, effectiveAt: Date): Promise<void> {
    await this.database.execute(REOPEN, [userId, requestedAt, effectiveAt]);
  }

  /** Waits for whoever has it. */
  async hold(userId: string): Promise<DeletionRequest | null> {
    return this.database.first<DeletionRequest>(HOLD, [userId]);
  }

  /** Null also when somebody else works on it. */
  async take(userId: string): Promise<DeletionRequest | null> {
    return this.database.first<DeletionRequest>(TAKE, [userId]);
  }

  /** Whose date has come, by id, after one of them. */
  async due(now: Date, after: string | null, limit: number): Promise<string[]> {
    return this.database.values<string>(DUE, [now, after, limit]);
  }

  /** Who has asked since then, and has not been begun with. */
  async since(at: Date): Promise<string[]> {
    return this.database.values<string>(SINCE, [at]);
  }

  async first(): Promise<Date | null> {
    return this.database.value<Date>(FIRST);
  }

  /** The erasure has begun; with a part, that one is gone. */
  async note(userId: string, at: Date, part: string | null): Promise<void> {
    await this.database.execute(NOTE, [userId, at, part]);
  }

  async close(userId: string): Promise<void> {
    await this.database.execute(CLOSE, [userId]);
  }
}
