import { Injectable, Logger } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { IntegrationDisconnected } from 'src/modules/integration/integration.events';
import { AccessRefused, type ProviderName } from 'src/modules/integration/provider.types';
import { ConnectionRepository } from './connection.repository';
import type { SealedConnection, Tokens } from './connection.types';
import { OAuthVendors } from './oauth-vendors';
import { RevocationService } from './revocation.service';
import { TokenService } from './token.service';

/** Connections of accounts to providers, and the tokens that open them. One for each user and provider. */
@Injectable()
export class ConnectionService {
  private readonly logger = new Logger(ConnectionService.name);

  constructor(
    private readonly connections: ConnectionRepository,
    private readonly tokens: TokenService,
    private readonly revocations: RevocationService,
    private readonly vendors: OAuthVendors,
    private readonly events: EventBus,
    private readonly unit: UnitOfWork,
  ) {}

  /**
   * Does `call` with an access token that is good for another minute; refreshes it where it is not, one process at a time
   * for each connection, and once more when the provider answers 401 (`AccessRefused`). Outside any transaction.
   *
   * @throws IntegrationNotConnected (422) none, or the provider refused the refresh: then `needs_reconnect` is set. Also
   *   while the account is suspended or closing
   * @throws DeliveryFailure what `call` or the refresh ran into
   */
  async withAccess<T>(userId: string, provider: ProviderName, call: (accessToken: string) => Promise<T>): Promise<T> {
    if (this.unit.isRunning) throw new Error(`${provider} was to be asked inside a transaction`);
    const { accessToken, version } = await this.tokens.fresh(userId, provider);
    try {
      return await call(accessToken);
    } catch (error) {
      if (!(error instanceof AccessRefused)) throw error;
    }
    const renewed = await this.tokens.renewed(userId, provider, version);
    try {
      return await call(renewed.accessToken);
    } catch (error) {
      // A token that was made this moment is not taken: asking for yet another one would go on for ever.
      throw error instanceof AccessRefused ? new DeliveryFailure(`${provider} http_401`, true) : error;
    }
  }

  /** Those of the given users (users.id) who are connected, and need no reconnecting. One query. */
  async connectedAmong(userIds: readonly string[], provider: ProviderName): Promise<Set<string>> {
    if (userIds.length === 0 || !this.vendors.configured(provider)) return new Set();
    return new Set(await this.connections.connectedAmong(userIds, provider));
  }

  /** Whose connection it is, by the person's id at the provider; null = nobody's. For webhooks. */
  async ownerOf(provider: ProviderName, externalId: string): Promise<string | null> {
    return this.connections.ownerOf(provider, externalId);
  }

  /**
   * Deletes the tokens, publishes `IntegrationDisconnected` (the vendor's listener deletes what its terms ask for) and
   * leaves the revocation to a job. In the caller's transaction.
   *
   * @param isRevoked the provider said so itself, and need not be told
   * @returns whether there was a connection
   */
  @Transactional()
  async drop(userId: string, provider: ProviderName, isRevoked: boolean): Promise<boolean> {
    const connection = await this.connections.remove(userId, provider);
    if (!connection) return false;
    const tokens = isRevoked ? null : this.readable(connection);
    if (tokens) await this.revocations.request(connection, tokens);
    await this.events.publish(new IntegrationDisconnected(userId, provider));
    return true;
  }

  /** Tokens that do not open cannot be given back, and keep nobody connected. */
  private readable(connection: SealedConnection): Tokens | null {
    try {
      return this.connections.tokensOf(connection);
    } catch {
      this.logger.error({ connectionId: connection.id }, 'tokens that do not open cannot be revoked');
      return null;
    }
  }
}
