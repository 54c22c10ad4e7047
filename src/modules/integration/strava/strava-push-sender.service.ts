import { Injectable } from '@nestjs/common';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import type { StravaPush } from 'src/modules/integration/entities/strava-push.entity';
import { orProviderError } from 'src/modules/integration/integration.errors';
import { isThat, spanAround } from './strava-answer.rules';
import { StravaClient } from './strava-client';
import { type PushClaim, StravaPushClaims } from './strava-push-claim.service';
import { StravaPushRepository, type ToldPush } from './strava-push.repository';
import { isRefusal } from './strava-push.rules';
import type { ActivityDraft } from './strava.types';

/** What is known of it while it goes on. */
interface Attempt {
  mayHaveArrived: boolean;
}

/** Sends a claimed session to Strava, outside any transaction. */
@Injectable()
export class StravaPushSender {
  constructor(
    private readonly connections: ConnectionService,
    private readonly client: StravaClient,
    private readonly claims: StravaPushClaims,
    private readonly pushes: StravaPushRepository,
  ) {}

  /**
   * Where an answer was lost, then or now, Strava is asked for the activity before anything is sent again.
   *
   * @throws IntegrationNotConnected, ProviderError, AlreadyPushed
   */
  async send(claim: PushClaim, draft: ActivityDraft): Promise<StravaPush> {
    const attempt = { mayHaveArrived: claim.sentBefore !== null };
    try {
      return await this.claims.finish(claim, await orProviderError(this.sent(claim, draft, attempt)));
    } catch (error) {
      if (attempt.mayHaveArrived) await this.claims.leaveUnclear(claim);
      else await this.claims.release(claim);
      throw error;
    }
  }

  private async sent(claim: PushClaim, draft: ActivityDraft, attempt: Attempt): Promise<string> {
    const { userId, sentBefore } = claim;
    return this.connections.withAccess(userId, 'strava', async (accessToken) => {
      if (sentBefore) {
        const arrived = await this.find(accessToken, userId, sentBefore);
        if (arrived !== null) return arrived;
        await this.claims.retell(claim, draft);
      }
      return this.create(accessToken, userId, draft, attempt);
    });
  }

  private async create(accessToken: string, userId: string, draft: ActivityDraft, attempt: Attempt): Promise<string> {
    attempt.mayHaveArrived = true;
    try {
      return await this.client.create(accessToken, draft);
    } catch (error) {
      attempt.mayHaveArrived = !isRefusal(error);
      const sent = attempt.mayHaveArrived ? await this.find(accessToken, userId, draft).catch(() => null) : null;
      if (sent === null) throw error;
      return sent;
    }
  }

  /** The activity that Strava made of what it was told; null = it shows none. */
  private async find(accessToken: string, userId: string, told: ToldPush): Promise<string | null> {
    const activities = await this.client.between(accessToken, spanAround(told.startDateLocal));
    const alike = activities.filter((activity) => isThat(activity, told)).map(({ id }) => id);
    if (alike.length === 0) return null;
    // Of two sessions that are told alike each has its own.
    const taken = new Set((await this.pushes.among(userId, alike)).map(({ activityId }) => activityId));
    return alike.find((id) => !taken.has(id)) ?? null;
  }
}
