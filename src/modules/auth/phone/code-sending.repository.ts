import { Injectable } from '@nestjs/common';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { Database, type Statement } from 'src/common/transaction/database';
import { AppConfig } from 'src/config/app-config';

/** Whose sendings are counted: those to a number, those that an account asked for, or all there are. */
export type Subject = { phone: string } | { userId: string } | 'everybody';

// The row is there and held afterwards, also where two come for the first time at once.
const HOLD: Statement = {
  name: 'phone_code_sending_hold',
  text: `INSERT INTO phone_code_sendings AS s (subject_hash, sent_at, last_sent_at) VALUES ($1, '{}', $2)
         ON CONFLICT (subject_hash) DO UPDATE SET last_sent_at = s.last_sent_at
         RETURNING sent_at AS moments`,
};
const WRITE: Statement = {
  name: 'phone_code_sending_write',
  text: 'UPDATE phone_code_sendings SET sent_at = $2::timestamptz[], last_sent_at = $3 WHERE subject_hash = $1',
};
const READ: Statement = {
  name: 'phone_code_sending_read',
  text: 'SELECT sent_at AS moments FROM phone_code_sendings WHERE subject_hash = $1',
};
const FORGET: Statement = {
  name: 'phone_code_sending_forget',
  text: 'DELETE FROM phone_code_sendings WHERE subject_hash = $1',
};
const PURGE: Statement = {
  name: 'phone_code_sending_purge',
  text: `DELETE FROM phone_code_sendings
         WHERE subject_hash IN (SELECT subject_hash FROM phone_code_sendings WHERE last_sent_at <= $1
                                ORDER BY last_sent_at LIMIT $2)`,
};
const OLDEST: Statement = {
  name: 'phone_code_sending_oldest',
  text: 'SELECT min(last_sent_at) AS at FROM phone_code_sendings',
};

/** Remembers when codes were sent, without the numbers. */
@Injectable()
export class CodeSendingRepository {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  /** Locks what is known of the subject for the rest of the transaction. */
  async hold(subject: Subject, now: Date): Promise<Date[]> {
    return this.moments(HOLD, [this.hashOf(subject), now]);
  }

  async find(subject: Subject): Promise<Date[]> {
    return this.moments(READ, [this.hashOf(subject)]);
  }

  async write(subject: Subject, moments: readonly Date[], last: Date): Promise<void> {
    await this.database.execute(WRITE, [this.hashOf(subject), moments, last]);
  }

  async forget(subject: Subject): Promise<void> {
    await this.database.execute(FORGET, [this.hashOf(subject)]);
  }

  /** Of those last used until then, the oldest; answers how many went. */
  async deleteUntil(instant: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [instant, limit]);
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  private async moments(statement: Statement, values: readonly unknown[]): Promise<Date[]> {
    const [row] = await this.database.query<{ moments: Date[] }>(statement, values);
    return row?.moments ?? [];
  }

  private hashOf(subject: Subject): string {
    return keyedHash(this.config.secrets.signingSecret, nameOf(subject));
  }
}

function nameOf(subject: Subject): string {
  if (subject === 'everybody') return 'codes of everybody';
  return 'phone' in subject ? `code to ${subject.phone}` : `code for ${subject.userId}`;
}
