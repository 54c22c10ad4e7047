import { Injectable } from '@nestjs/common';
import { accepted, type BoundedAnswer, exchange, HttpRefusal, jsonOf } from 'src/common/outbound/bounded-http';
import { AppConfig } from 'src/config/app-config';
import { AccessRefused } from 'src/modules/integration/provider.types';
import { activitiesOf, createdId, oneActivity } from './strava-answer.rules';
import { StravaQuota } from './strava-quota.service';
import type { Activity, ActivityDraft } from './strava.types';

const PROVIDER = 'strava';
export const STRAVA_HOST = 'https://www.strava.com';
/** As many as Strava gives at once. */
const MOST_ACTIVITIES = 200;

/**
 * The API of Strava, for an access token that travels in the header alone. Bounded and checked; outside any transaction.
 *
 * @throws AccessRefused on a 401, DeliveryFailure
 */
@Injectable()
export class StravaClient {
  private readonly api: string;

  constructor(
    { strava }: AppConfig,
    private readonly quota: StravaQuota,
  ) {
    this.api = `${strava?.baseUrl ?? STRAVA_HOST}/api/v3`;
  }

  /** @returns how Strava calls the new activity */
  async create(accessToken: string, draft: ActivityDraft): Promise<string> {
    const body = JSON.stringify({
      name: draft.name,
      sport_type: draft.sportType,
      start_date_local: draft.startDateLocal,
      elapsed_time: draft.elapsedSeconds,
      description: draft.description,
    });
    const headers = { 'Content-Type': 'application/json' };
    return createdId(await this.ask(accessToken, '/activities', { method: 'POST', headers, body }));
  }

  /** The athlete's own, latest first. */
  async latest(accessToken: string, limit: number): Promise<Activity[]> {
    const activities = activitiesOf(await this.ask(accessToken, `/athlete/activities?per_page=${limit}`));
    return activities.sort((one, other) => other.startDate.getTime() - one.startDate.getTime()).slice(0, limit);
  }

  /** The athlete's own that begin between two instants, in seconds since 1970. */
  async between(accessToken: string, { after, before }: { after: number; before: number }): Promise<Activity[]> {
    const path = `/athlete/activities?after=${after}&before=${before}&per_page=${MOST_ACTIVITIES}`;
    return activitiesOf(await this.ask(accessToken, path));
  }

  /** Null: there is none of that id, or it is not the athlete's to see. */
  async find(accessToken: string, activityId: string): Promise<Activity | null> {
    try {
      return oneActivity(await this.ask(accessToken, `/activities/${encodeURIComponent(activityId)}`));
    } catch (error) {
      if (error instanceof HttpRefusal && error.status === 404) return null;
      throw error;
    }
  }

  /** Whether the token still opens the athlete's account. */
  async isOpen(accessToken: string): Promise<boolean> {
    try {
      await this.ask(accessToken, '/athlete');
      return true;
    } catch (error) {
      if (error instanceof AccessRefused) return false;
      throw error;
    }
  }

  private async ask(accessToken: string, path: string, request: RequestInit = {}): Promise<unknown> {
    const headers = {
      ...(request.headers as object),
      Accept: 'application/json',
      Authorization: `Bearer ${accessToken}`,
    };
    const answer = await exchange(PROVIDER, `${this.api}${path}`, { ...request, headers });
    return jsonOf(PROVIDER, this.accepted(answer));
  }

  private accepted(answer: BoundedAnswer): BoundedAnswer {
    this.quota.heard(answer.headers);
    if (answer.status === 401) throw new AccessRefused();
    try {
      return accepted(PROVIDER, answer);
    } catch (error) {
      if (!(error instanceof HttpRefusal) || error.status !== 429) throw error;
      const waitMs = this.quota.refused(answer.headers);
      throw new HttpRefusal(error.status, error.code, false, error.retryAfterMs ?? waitMs);
    }
  }
}
