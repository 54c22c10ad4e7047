import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { PhoneCode } from 'src/modules/auth/entities/phone-code.entity';

const REPLACE: Statement = {
  name: 'phone_code_replace',
  text: `INSERT INTO phone_codes (user_id, id, phone, code_hash, tries, created_at, expires_at)
         VALUES ($1, $2, $3, $4, 0, $5, $6)
         ON CONFLICT (user_id) DO UPDATE
         SET id = EXCLUDED.id, phone = EXCLUDED.phone, code_hash = EXCLUDED.code_hash, tries = 0,
             created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at, first_tried_at = NULL`,
};
const COUNT_TRY: Statement = {
  name: 'phone_code_count_try',
  text: 'UPDATE phone_codes SET tries = tries + 1 WHERE user_id = $1',
};
const NOTE_FIRST_TRY: Statement = {
  name: 'phone_code_note_first_try',
  text: 'UPDATE phone_codes SET first_tried_at = $3 WHERE user_id = $1 AND id = $2',
};
const DELETE: Statement = { name: 'phone_code_delete', text: 'DELETE FROM phone_codes WHERE user_id = $1' };
const PURGE: Statement = {
  name: 'phone_code_purge',
  text: `DELETE FROM phone_codes
         WHERE user_id IN (SELECT user_id FROM phone_codes WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`,
};
const OLDEST: Statement = { name: 'phone_code_oldest', text: 'SELECT min(expires_at) AS at FROM phone_codes' };

/** Codes by person. Who writes holds the row of the person: whatever he does at once happens one after another. */
@Injectable()
export class PhoneCodeRepository {
  constructor(private readonly database: Database) {}

  /** The person's earlier code goes. */
  async replace(code: Omit<PhoneCode, 'tries' | 'firstTriedAt'>): Promise<void> {
    const { userId, id, phone, codeHash, createdAt, expiresAt } = code;
    await this.database.execute(REPLACE, [userId, id, phone, codeHash, createdAt, expiresAt]);
  }

  async findOfUser(userId: string): Promise<PhoneCode | null> {
    return this.database.repository(PhoneCode).findOneBy({ userId });
  }

  async countTry(userId: string): Promise<void> {
    await this.database.execute(COUNT_TRY, [userId]);
  }

  async noteFirstTry(userId: string, id: string, at: Date | null): Promise<void> {
    await this.database.execute(NOTE_FIRST_TRY, [userId, id, at]);
  }

  async delete(userId: string): Promise<void> {
    await this.database.execute(DELETE, [userId]);
  }

  /** Of those that expired until then, the oldest; answers how many went. */
  async deleteExpiredUntil(instant: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [instant, limit]);
  }

  async firstExpiry(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }
}
