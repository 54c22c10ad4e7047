import { Injectable } from '@nestjs/common';
import { isOneOf } from 'src/common/crypto/keyed-hash';
import { JobQueue } from 'src/common/jobs/job-queue';
import { WebhookInbox } from 'src/common/webhooks/webhook-inbox';
import { WebhookSignatureInvalid } from 'src/common/webhooks/webhook.errors';
import { AppConfig } from 'src/config/app-config';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { eventOf, type StravaEvent, subscriptionOf } from './strava-event.rules';
import type { StravaHandshakeQuery, StravaHandshakeResponse } from './strava-webhook.dto';

/** Asks Strava for an activity that an event tells of. */
export const READ_STRAVA_ACTIVITY = 'read_strava_activity';
/** Asks Strava whether it still lets us in. */
export const CHECK_STRAVA_ACCESS = 'check_strava_access';

const PROVIDER = 'strava';

/**
 * Hears what Strava tells, and answers at once. Nothing of it is signed: an event only says that it is time to ask, so
 * a false one changes nothing, and a job does the asking.
 */
@Injectable()
export class StravaWebhookService {
  private readonly verifyToken: string | null;
  private readonly subscriptionId: string | null;

  constructor(
    { strava }: AppConfig,
    private readonly inbox: WebhookInbox,
    private readonly connections: ConnectionService,
    private readonly queue: JobQueue,
  ) {
    this.verifyToken = strava?.verifyToken ?? null;
    this.subscriptionId = strava?.subscriptionId ?? null;
  }

  /** @throws WebhookSignatureInvalid unless it brings the word that only Strava was told; also where nobody has one */
  greet(query: StravaHandshakeQuery): StravaHandshakeResponse {
    const isKnown = this.verifyToken !== null && isOneOf([this.verifyToken], query['hub.verify_token']);
    if (!isKnown || query['hub.mode'] !== 'subscribe') throw new WebhookSignatureInvalid();
    return { 'hub.challenge': query['hub.challenge'] };
  }

  /** @throws WebhookSignatureInvalid for another subscription than ours; also where there is none */
  async hear(body: unknown): Promise<void> {
    const told = subscriptionOf(body);
    if (this.subscriptionId === null || told === null || !isOneOf([this.subscriptionId], told))
      throw new WebhookSignatureInvalid();
    const event = eventOf(body);
    if (event) await this.inbox.once(PROVIDER, event.id, () => this.pass(event));
  }

  /** A job of the same activity and kind that has not run says the same, and is replaced. */
  private async pass({ ownerId, what }: StravaEvent): Promise<void> {
    const userId = await this.connections.ownerOf('strava', ownerId);
    if (userId === null) return;
    if (what.kind === 'deauthorized') {
      await this.queue.add(CHECK_STRAVA_ACCESS, { userId }, { key: `${CHECK_STRAVA_ACCESS} ${userId}` });
      return;
    }
    const { activityId, aspect } = what;
    const key = `${READ_STRAVA_ACTIVITY} ${userId} ${activityId} ${aspect}`;
    await this.queue.add(READ_STRAVA_ACTIVITY, { userId, activityId, aspect }, { key });
  }
}
