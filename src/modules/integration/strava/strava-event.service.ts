import { Injectable } from '@nestjs/common';
import { Metrics } from 'src/common/metrics/metrics';
import { NotYet } from 'src/common/outbound/not-yet';
import { ProviderGuard } from 'src/common/outbound/provider-guard';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { IntegrationNotConnected, unlessDisconnected } from 'src/modules/integration/integration.errors';
import { StravaClient } from './strava-client';
import type { ActivityAspect } from './strava-event.rules';
import { StravaQuota } from './strava-quota.service';
import { StravaSessions } from './strava-sessions.service';
import type { Activity } from './strava.types';

/** Longer than a refresh and a question may take together. */
const PATIENCE_MS = 30_000;

/**
 * Makes true what Strava told, by what it answers now: events that come late, twice, in another order or from somebody
 * else change nothing.
 */
@Injectable()
export class StravaEventService {
  private readonly guard: ProviderGuard;

  constructor(
    private readonly connections: ConnectionService,
    private readonly client: StravaClient,
    private readonly sessions: StravaSessions,
    private readonly quota: StravaQuota,
    metrics: Metrics,
  ) {
    this.guard = new ProviderGuard('strava', metrics, PATIENCE_MS);
  }

  /** @throws NotYet, ProviderPaused, DeliveryFailure and the job comes again */
  async read(userId: string, activityId: string, aspect: ActivityAspect): Promise<void> {
    await unlessDisconnected(this.bringUpToDate(userId, activityId, aspect));
  }

  /** Ends the connection if Strava does not let us in any more, and then alone. */
  async check(userId: string): Promise<void> {
    // Nobody asks for an account that is suspended or closing, so nothing is known of it.
    if (!(await this.connections.connectedAmong([userId], 'strava')).has(userId)) return;
    const isOpen = await this.asked(userId, userId, (token) => this.client.isOpen(token)).catch((error: unknown) => {
      // No refresh helped either: the whole grant is over.
      if (error instanceof IntegrationNotConnected) return false;
      throw error;
    });
    if (!isOpen) await this.drop(userId);
  }

  @Transactional()
  private async drop(userId: string): Promise<void> {
    await this.connections.drop(userId, 'strava', true);
  }

  /** What is deleted here and there is seen by its being gone, whatever the event said. */
  private async keep(userId: string, activity: Activity, aspect: ActivityAspect): Promise<void> {
    if (aspect === 'create') await this.sessions.store(userId, [activity]);
    else await this.sessions.refresh(userId, activity);
  }

  /** An activity of another athlete is his, even where this one may look at it. */
  private async isHis(userId: string, activityId: string, { id, athleteId }: Activity): Promise<boolean> {
    return id === activityId && (await this.connections.ownerOf('strava', athleteId)) === userId;
  }

  private async bringUpToDate(userId: string, activityId: string, aspect: ActivityAspect): Promise<void> {
    const activity = await this.asked(userId, activityId, (token) => this.client.find(token, activityId));
    if (activity === null) await this.sessions.forget(userId, activityId);
    else if (await this.isHis(userId, activityId, activity)) await this.keep(userId, activity, aspect);
  }

  private async asked<T>(userId: string, about: string, ask: (accessToken: string) => Promise<T>): Promise<T> {
    const waitMs = this.quota.jobWaitMs();
    if (waitMs > 0) throw new NotYet(waitMs);
    return this.guard.run(about, () => this.connections.withAccess(userId, 'strava', ask));
  }
}
