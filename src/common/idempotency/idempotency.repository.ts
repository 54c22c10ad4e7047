import { Injectable } from '@nestjs/common';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { Database, type Statement } from 'src/common/transaction/database';

/** Whose request on which route. */
export interface IdempotencyScope {
  userId: string;
  route: string;
  key: string;
}

export interface KeptAnswer {
  fingerprint: string;
  status: number;
  /** Encrypted JSON; null where the answer has no body. */
  body: string | null;
}

const TRY_LOCK: Statement = {
  name: 'idempotency_lock',
  text: `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked`,
};
const FIND: Statement = {
  name: 'idempotency_find',
  text: `SELECT fingerprint, status, body FROM idempotency_keys
         WHERE user_id = $1 AND route = $2 AND key = $3 AND created_at > $4`,
};
const KEEP: Statement = {
  name: 'idempotency_keep',
  text: `INSERT INTO idempotency_keys (user_id, route, key, fingerprint, status, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (user_id, route, key) DO UPDATE
         SET fingerprint = EXCLUDED.fingerprint, status = EXCLUDED.status, body = EXCLUDED.body,
             created_at = EXCLUDED.created_at`,
};
const AMEND: Statement = {
  name: 'idempotency_amend',
  text: 'UPDATE idempotency_keys SET body = $4 WHERE user_id = $1 AND route = $2 AND key = $3',
};
const PURGE: Statement = {
  name: 'idempotency_purge',
  // Asked again of the row itself: it may have been kept anew while it was looked up.
  text: `DELETE FROM idempotency_keys WHERE created_at <= $1 AND (user_id, route, key) IN (
           SELECT user_id, route, key FROM idempotency_keys WHERE created_at <= $1 ORDER BY created_at LIMIT $2)`,
};
const OLDEST: Statement = { name: 'idempotency_oldest', text: 'SELECT min(created_at) AS at FROM idempotency_keys' };

@Injectable()
export class IdempotencyRepository {
  constructor(
    private readonly database: Database,
    cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'idempotency_keys', columns: ['body'], rowId: "user_id || ' ' || route || ' ' || key" });
  }

  /** A plain insert would wait for the first request; this answers at once, and the lock goes with the transaction. */
  async tryLock({ userId, route, key }: IdempotencyScope): Promise<boolean> {
    return (await this.database.value<boolean>(TRY_LOCK, [`${userId} ${route} ${key}`])) ?? false;
  }

  async findSince({ userId, route, key }: IdempotencyScope, since: Date): Promise<KeptAnswer | null> {
    return this.database.first<KeptAnswer>(FIND, [userId, route, key, since]);
  }

  async keep({ userId, route, key }: IdempotencyScope, answer: KeptAnswer, now: Date): Promise<void> {
    await this.database.execute(KEEP, [userId, route, key, answer.fingerprint, answer.status, answer.body, now]);
  }

  /** What a repeat is told from now on. */
  async amend({ userId, route, key }: IdempotencyScope, body: string | null): Promise<void> {
    await this.database.execute(AMEND, [userId, route, key, body]);
  }

  /** The oldest, at most so many. */
  async deleteUntil(instant: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [instant, limit]);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }
}
