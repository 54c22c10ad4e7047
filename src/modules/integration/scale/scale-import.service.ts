import { Injectable, Logger } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ClientProfileService } from 'src/modules/client/profile/profile.service';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import type { BodyMeasurement } from 'src/modules/integration/entities/body-measurement.entity';
import type { ScaleSync } from 'src/modules/integration/entities/scale-sync.entity';
import { orProviderError } from 'src/modules/integration/integration.errors';
import { WithingsApi } from 'src/modules/integration/withings/withings-api';
import { readGroups, type ReadGroups } from 'src/modules/integration/withings/withings-measures.rules';
import { ScaleRepository } from './scale.repository';
import { knownUntil, MOST_PAGES, MOST_TOLD, sinceOf } from './scale.rules';
import { ScaleSyncRepository } from './scale-sync.repository';

/** Everything that changed since the last time, and up to when it is everything. */
interface Changes {
  groups: unknown[];
  updatedAt: number;
}

/** Brings in what a scale has measured since the last time. Doing it twice, or at the same time, changes nothing. */
@Injectable()
export class ScaleImportService {
  private readonly logger = new Logger(ScaleImportService.name);

  constructor(
    private readonly measurements: ScaleRepository,
    private readonly syncs: ScaleSyncRepository,
    private readonly connections: ConnectionService,
    private readonly withings: WithingsApi,
    private readonly profiles: ClientProfileService,
    private readonly clock: Clock,
  ) {}

  /** What the caller's scale has measured since the last time. @throws IntegrationNotConnected, ProviderError */
  async importFor(me: Principal): Promise<BodyMeasurement[]> {
    return orProviderError(this.importNew(me.userId, true));
  }

  /**
   * Outside any transaction.
   *
   * @param isWaitedFor a person waits for the answer
   * @returns the new ones, latest first, at most 500
   * @throws IntegrationNotConnected
   * @throws DeliveryFailure, ProviderPaused
   */
  async importNew(userId: string, isWaitedFor: boolean): Promise<BodyMeasurement[]> {
    const sync = await this.syncs.find(userId);
    const changes = await this.changesOf(userId, sinceOf(sync?.knownUntil ?? 0), isWaitedFor);
    const heightCm = await this.profiles.heightCmOf(userId);
    const read = readGroups(changes.groups, heightCm, this.clock.now());
    if (read.skipped > 0) this.logger.log({ userId, skipped: read.skipped }, 'groups of a scale were no measurements');
    const added = await this.keep(userId, sync, read, changes.updatedAt);
    return added.sort((one, other) => other.measuredAt.getTime() - one.measuredAt.getTime()).slice(0, MOST_TOLD);
  }

  private async changesOf(userId: string, since: number, isWaitedFor: boolean): Promise<Changes> {
    const groups: unknown[] = [];
    let updatedAt: number | null = null;
    let offset = 0;
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      // What has begun is waited for: a job that came back for the turn of its second page would begin anew.
      const asker = { isWaitedFor: isWaitedFor || pages > 0, reference: userId };
      const page = await this.connections.withAccess(userId, 'withings', (token) =>
        this.withings.measures(token, { since, offset }, asker),
      );
      groups.push(...page.groups);
      // The first part is the oldest: what changed after it may be missing in the others.
      updatedAt ??= page.updatedAt;
      if (page.nextOffset === null) return { groups, updatedAt };
      offset = page.nextOffset;
    }
    throw new DeliveryFailure('withings endless', false);
  }

  @Transactional()
  private async keep(
    userId: string,
    sync: ScaleSync | null,
    { readings }: ReadGroups,
    updatedAt: number,
  ): Promise<BodyMeasurement[]> {
    const now = this.clock.now();
    const added = await this.measurements.store(userId, 'withings', readings, now);
    if (sync) await this.syncs.advance(sync, knownUntil(updatedAt, now));
    return added;
  }
}
