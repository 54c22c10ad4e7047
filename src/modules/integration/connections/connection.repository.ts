import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TokenCipher } from 'src/common/crypto/token-cipher';
import { Database, type Statement } from 'src/common/transaction/database';
import { OAuthConnection } from 'src/modules/integration/entities/oauth-connection.entity';
import type { ProviderName } from 'src/modules/integration/provider.types';
import type { NewConnection, SealedConnection, Tokens } from './connection.types';

const TABLE = 'oauth_connections';
/** A suspended account, and one that is being closed, is not spoken for at any provider. */
const MAY_SPEAK = `u.status IN ('unverified', 'active')`;

const SEALED = `c.id, c.user_id AS "userId", c.provider, c.external_id AS "externalId", c.access_token AS "accessToken",
  c.refresh_token AS "refreshToken", c.expires_at AS "expiresAt", c.needs_reconnect AS "needsReconnect", c.version`;

const FIND: Statement = {
  name: 'connection_find',
  text: `SELECT ${SEALED} FROM oauth_connections c JOIN users u ON u.id = c.user_id
         WHERE c.user_id = $1 AND c.provider = $2 AND ${MAY_SPEAK}`,
};
const REMOVE: Statement = {
  name: 'connection_remove',
  text: `DELETE FROM oauth_connections c WHERE c.user_id = $1 AND c.provider = $2 RETURNING ${SEALED}`,
};
const AMONG: Statement = {
  name: 'connection_among',
  text: `SELECT c.user_id AS "userId" FROM oauth_connections c JOIN users u ON u.id = c.user_id
         WHERE c.user_id = ANY ($1::uuid[]) AND c.provider = $2 AND NOT c.needs_reconnect AND ${MAY_SPEAK}`,
};
const OWNER: Statement = {
  name: 'connection_owner',
  text: `SELECT user_id AS "userId" FROM oauth_connections WHERE provider = $1 AND external_id = $2`,
};
const IS_THERE: Statement = {
  name: 'connection_is_there',
  text: `SELECT 1 FROM oauth_connections
         WHERE provider = $1 AND NOT needs_reconnect AND (external_id = $2 OR ($2::text IS NULL AND user_id = $3))`,
};
const CLAIM: Statement = {
  name: 'connection_claim_refresh',
  text: `UPDATE oauth_connections
         SET refresher = $3, refreshing_until = clock_timestamp() + $4 * interval '1 millisecond'
         WHERE id = $1 AND version = $2 AND NOT needs_reconnect
           AND (refreshing_until IS NULL OR refreshing_until < clock_timestamp())`,
};
const RELEASE: Statement = {
  name: 'connection_release_refresh',
  text: `UPDATE oauth_connections SET refresher = NULL, refreshing_until = NULL WHERE id = $1 AND refresher = $2`,
};
const RENEW: Statement = {
  name: 'connection_renew',
  text: `UPDATE oauth_connections
         SET access_token = $3, refresh_token = $4, expires_at = $5, updated_at = $6, version = version + 1,
           refresher = NULL, refreshing_until = NULL
         WHERE id = $1 AND version = $2`,
};
const BREAK: Statement = {
  name: 'connection_break',
  text: `UPDATE oauth_connections
         SET needs_reconnect = true, access_token = NULL, refresh_token = NULL, updated_at = $3, version = version + 1,
           refresher = NULL, refreshing_until = NULL
         WHERE id = $1 AND version = $2 AND NOT needs_reconnect`,
};
const LOCK_ACCOUNT: Statement = {
  name: 'connection_lock_account',
  text: `SELECT pg_advisory_xact_lock(hashtextextended('oauth_connections ' || $1 || ' ' || $2, 0))`,
};

