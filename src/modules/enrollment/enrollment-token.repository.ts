import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import { plainHash } from 'src/common/crypto/keyed-hash';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { EnrollmentLink, UsableLink } from './enrollment.types';

const COLUMNS = `
  t.id, t.token, t.label, t.expires_at AS "expiresAt", t.max_uses AS "maxUses", t.uses_count AS "usesCount", t.active,
  t.created_at AS "createdAt"`;
/** A link that is switched off, late or used up is no link. */
const USABLE = '(t.active AND (t.expires_at IS NULL OR t.expires_at > $2))';

const INSERT: Statement = {
  name: 'enrollment_token_insert',
  text: `INSERT INTO enrollment_tokens (id, coach_id, token_hash, token, label, expires_at, max_uses, active, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8)`,
};
const PAGE: Statement = {
  name: 'enrollment_token_page',
  text: `SELECT ${COLUMNS} FROM enrollment_tokens t WHERE t.coach_id = $1
         ORDER BY t.created_at DESC, t.id OFFSET $2 LIMIT $3`,
};
const COUNT: Statement = {
  name: 'enrollment_token_count',
  text: 'SELECT count(*)::int AS total FROM enrollment_tokens WHERE coach_id = $1',
};
const FIND_OWNED: Statement = {
  name: 'enrollment_token_owned',
  text: `SELECT ${COLUMNS} FROM enrollment_tokens t WHERE t.coach_id = $1 AND t.id = $2`,
};
/** The same work whether there is none, one that cannot be used, or one of a coach who cannot be found. */
const FIND_USABLE: Statement = {
  name: 'enrollment_token_usable',
  text: `SELECT t.id, t.coach_id AS "coachId", t.label, t.expires_at AS "expiresAt"
         FROM enrollment_tokens t JOIN users u ON u.id = t.coach_id
         WHERE t.token_hash = $1 AND ${USABLE} AND u.status IN ('active', 'unverified')`,
};
/** By the lock of the row never more often than allowed; the last use switches it off. */
const USE: Statement = {
  name: 'enrollment_token_use',
  text: `UPDATE enrollment_tokens AS t SET uses_count = t.uses_count + 1,
           active = t.max_uses IS NULL OR t.uses_count + 1 < t.max_uses
         WHERE t.id = $1 AND ${USABLE}`,
};
const SWITCH_OFF: Statement = {
  name: 'enrollment_token_switch_off',
  text: 'UPDATE enrollment_tokens SET active = false WHERE coach_id = $1 AND id = $2',
};
const REMOVE_ALL: Statement = {
  name: 'enrollment_token_remove_all',
  text: 'DELETE FROM enrollment_tokens WHERE coach_id = $1',
};

@Injectable()
export class EnrollmentTokenRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'enrollment_tokens', columns: ['token'], rowId: 'id' });
  }

  async insert(
    coachId: string,
    token: string,
    { label, expiresAt, maxUses }: Pick<EnrollmentLink, 'label' | 'expiresAt' | 'maxUses'>,
    now: Date,
  ): Promise<EnrollmentLink> {
    const id = randomUUID();
    const sealed = this.cipher.encrypt(place(id), token);
    await this.database.execute(INSERT, [id, coachId, plainHash(token), sealed, label, expiresAt, maxUses, now]);
    return { id, token, label, expiresAt, maxUses, usesCount: 0, active: true, createdAt: now };
  }

  /** Newest first. */
  async page(coachId: string, { offset, limit }: PageQuery): Promise<Rows<EnrollmentLink>> {
    const page = await this.database.page<EnrollmentLink>(PAGE, [coachId, offset, limit], COUNT, [coachId]);
    return { ...page, rows: page.rows.map((row) => this.opened(row)) };
  }

  async findOwned(coachId: string, id: string): Promise<EnrollmentLink | null> {
    const [row] = await this.database.query<EnrollmentLink>(FIND_OWNED, [coachId, id]);
    return row ? this.opened(row) : null;
  }

  async findUsable(token: string, now: Date): Promise<UsableLink | null> {
    return this.database.first<UsableLink>(FIND_USABLE, [plainHash(token), now]);
  }

  /** Counts one use. False when none was left, or the link is switched off or late by now. */
  async use(id: string, now: Date): Promise<boolean> {
    return (await this.database.execute(USE, [id, now])) > 0;
  }

  /** False when the coach has no such link. */
  async switchOff(coachId: string, id: string): Promise<boolean> {
    return (await this.database.execute(SWITCH_OFF, [coachId, id])) > 0;
  }

  async removeAll(coachId: string): Promise<void> {
    await this.database.execute(REMOVE_ALL, [coachId]);
  }

  private opened(row: EnrollmentLink): EnrollmentLink {
    return { ...row, token: this.cipher.decrypt(place(row.id), row.token) };
  }
}

function place(id: string): CipherPlace {
  return { table: 'enrollment_tokens', rowId: id, column: 'token' };
}
