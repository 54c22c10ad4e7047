import { Injectable } from '@nestjs/common';
import { plainHash } from 'src/common/crypto/keyed-hash';
import { TokenCipher } from 'src/common/crypto/token-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import type { ProviderName } from 'src/modules/integration/provider.types';

const INSERT: Statement = {
  name: 'oauth_state_insert',
  text: `INSERT INTO oauth_states (state_hash, user_id, provider, code_verifier, expires_at) VALUES ($1, $2, $3, $4, $5)`,
};
const CLAIM: Statement = {
  name: 'oauth_state_claim',
  text: `DELETE FROM oauth_states
         WHERE state_hash = $1 AND provider = $2 AND expires_at > $3 AND ($4::uuid IS NULL OR user_id = $4)
         RETURNING user_id AS "userId", code_verifier AS "codeVerifier"`,
};
const OLDEST: Statement = { name: 'oauth_state_oldest', text: 'SELECT min(expires_at) AS oldest FROM oauth_states' };
const PURGE: Statement = {
  name: 'oauth_state_purge',
  text: `DELETE FROM oauth_states WHERE state_hash IN (
           SELECT state_hash FROM oauth_states WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
};
const FORGET: Statement = { name: 'oauth_state_forget', text: 'DELETE FROM oauth_states WHERE user_id = $1' };

/** A way to a provider that somebody has set out on. */
export interface BegunWay {
  userId: string;
  /** Of PKCE; null where the provider knows none. */
  codeVerifier: string | null;
}

const placeOf = (stateHash: string): { table: string; rowId: string; column: string } => ({
  table: 'oauth_states',
  rowId: stateHash,
  column: 'code_verifier',
});

@Injectable()
export class AuthorizationRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: TokenCipher,
  ) {
    cipher.keeps({ table: 'oauth_states', columns: ['code_verifier'], rowId: 'state_hash' });
  }

  async insert(state: string, provider: ProviderName, { userId, codeVerifier }: BegunWay, end: Date): Promise<void> {
    const hash = plainHash(state);
    const verifier = this.cipher.encryptNullable(placeOf(hash), codeVerifier);
    await this.database.execute(INSERT, [hash, userId, provider, verifier, end]);
  }

  /** Whose state it is: told once. @param by who says that it is his, if anybody does */
  async claim(state: string, provider: ProviderName, now: Date, by: string | null): Promise<BegunWay | null> {
    const hash = plainHash(state);
    const [row] = await this.database.query<BegunWay>(CLAIM, [hash, provider, now, by]);
    return row ? { ...row, codeVerifier: this.cipher.decryptNullable(placeOf(hash), row.codeVerifier) } : null;
  }

  async oldestEnd(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  async purge(now: Date, limit: number): Promise<number> {
    return this.database.execute(PURGE, [now, limit]);
  }

  async forget(userId: string): Promise<void> {
    await this.database.execute(FORGET, [userId]);
  }
}