@Injectable()
export class ConnectionRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: TokenCipher,
  ) {
    cipher.keeps({ table: TABLE, columns: ['access_token', 'refresh_token'], rowId: 'id' });
  }

  /** Null as well for somebody whose account is suspended or closing. */
  async find(userId: string, provider: ProviderName): Promise<SealedConnection | null> {
    return this.database.first<SealedConnection>(FIND, [userId, provider]);
  }

  async ofUser(userId: string): Promise<OAuthConnection[]> {
    return this.database.repository(OAuthConnection).findBy({ userId });
  }

  async connectedAmong(userIds: readonly string[], provider: ProviderName): Promise<string[]> {
    return this.database.values<string>(AMONG, [userIds, provider]);
  }

  async ownerOf(provider: ProviderName, externalId: string): Promise<string | null> {
    return this.database.value<string>(OWNER, [provider, externalId]);
  }

  /** Whether the account at the provider is connected; of a provider that tells no ids, whether the person is. */
  async isConnected(provider: ProviderName, externalId: string | null, userId: string): Promise<boolean> {
    return (await this.database.query(IS_THERE, [provider, externalId, userId])).length > 0;
  }

  /** Who the person is at the provider, as far as that is known. */
  async externalIdOf(userId: string, provider: ProviderName): Promise<string | null> {
    const known = await this.database.repository(OAuthConnection).findOneBy({ userId, provider });
    return known?.externalId ?? null;
  }

  /** One at a time connects an account of a provider, whoever it is, until the end of the transaction. */
  async lockAccount(provider: ProviderName, externalId: string): Promise<void> {
    await this.database.query(LOCK_ACCOUNT, [provider, externalId]);
  }

  /** Writes the connection of a user, or puts new tokens into the one there is. The caller holds the user's row. */
  async save({ userId, provider, externalId, scope, tokens, at }: NewConnection): Promise<void> {
    const connections = this.database.repository(OAuthConnection);
    // Its tokens may be renewed or found worthless at the same moment: whoever writes, writes on what the other has left.
    const known = await connections.findOne({ where: { userId, provider }, lock: { mode: 'pessimistic_write' } });
    const id = known?.id ?? randomUUID();
    await connections.save({
      id,
      userId,
      provider,
      externalId,
      scope,
      ...this.sealed(id, tokens),
      expiresAt: tokens.expiresAt,
      needsReconnect: false,
      version: (known?.version ?? 0) + 1,
      refresher: null,
      refreshingUntil: null,
      connectedAt: at,
      updatedAt: at,
    });
  }

  async remove(userId: string, provider: ProviderName): Promise<SealedConnection | null> {
    return this.database.first<SealedConnection>(REMOVE, [userId, provider]);
  }

  /** @throws Error when they do not open: a key is missing, or they are not those of this row */
  tokensOf({ id, accessToken, refreshToken, expiresAt }: SealedConnection): Tokens | null {
    if (accessToken === null || refreshToken === null) return null;
    return {
      accessToken: this.cipher.decrypt({ table: TABLE, rowId: id, column: 'access_token' }, accessToken),
      refreshToken: this.cipher.decrypt({ table: TABLE, rowId: id, column: 'refresh_token' }, refreshToken),
      expiresAt,
    };
  }

  /** @returns whether this one may ask the provider for new tokens, for `leaseMs` of real time */
  async claimRefresh(id: string, version: number, refresher: string, leaseMs: number): Promise<boolean> {
    return (await this.database.execute(CLAIM, [id, version, refresher, leaseMs])) > 0;
  }

  async releaseRefresh(id: string, refresher: string): Promise<void> {
    await this.database.execute(RELEASE, [id, refresher]);
  }

  /** @returns false when the tokens were changed meanwhile, or the connection is no more */
  async renew(id: string, version: number, tokens: Tokens, at: Date): Promise<boolean> {
    const { accessToken, refreshToken } = this.sealed(id, tokens);
    return (await this.database.execute(RENEW, [id, version, accessToken, refreshToken, tokens.expiresAt, at])) > 0;
  }

  /** The tokens are worth nothing any more. @returns false when they were changed meanwhile */
  async breakOff(id: string, version: number, at: Date): Promise<boolean> {
    return (await this.database.execute(BREAK, [id, version, at])) > 0;
  }

  private sealed(id: string, tokens: Tokens): { accessToken: string; refreshToken: string } {
    return {
      accessToken: this.cipher.encrypt({ table: TABLE, rowId: id, column: 'access_token' }, tokens.accessToken),
      refreshToken: this.cipher.encrypt({ table: TABLE, rowId: id, column: 'refresh_token' }, tokens.refreshToken),
    };
  }
}
