import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Schedule } from 'src/common/jobs/schedule';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { WebhookInbox } from 'src/common/webhooks/webhook-inbox';
import { ConnectionService } from 'src/modules/integration/connections/connection.service';
import { weightNewsOf } from 'src/modules/integration/withings/withings-news.rules';
import { WithingsNews } from 'src/modules/integration/withings/withings-news.service';
import { ScaleSyncRepository } from './scale-sync.repository';

/** The job that reads one person's scale. */
export const READ_SCALE = 'read_scale';
/** The job that asks to be told when one person's scale has measured. */
export const SUBSCRIBE_SCALE = 'subscribe_scale';

export const EVERY_SIX_HOURS = Schedule.everyHours(6);

/** Decides when a scale is read: when it is connected, when its provider calls, and every six hours. */
@Injectable()
export class ScaleSyncService {
  constructor(
    private readonly syncs: ScaleSyncRepository,
    private readonly connections: ConnectionService,
    private readonly news: WithingsNews,
    private readonly inbox: WebhookInbox,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the connection. */
  async begin(userId: string): Promise<void> {
    await this.syncs.begin(userId, this.clock.now(), this.nextTick());
    await this.queueRead(userId);
    await this.queueSubscription(userId);
  }

  /** What was measured stays: it is the person's own. */
  async end(userId: string): Promise<void> {
    await this.syncs.remove(userId);
  }

  /**
   * A call of Withings, whatever is in it. What was told before, or is of nobody, changes nothing. Who is still called at
   * an address of before is to be called at the one of now.
   *
   * @param secret of the address that was called
   */
  async hear(form: unknown, secret: string): Promise<void> {
    const news = weightNewsOf(form);
    if (!news) return;
    await this.inbox.once('withings', news.eventId, async () => {
      const userId = await this.connections.ownerOf('withings', news.externalId);
      if (userId === null) return;
      await this.queueRead(userId);
      if (this.news.isFormer(secret)) await this.queueSubscription(userId);
    });
  }

  /** Has those read that are due, and answers how many. Their jobs wait for their turns, so that they are spread. */
  @Transactional()
  async queueDue(limit: number): Promise<number> {
    const due = await this.syncs.claimDue(this.clock.now(), this.nextTick(), limit);
    for (const userId of due) await this.queueRead(userId);
    return due.length;
  }

  private async queueRead(userId: string): Promise<void> {
    await this.queue.add(READ_SCALE, { userId }, { key: `${READ_SCALE} ${userId}` });
  }

  private async queueSubscription(userId: string): Promise<void> {
    if (this.news.callbackUrl !== null)
      await this.queue.add(SUBSCRIBE_SCALE, { userId }, { key: `${SUBSCRIBE_SCALE} ${userId}` });
  }

  private nextTick(): Date {
    return new Date(EVERY_SIX_HOURS.tickFrom(this.clock.nowMs() + 1));
  }
}
