import { Injectable } from '@nestjs/common';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { Database, type Statement } from 'src/common/transaction/database';
import { AppConfig } from 'src/config/app-config';

/** The rule of the lock, in numbers. */
export interface TryRules {
  /** Failures before a lock. */
  beforeLock: number;
  /** Failures without any success before nothing but a new password helps. */
  inARow: number;
  lockMs: number;
}

// The last try that is allowed closes the door behind itself: however many come at once, each is counted before its
// password is looked at, and who finds the door closed is not counted.
const TAKE_TRY: Statement = {
  name: 'login_take_try',
  text: `INSERT INTO login_failures AS f (account_hash, failures, failures_in_a_row, locked_until, updated_at)
         VALUES ($1, 1, 1, NULL, $2)
         ON CONFLICT (account_hash) DO UPDATE SET
           failures = CASE WHEN f.locked_until IS NULL THEN f.failures + 1 ELSE 1 END,
           failures_in_a_row = f.failures_in_a_row + 1,
           locked_until = CASE WHEN f.locked_until IS NULL AND f.failures + 1 >= $4 THEN $3::timestamptz END,
           updated_at = $2
         WHERE (f.locked_until IS NULL OR f.locked_until <= $2) AND f.failures_in_a_row < $5
         RETURNING 1`,
};
// A lock that the try brought about goes with it.
const GIVE_BACK: Statement = {
  name: 'login_give_back',
  text: `UPDATE login_failures SET
           failures = GREATEST(failures - 1, 0),
           failures_in_a_row = GREATEST(failures_in_a_row - 1, 0),
           locked_until = CASE WHEN failures - 1 >= $2 THEN locked_until END
         WHERE account_hash = $1`,
};
const LOCKED_UNTIL: Statement = {
  name: 'login_locked_until',
  text: 'SELECT locked_until FROM login_failures WHERE account_hash = $1',
};
const CLEAR: Statement = { name: 'login_clear', text: 'DELETE FROM login_failures WHERE account_hash = $1' };
const PURGE: Statement = {
  name: 'login_purge',
  // Asked again of the row itself: somebody may fail to sign in while it is looked up.
  text: `DELETE FROM login_failures WHERE updated_at <= $1 AND account_hash IN (
           SELECT account_hash FROM login_failures WHERE updated_at <= $1 ORDER BY updated_at LIMIT $2)`,
};

/** Counts tries to sign in by address, known or not. */
@Injectable()
export class LoginFailureRepository {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  /** Counts a try before it is judged. False when the account is locked: then nothing was counted. */
  async takeTry(email: string, now: Date, rules: TryRules): Promise<boolean> {
    const lockedUntil = new Date(now.getTime() + rules.lockMs);
    const values = [this.hashOf(email), now, lockedUntil, rules.beforeLock, rules.inARow];
    return (await this.database.execute(TAKE_TRY, values)) > 0;
  }

  /** Undoes a try that was taken and never judged. */
  async giveBack(email: string, { beforeLock }: TryRules): Promise<void> {
    await this.database.execute(GIVE_BACK, [this.hashOf(email), beforeLock]);
  }

  async lockedUntil(email: string): Promise<Date | null> {
    return this.database.value<Date>(LOCKED_UNTIL, [this.hashOf(email)]);
  }

  async clear(email: string): Promise<void> {
    await this.database.execute(CLEAR, [this.hashOf(email)]);
  }

  /** Those longest ago, at most so many. */
  async deleteUntil(instant: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [instant, limit]);
  }

  private hashOf(email: string): string {
    return keyedHash(this.config.secrets.signingSecret, `login ${email.toLowerCase()}`);
  }
}
