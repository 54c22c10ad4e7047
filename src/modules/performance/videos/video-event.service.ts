import { Injectable } from '@nestjs/common';
import { WebhookInbox } from 'src/common/webhooks/webhook-inbox';
import { jobIdOfEvent } from './video-provider.rules';
import { VideoRequestService } from './video-request.service';
import { VideoWorkRepository } from './video-work.repository';

const PROVIDER = 'videos';

/**
 * Hears what the provider reports. An event only says that it is time to ask: what counts is the answer, so an event
 * that comes late, twice or in another order changes nothing.
 */
@Injectable()
export class VideoEventService {
  constructor(
    private readonly inbox: WebhookInbox,
    private readonly work: VideoWorkRepository,
    private readonly requests: VideoRequestService,
  ) {}

  /** Events that are about no video that is being made are passed over. */
  async hear(eventId: string, event: unknown): Promise<void> {
    await this.inbox.once(PROVIDER, eventId, () => this.look(jobIdOfEvent(event)));
  }

  private async look(jobId: string | null): Promise<void> {
    const videoId = jobId && (await this.work.beingMade(jobId));
    if (videoId) await this.requests.askFor(videoId);
  }
}
