import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { IntegrationNotFound } from 'src/modules/integration/integration.errors';
import { PROVIDERS, type ProviderName } from 'src/modules/integration/provider.types';
import { ConnectionRepository } from './connection.repository';
import { ConnectionService } from './connection.service';
import type { ConnectionState } from './connection.types';
import { OAuthVendors } from './oauth-vendors';

/** The own connections. */
@Injectable()
export class ConnectionStatusService {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly service: ConnectionService,
    private readonly vendors: OAuthVendors,
  ) {}

  /** One for each provider of the contract, connected or not. */
  async states(me: Principal): Promise<ConnectionState[]> {
    const connections = await this.connections.ofUser(me.userId);
    return PROVIDERS.map((provider) => {
      const own = connections.find((connection) => connection.provider === provider);
      return {
        provider,
        isConnected: own !== undefined && !own.needsReconnect,
        needsReconnect: own?.needsReconnect ?? false,
        isConfigured: this.vendors.configured(provider) !== null,
        scope: own?.scope ?? null,
        expiresAt: own?.expiresAt ?? null,
      };
    });
  }

  /** @throws IntegrationNotFound also for what is no provider */
  @Transactional()
  async disconnect(me: Principal, name: string): Promise<void> {
    const provider = PROVIDERS.find((known): known is ProviderName => known === name);
    if (!provider || !(await this.service.drop(me.userId, provider, false))) throw new IntegrationNotFound();
  }
}
