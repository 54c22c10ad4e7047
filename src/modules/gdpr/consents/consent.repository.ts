import { Injectable } from '@nestjs/common';
import type { Origin } from 'src/common/http/caller-origin';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Consent, ConsentType } from './consent.types';

export type NewConsent = Omit<Consent, 'id'> & Origin & { userId: string };

/** A row and its place among all, by which a long list is read on. */
export type PlacedConsent = Consent & { position: string };

const COLUMNS = 'id, type, version, accepted, accepted_at AS "acceptedAt"';

const INSERT: Statement = {
  name: 'consent_insert',
  text: `INSERT INTO consents (user_id, type, version, accepted, accepted_at, ip_hash, user_agent_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
};
const PAGE: Statement = {
  name: 'consent_page',
  text: `SELECT ${COLUMNS} FROM consents WHERE user_id = $1 AND ($2::text IS NULL OR type = $2)
         ORDER BY position DESC OFFSET $3 LIMIT $4`,
};
const COUNT: Statement = {
  name: 'consent_count',
  text: 'SELECT count(*)::int AS total FROM consents WHERE user_id = $1 AND ($2::text IS NULL OR type = $2)',
};
const LAST: Statement = {
  name: 'consent_last',
  text: 'SELECT accepted FROM consents WHERE user_id = $1 AND type = $2 ORDER BY position DESC LIMIT 1',
};
const AFTER: Statement = {
  name: 'consent_after',
  text: `SELECT ${COLUMNS}, position FROM consents WHERE user_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
};
// When is stamped by the database.
const DETACH: Statement = {
  name: 'consent_detach',
  text: `UPDATE consents SET user_id = NULL
         WHERE id IN (SELECT id FROM consents WHERE user_id = $1 ORDER BY position DESC LIMIT $2)`,
};
const FIRST_DETACHED: Statement = {
  name: 'consent_first_detached',
  text: 'SELECT min(detached_at) AS at FROM consents WHERE detached_at IS NOT NULL',
};
const DELETE_DETACHED: Statement = {
  name: 'consent_delete_detached',
  text: `DELETE FROM consents
         WHERE id IN (SELECT id FROM consents WHERE detached_at <= $1 ORDER BY detached_at LIMIT $2)`,
};

/** Rows are only added: the database refuses everything else but what an erasure and its term ask for. */
@Injectable()
export class ConsentRepository {
  constructor(private readonly database: Database) {}

  async insert(consent: NewConsent): Promise<Consent> {
    const { userId, type, version, accepted, acceptedAt, ipHash, userAgentHash } = consent;
    const values = [userId, type, version, accepted, acceptedAt, ipHash, userAgentHash];
    const [row] = await this.database.query<Consent>(INSERT, values);
    if (!row) throw new Error('A consent that was written did not come back');
    return row;
  }

  /** Newest first. */
  async page(userId: string, type: ConsentType | null, { offset, limit }: PageQuery): Promise<Rows<Consent>> {
    return this.database.page<Consent>(PAGE, [userId, type, offset, limit], COUNT, [userId, type]);
  }

  /** Whether the last word was yes; who never said anything has not agreed. */
  async isAccepted(userId: string, type: ConsentType): Promise<boolean> {
    return (await this.database.value<boolean>(LAST, [userId, type])) ?? false;
  }

  /** Oldest first, those after a place. @param position '0' = from the beginning */
  async after(userId: string, position: string, limit: number): Promise<PlacedConsent[]> {
    return this.database.query<PlacedConsent>(AFTER, [userId, position, limit]);
  }

  /** Takes the person off so many rows; answers how many there were. */
  async detach(userId: string, limit: number): Promise<number> {
    return this.database.execute(DETACH, [userId, limit]);
  }

  /** When the first of those without a person lost it. */
  async firstDetached(): Promise<Date | null> {
    return this.database.value<Date>(FIRST_DETACHED);
  }

  /** Of those that lost their person until an instant, the oldest; answers how many went. */
  async deleteDetachedUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_DETACHED, [end, limit]);
  }
}
