import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { UserService } from 'src/modules/auth/user.service';
import { ConnectionRepository } from 'src/modules/integration/connections/connection.repository';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { RevocationService } from 'src/modules/integration/connections/revocation.service';
import { IntegrationConnected } from 'src/modules/integration/integration.events';
import type { Grant, ProviderName } from 'src/modules/integration/provider.types';

/** A grant that can be kept: it renews itself. */
export type LastingGrant = Grant & { refreshToken: string };

/** Makes connections of grants. */
@Injectable()
export class NewConnectionService {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly service: ConnectionService,
    private readonly revocations: RevocationService,
    private readonly users: UserService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the place of a former connection of the user to the provider; and of anybody else's to the same account there,
   * as a webhook tells the account alone, and to give one of two grants back would end both.
   *
   * @returns false when the account may not be connected (any more): suspended, closing or gone
   */
  @Transactional()
  async store(userId: string, provider: ProviderName, grant: LastingGrant): Promise<boolean> {
    await this.users.lock(userId);
    const user = await this.users.findById(userId);
    if (user?.status !== 'active' && user?.status !== 'unverified') return false;
    await this.makeRoom(userId, provider, grant.externalId);
    const { externalId, scope, accessToken, refreshToken, expiresAt } = grant;
    const tokens = { accessToken, refreshToken, expiresAt };
    await this.connections.save({ userId, provider, externalId, scope, tokens, at: this.clock.now() });
    await this.events.publish(new IntegrationConnected(userId, provider));
    return true;
  }

  /** What was granted and is not kept is given back. */
  @Transactional()
  async giveBack(userId: string, provider: ProviderName, grant: LastingGrant): Promise<void> {
    await this.revocations.request({ userId, provider, externalId: grant.externalId }, grant);
  }

  private async makeRoom(userId: string, provider: ProviderName, externalId: string | null): Promise<void> {
    const former = await this.connections.externalIdOf(userId, provider);
    // Another person at the provider: what belongs to the former one goes, and his grant is given back.
    if (former !== null && former !== externalId) await this.service.drop(userId, provider, false);
    if (externalId === null) return;
    await this.connections.lockAccount(provider, externalId);
    const owner = await this.connections.ownerOf(provider, externalId);
    if (owner !== null && owner !== userId) await this.service.drop(owner, provider, true);
  }
}
