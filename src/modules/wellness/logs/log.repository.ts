import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import type { HealthLog } from 'src/modules/wellness/entities/health-log.entity';

const COLUMNS = `
  l.id, l.user_id AS "userId", l.parameter_id AS "parameterId", l.value::float8 AS value, l.note, l.source,
  l.logged_at AS "loggedAt", l.created_at AS "createdAt"`;
/** Values of a parameter that is switched off are shown to nobody; to a coach, those alone that are shared with him. */
const SHOWN = `
  FROM health_logs l JOIN health_parameters p ON p.id = l.parameter_id AND p.active
  WHERE l.user_id = $1 AND ($2::uuid IS NULL OR l.parameter_id = $2)
    AND ($3::timestamptz IS NULL OR l.logged_at >= $3) AND ($4::timestamptz IS NULL OR l.logged_at < $4)
    AND ($5::uuid IS NULL OR EXISTS (
      SELECT FROM health_sharings s
      WHERE s.user_id = l.user_id AND s.coach_id = $5 AND s.parameter_id = l.parameter_id))`;

const INSERT: Statement = {
  name: 'health_log_insert',
  text: `INSERT INTO health_logs (id, user_id, parameter_id, value, note, source, logged_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const PAGE: Statement = {
  name: 'health_log_page',
  text: `SELECT ${COLUMNS} ${SHOWN} ORDER BY l.logged_at DESC, l.id OFFSET $6 LIMIT $7`,
};
const COUNT: Statement = { name: 'health_log_count', text: `SELECT count(*)::int AS total ${SHOWN}` };
const REMOVE: Statement = {
  name: 'health_log_remove',
  text: 'DELETE FROM health_logs WHERE user_id = $1 AND id = $2',
};
const AFTER: Statement = {
  name: 'health_log_after',
  text: `SELECT ${COLUMNS} FROM health_logs l WHERE l.user_id = $1 AND ($2::uuid IS NULL OR l.id > $2)
         ORDER BY l.id LIMIT $3`,
};
const REMOVE_SOME: Statement = {
  name: 'health_log_remove_some',
  text: 'DELETE FROM health_logs WHERE id IN (SELECT id FROM health_logs WHERE user_id = $1 LIMIT $2)',
};

export interface LogFilter extends InstantRange {
  userId: string;
  parameterId: string | null;
  /** Only what is shared with this coach; null: what the owner sees. */
  coachId: string | null;
}

/** Notes go in and come out in clear. */
@Injectable()
export class LogRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'health_logs', columns: ['note'], rowId: 'id' });
  }

  async insert({ id, userId, parameterId, value, note, source, loggedAt, createdAt }: HealthLog): Promise<void> {
    const sealed = this.cipher.encryptNullable(place(id), note);
    await this.database.execute(INSERT, [id, userId, parameterId, value, sealed, source, loggedAt, createdAt]);
  }

  /** Latest first. */
  async page(filter: LogFilter, { offset, limit }: PageQuery): Promise<Rows<HealthLog>> {
    const { userId, parameterId, from, to, coachId } = filter;
    const values = [userId, parameterId, from, to, coachId];
    const page = await this.database.page<HealthLog>(PAGE, [...values, offset, limit], COUNT, values);
    return { ...page, rows: page.rows.map((row) => this.opened(row)) };
  }

  /** False when the person has no such value; one of a parameter that is switched off is still his. */
  async remove(userId: string, id: string): Promise<boolean> {
    return (await this.database.execute(REMOVE, [userId, id])) > 0;
  }

  /** All of a person, in the order of their ids. @param lastId null: from the first */
  async after(userId: string, lastId: string | null, limit: number): Promise<HealthLog[]> {
    const rows = await this.database.query<HealthLog>(AFTER, [userId, lastId, limit]);
    return rows.map((row) => this.opened(row));
  }

  /** Answers how many went. */
  async removeSome(userId: string, limit: number): Promise<number> {
    return this.database.execute(REMOVE_SOME, [userId, limit]);
  }

  private opened(row: HealthLog): HealthLog {
    return { ...row, note: this.cipher.decryptNullable(place(row.id), row.note) };
  }
}

function place(id: string): CipherPlace {
  return { table: 'health_logs', rowId: id, column: 'note' };
}
