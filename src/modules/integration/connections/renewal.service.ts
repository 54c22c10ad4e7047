import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ReconnectNeeded } from 'src/modules/integration/integration.events';
import { ConnectionRepository } from './connection.repository';
import type { SealedConnection, Tokens } from './connection.types';
import { RevocationService } from './revocation.service';

/** Writes down what a provider answered to a refresh. */
@Injectable()
export class RenewalService {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly revocations: RevocationService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * New tokens take the place of those that were read. Where somebody connected anew meanwhile they are needless, and
   * where somebody disconnected they are given back: the former ones, which the revocation has, may open nothing now.
   */
  @Transactional()
  async keep(connection: SealedConnection, tokens: Tokens): Promise<void> {
    const isKept = await this.connections.renew(connection.id, connection.version, tokens, this.clock.now());
    if (!isKept) await this.revocations.request(connection, tokens);
  }

  /** The provider will never refresh them again: the owner is told, once. */
  @Transactional()
  async refuse({ id, version, userId, provider }: SealedConnection): Promise<void> {
    const at = this.clock.now();
    if (await this.connections.breakOff(id, version, at))
      await this.events.publish(new ReconnectNeeded(userId, provider, at));
  }
}
