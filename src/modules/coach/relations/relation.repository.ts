import { Injectable } from '@nestjs/common';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import { AFTER, type RelationFact } from './relation.state';
import type { Relation, RelationStatus } from './relation.types';

const COLUMNS = `
  r.id, r.coach_id AS "coachId", r.client_id AS "clientId", r.status, r.allow_unit_booking AS "allowUnitBooking",
  r.share_performances AS "sharePerformances", r.first_done_at AS "firstDoneAt", r.created_at AS "createdAt",
  r.updated_at AS "updatedAt"`;

const FIND: Statement = {
  name: 'relation_find',
  text: `SELECT ${COLUMNS} FROM relations r WHERE r.coach_id = $1 AND r.client_id = $2`,
};
const LOCK: Statement = { name: 'relation_lock', text: `${FIND.text} FOR NO KEY UPDATE` };
const OF_CLIENT: Statement = {
  name: 'relation_of_client',
  text: `SELECT ${COLUMNS} FROM relations r WHERE r.client_id = $1 AND ($2::text[] IS NULL OR r.status = ANY ($2))
         ORDER BY r.created_at, r.id`,
};
const OF_COACH_AND_CLIENTS: Statement = {
  name: 'relation_of_coach_and_clients',
  text: `SELECT ${COLUMNS} FROM relations r WHERE r.coach_id = $1 AND r.client_id = ANY ($2::uuid[])`,
};
const OF_CLIENT_AND_COACHES: Statement = {
  name: 'relation_of_client_and_coaches',
  text: `SELECT ${COLUMNS} FROM relations r WHERE r.client_id = $1 AND r.coach_id = ANY ($2::uuid[])`,
};
const COUNT: Statement = {
  name: 'relation_count',
  text: 'SELECT count(*)::int AS count FROM relations WHERE coach_id = $1 AND status = ANY ($2)',
};
const CLIENT_IDS: Statement = {
  name: 'relation_client_ids',
  text: 'SELECT client_id AS "clientId" FROM relations WHERE coach_id = $1 AND status = ANY ($2)',
};
/**
 * A fact, in one statement: where it leads comes as the table of the rules, so that two facts at once follow one another
 * by the lock of the row, and the second one sees where the first has led.
 */
const TELL: Statement = {
  name: 'relation_tell',
  text: `INSERT INTO relations AS r (coach_id, client_id, status, first_done_at, created_at, updated_at)
         VALUES ($1, $2, $3::jsonb ->> 'none', $5, $4, $4)
         ON CONFLICT (coach_id, client_id) DO UPDATE SET status = $3::jsonb ->> r.status, updated_at = $4,
           status_reason = CASE WHEN r.status = $3::jsonb ->> r.status THEN r.status_reason END,
           first_done_at = least(r.first_done_at, $5)
         WHERE r.status <> $3::jsonb ->> r.status OR r.first_done_at IS DISTINCT FROM least(r.first_done_at, $5)
         RETURNING ${COLUMNS}`,
};
/** A row that is there already is only locked: what was inserted by this statement has no xmax. */
const OPEN: Statement = {
  name: 'relation_open',
  text: `INSERT INTO relations AS r (coach_id, client_id, status, created_at, updated_at)
         VALUES ($1, $2, 'pending', $3, $3)
         ON CONFLICT (coach_id, client_id) DO UPDATE SET status = r.status
         RETURNING ${COLUMNS}, r.xmax = 0 AS made`,
};
const REMOVE_PENDING: Statement = {
  name: 'relation_remove_pending',
  text: `DELETE FROM relations WHERE coach_id = $1 AND client_id = $2 AND status = 'pending'`,
};
const SET_FIRST_DONE: Statement = {
  name: 'relation_set_first_done',
  text: 'UPDATE relations SET first_done_at = $3 WHERE coach_id = $1 AND client_id = $2',
};
const SHARE: Statement = {
  name: 'relation_share',
  text: `UPDATE relations AS r SET share_performances = $3 AND r.status <> 'ended',
           updated_at = CASE WHEN r.share_performances = ($3 AND r.status <> 'ended') THEN r.updated_at ELSE $4 END
         WHERE r.coach_id = $1 AND r.client_id = $2 RETURNING ${COLUMNS}`,
};
const CHANGE: Statement = {
  name: 'relation_change',
  text: `UPDATE relations AS r SET status = $2, allow_unit_booking = $4, share_performances = $5, updated_at = $6,
           status_reason = CASE WHEN r.status = $2 THEN r.status_reason ELSE $3 END
         WHERE r.id = $1 RETURNING ${COLUMNS}`,
};

