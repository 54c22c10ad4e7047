import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { CalendarFeed } from 'src/modules/booking/entities/calendar-feed.entity';

/** Whose calendar an address shows. */
export interface FeedOwner {
  userId: string;
  /** BCP 47. */
  locale: string;
}

const REPLACE: Statement = {
  name: 'calendar_feed_replace',
  text: `INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET token_hash = EXCLUDED.token_hash, created_at = EXCLUDED.created_at`,
};
const FIND_OWNER: Statement = {
  name: 'calendar_feed_owner',
  text: `SELECT u.id AS "userId", u.locale FROM calendar_feeds f JOIN users u ON u.id = f.user_id
         WHERE f.token_hash = $1 AND u.status IN ('unverified', 'active')`,
};

@Injectable()
export class CalendarFeedRepository {
  constructor(private readonly database: Database) {}

  /** The earlier address of the person is void. */
  async replace(userId: string, tokenHash: string, now: Date): Promise<void> {
    await this.database.execute(REPLACE, [userId, tokenHash, now]);
  }

  async remove(userId: string): Promise<void> {
    await this.database.repository(CalendarFeed).delete({ userId });
  }

  /** Null for an unknown address, and for one of a suspended or closing account. */
  async findOwner(tokenHash: string): Promise<FeedOwner | null> {
    return this.database.first<FeedOwner>(FIND_OWNER, [tokenHash]);
  }
}
