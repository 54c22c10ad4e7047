import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { Database, type Statement } from 'src/common/transaction/database';
import { Transactional } from 'src/common/transaction/transactional.decorator';

const RECEIVE: Statement = {
  name: 'webhook_receive',
  text: `INSERT INTO webhook_events (provider, event_id, received_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING provider`,
};
const OLDEST: Statement = { name: 'webhook_oldest', text: 'SELECT min(received_at) AS at FROM webhook_events' };
const DELETE_UNTIL: Statement = {
  name: 'webhook_delete_until',
  text: `DELETE FROM webhook_events WHERE (provider, event_id) IN (
           SELECT provider, event_id FROM webhook_events WHERE received_at <= $1 ORDER BY received_at LIMIT $2)`,
};

/** What providers have told us, by their own ids: they tell it again when they are not sure that we heard. */
@Injectable()
export class WebhookInbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Does `work` if this event is heard for the first time, in one transaction with the row that remembers it. What fails
   * is forgotten, so that the provider's next try finds the event new.
   *
   * @param eventId made of what the provider signs, so that a replay cannot pass for something new
   * @returns whether it was new
   */
  @Transactional()
  async once(provider: string, eventId: string, work: () => Promise<void>): Promise<boolean> {
    const [isNew] = await this.database.query(RECEIVE, [provider, eventId, this.clock.now()]);
    if (isNew) await work();
    return isNew !== undefined;
  }

  async oldest(): Promise<Date | null> {
    return this.database.value<Date>(OLDEST);
  }

  /** Of those heard until an instant, the oldest; answers how many went. */
  async deleteUntil(end: Date, limit: number): Promise<number> {
    return this.database.execute(DELETE_UNTIL, [end, limit]);
  }
}
