import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { ScaleSync } from 'src/modules/integration/entities/scale-sync.entity';

const COLUMNS = `user_id AS "userId", connected_at AS "connectedAt", known_until::float8 AS "knownUntil", due_at AS "dueAt"`;

const BEGIN: Statement = {
  name: 'scale_sync_begin',
  text: `INSERT INTO scale_syncs (user_id, connected_at, known_until, due_at) VALUES ($1, $2, 0, $3)
         ON CONFLICT (user_id) DO UPDATE SET connected_at = $2, known_until = 0, due_at = $3`,
};
const FIND: Statement = { name: 'scale_sync_find', text: `SELECT ${COLUMNS} FROM scale_syncs WHERE user_id = $1` };
/** What was read of a former connection says nothing of this one. */
const ADVANCE: Statement = {
  name: 'scale_sync_advance',
  text: `UPDATE scale_syncs SET known_until = greatest(known_until, $3) WHERE user_id = $1 AND connected_at = $2`,
};
const REMOVE: Statement = { name: 'scale_sync_remove', text: 'DELETE FROM scale_syncs WHERE user_id = $1' };
const NEXT_DUE: Statement = { name: 'scale_sync_next_due', text: 'SELECT min(due_at) AS at FROM scale_syncs' };
const CLAIM_DUE: Statement = {
  name: 'scale_sync_claim_due',
  text: `UPDATE scale_syncs SET due_at = $2
         WHERE user_id IN (SELECT user_id FROM scale_syncs WHERE due_at <= $1 ORDER BY due_at, user_id LIMIT $3
                           FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING user_id AS "userId"`,
};

/** Whose scale is read, how far, and when next. */
@Injectable()
export class ScaleSyncRepository {
  constructor(private readonly database: Database) {}

  /** A new connection, of which nothing is known. */
  async begin(userId: string, connectedAt: Date, dueAt: Date): Promise<void> {
    await this.database.execute(BEGIN, [userId, connectedAt, dueAt]);
  }

  async find(userId: string): Promise<ScaleSync | null> {
    return this.database.first<ScaleSync>(FIND, [userId]);
  }

  /** @param knownUntil seconds since 1970, by the clock of the provider */
  async advance({ userId, connectedAt }: ScaleSync, knownUntil: number): Promise<void> {
    await this.database.execute(ADVANCE, [userId, connectedAt, knownUntil]);
  }

  async remove(userId: string): Promise<void> {
    await this.database.execute(REMOVE, [userId]);
  }

  async nextDue(): Promise<Date | null> {
    return this.database.value<Date>(NEXT_DUE);
  }

  /** Of those that are due, those that were longest, and that nobody else claims; due again at `next`. */
  async claimDue(now: Date, next: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(CLAIM_DUE, [now, next, limit]);
  }
}