/** What the coach writes on a relation. The reason is that of a new status: without one the old reason stays. */
export interface RelationWrite {
  status: RelationStatus;
  reason: string | null;
  allowUnitBooking: boolean;
  sharePerformances: boolean;
}

@Injectable()
export class RelationRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'relations', columns: ['status_reason'], rowId: 'id' });
  }

  async find(coachId: string, clientId: string): Promise<Relation | null> {
    return this.database.first<Relation>(FIND, [coachId, clientId]);
  }

  /** The relation, held until the end of the transaction. */
  async lock(coachId: string, clientId: string): Promise<Relation | null> {
    return this.database.first<Relation>(LOCK, [coachId, clientId]);
  }

  /** Oldest first. */
  async findOfClient(clientId: string, statuses?: readonly RelationStatus[]): Promise<Relation[]> {
    return this.database.query<Relation>(OF_CLIENT, [clientId, statuses ?? null]);
  }

  async ofCoachAndClients(coachId: string, clientIds: readonly string[]): Promise<Map<string, Relation>> {
    if (clientIds.length === 0) return new Map();
    const rows = await this.database.query<Relation>(OF_COACH_AND_CLIENTS, [coachId, clientIds]);
    return new Map(rows.map((row) => [row.clientId, row]));
  }

  async ofClientAndCoaches(clientId: string, coachIds: readonly string[]): Promise<Map<string, Relation>> {
    if (coachIds.length === 0) return new Map();
    const rows = await this.database.query<Relation>(OF_CLIENT_AND_COACHES, [clientId, coachIds]);
    return new Map(rows.map((row) => [row.coachId, row]));
  }

  async count(coachId: string, statuses: readonly RelationStatus[]): Promise<number> {
    return (await this.database.value<number>(COUNT, [coachId, statuses])) ?? 0;
  }

  async clientIds(coachId: string, statuses: readonly RelationStatus[]): Promise<string[]> {
    return this.database.values<string>(CLIENT_IDS, [coachId, statuses]);
  }

  /**
   * Makes the relation, or moves it along the table of facts.
   *
   * @param doneAt when a session was done, if the fact is that one was
   */
  async tell(coachId: string, clientId: string, fact: RelationFact, at: Date, doneAt?: Date): Promise<void> {
    await this.database.execute(TELL, [coachId, clientId, JSON.stringify(AFTER[fact]), at, doneAt ?? null]);
  }

  /** Makes a pending relation, or answers the one there is; either is held until the end of the transaction. */
  async open(coachId: string, clientId: string, now: Date): Promise<{ relation: Relation; made: boolean }> {
    const [row] = await this.database.query<Relation & { made: boolean }>(OPEN, [coachId, clientId, now]);
    if (!row) throw new Error('an upsert without a condition answers its row');
    const { made, ...relation } = row;
    return { relation, made };
  }

  async removePending(coachId: string, clientId: string): Promise<void> {
    await this.database.execute(REMOVE_PENDING, [coachId, clientId]);
  }

  async setFirstDone(coachId: string, clientId: string, at: Date | null): Promise<void> {
    await this.database.execute(SET_FIRST_DONE, [coachId, clientId, at]);
  }

  async share(coachId: string, clientId: string, sharePerformances: boolean, now: Date): Promise<Relation | null> {
    return this.database.first<Relation>(SHARE, [coachId, clientId, sharePerformances, now]);
  }

  /** Of a relation that is held. */
  async change(id: string, write: RelationWrite, now: Date): Promise<Relation | null> {
    const reason = this.cipher.encryptNullable(
      { table: 'relations', rowId: id, column: 'status_reason' },
      write.reason,
    );
    const values = [id, write.status, reason, write.allowUnitBooking, write.sharePerformances, now];
    return this.database.first<Relation>(CHANGE, values);
  }
}
