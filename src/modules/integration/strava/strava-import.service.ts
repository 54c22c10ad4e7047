import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { orProviderError } from 'src/modules/integration/integration.errors';
import type { StoredActivity } from 'src/modules/performance/imports/activity-import.types';
import { StravaClient } from './strava-client';
import { StravaSessions } from './strava-sessions.service';
import type { Activity } from './strava.types';

/** An activity of Strava, and the session that it is here. */
export interface ImportedActivity {
  activity: Activity;
  /** Null: there is none, because it is one that we pushed, or lies too far ahead. */
  session: StoredActivity | null;
}

/** What somebody has done by Strava's account (rules §16.2). */
@Injectable()
export class StravaImportService {
  constructor(
    private readonly connections: ConnectionService,
    private readonly client: StravaClient,
    private readonly sessions: StravaSessions,
  ) {}

  /**
   * The latest activities; each one that is not known becomes a session.
   *
   * @throws IntegrationNotConnected, ProviderError
   */
  async latest(me: Principal, limit: number): Promise<ImportedActivity[]> {
    const told = await orProviderError(
      this.connections.withAccess(me.userId, 'strava', (token) => this.client.latest(token, limit)),
    );
    const activities = await this.ownAmong(me.userId, told);
    const stored = await this.sessions.store(me.userId, activities);
    return activities.map((activity) => ({ activity, session: stored.get(activity.id) ?? null }));
  }

  /** What belongs to somebody else stays out, even if Strava shows it. */
  private async ownAmong(userId: string, activities: readonly Activity[]): Promise<Activity[]> {
    const athletes = new Set(activities.map(({ athleteId }) => athleteId));
    const own = new Set<string>();
    for (const athleteId of athletes)
      if ((await this.connections.ownerOf('strava', athleteId)) === userId) own.add(athleteId);
    return activities.filter(({ athleteId }) => own.has(athleteId));
  }
}
