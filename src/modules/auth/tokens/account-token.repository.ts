import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { AccountToken, type TokenPurpose } from 'src/modules/auth/entities/account-token.entity';

const REPLACE: Statement = {
  name: 'account_token_replace',
  text: `INSERT INTO account_tokens (id, user_id, purpose, email, token_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (user_id, purpose) DO UPDATE
         SET id = EXCLUDED.id, email = EXCLUDED.email, token_hash = EXCLUDED.token_hash,
             created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at`,
};
const PURGE: Statement = {
  name: 'account_token_purge',
  text: `DELETE FROM account_tokens WHERE id IN (
           SELECT id FROM account_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)`,
};
const OLDEST: Statement = { name: 'account_token_oldest', text: 'SELECT min(expires_at) AS at FROM account_tokens' };

@Injectable()
export class AccountTokenRepository {
  constructor(private readonly database: Database) {}

  /** The person's earlier token of the same purpose goes. */
  async replace(token: AccountToken): Promise<void> {
    const { id, userId, purpose, email, tokenHash, createdAt, expiresAt } = token;
    await this.database.execute(REPLACE, [id, userId, purpose, email, tokenHash, createdAt, expiresAt]);
  }

  async findByHash(tokenHash: string, purpose: TokenPurpose): Promise<AccountToken | null> {
    return this.database.repository(AccountToken).findOneBy({ tokenHash, purpose });
  }

  /** False when somebody else was faster. */
  async delete(id: string): Promise<boolean> {
    const { affected } = await this.database.repository(AccountToken).delete({ id });
    return affected === 1;
  }

  async deleteOfUser(userId: string, purpose: TokenPurpose): Promise<void> {
    await this.database.repository(AccountToken).delete({ userId, purpose });
  }

  /** Those that ended first, at most so many. */
  async deleteExpiredUntil(instant: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [instant, limit]);
  }

  async firstExpiry(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }
}
