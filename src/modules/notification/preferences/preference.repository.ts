import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Channels } from './preference.rules';

interface Row extends Channels {
  type: string;
}

const OF_USER: Statement = {
  name: 'preferences_of_user',
  text: 'SELECT type, push, email FROM notification_preferences WHERE user_id = $1',
};
const OF_TYPE: Statement = {
  name: 'preference_of_type',
  text: 'SELECT push, email FROM notification_preferences WHERE user_id = $1 AND type = $2',
};

/** One channel alone, so that two devices that say something about different channels do not undo each other. */
function keep(channel: keyof Channels): Statement {
  return {
    name: `preferences_keep_${channel}`,
    // In one order, so that two of these wait for each other and never in a circle.
    text: `INSERT INTO notification_preferences (user_id, type, push, email, updated_at)
           SELECT $1, wish.type, ${channel === 'push' ? 'wish.wanted, true' : 'true, wish.wanted'}, $4
           FROM unnest($2::text[], $3::boolean[]) AS wish (type, wanted) ORDER BY wish.type
           ON CONFLICT ON CONSTRAINT notification_preferences_pkey
           DO UPDATE SET ${channel} = EXCLUDED.${channel}, updated_at = EXCLUDED.updated_at`,
  };
}

const KEEP: Readonly<Record<keyof Channels, Statement>> = { push: keep('push'), email: keep('email') };

@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  /** By type; of what was never said anything about there is nothing. */
  async ofUser(userId: string): Promise<Map<string, Channels>> {
    const rows = await this.database.query<Row>(OF_USER, [userId]);
    return new Map(rows.map(({ type, push, email }) => [type, { push, email }]));
  }

  async ofType(userId: string, type: string): Promise<Channels | null> {
    const [row] = await this.database.query<Channels>(OF_TYPE, [userId, type]);
    return row ?? null;
  }

  async keep(userId: string, channel: keyof Channels, wishes: ReadonlyMap<string, boolean>, now: Date): Promise<void> {
    if (wishes.size === 0) return;
    await this.database.execute(KEEP[channel], [userId, [...wishes.keys()], [...wishes.values()], now]);
  }
}
