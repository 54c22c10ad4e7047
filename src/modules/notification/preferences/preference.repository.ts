import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Channels, Wish } from './preference.rules';

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

/**
 * A channel of which nothing is said stays as it is, so that two devices that speak of different channels do not undo each
 * other. One statement, in one order of types: two of these wait for each other and never in a circle.
 */
const KEEP: Statement = {
  name: 'preferences_keep',
  text: `INSERT INTO notification_preferences AS kept (user_id, type, push, email, updated_at)
         SELECT $1, wish.type, coalesce(wish.push, true), coalesce(wish.email, true), $5
         FROM unnest($2::text[], $3::boolean[], $4::boolean[]) AS wish (type, push, email) ORDER BY wish.type
         ON CONFLICT ON CONSTRAINT notification_preferences_pkey DO UPDATE
         SET push = coalesce(($3::boolean[])[array_position($2::text[], EXCLUDED.type)], kept.push),
             email = coalesce(($4::boolean[])[array_position($2::text[], EXCLUDED.type)], kept.email),
             updated_at = EXCLUDED.updated_at`,
};

@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  /** By type; of what was never said anything about there is nothing. */
  async ofUser(userId: string): Promise<Map<string, Channels>> {
    const rows = await this.database.query<Row>(OF_USER, [userId]);
    return new Map(rows.map(({ type, push, email }) => [type, { push, email }]));
  }

  async ofType(userId: string, type: string): Promise<Channels | null> {
    return this.database.first<Channels>(OF_TYPE, [userId, type]);
  }

  async keep(userId: string, wishes: ReadonlyMap<string, Wish>, now: Date): Promise<void> {
    if (wishes.size === 0) return;
    const said = [...wishes.values()];
    const [push, email] = [said.map((wish) => wish.push ?? null), said.map((wish) => wish.email ?? null)];
    await this.database.execute(KEEP, [userId, [...wishes.keys()], push, email, now]);
  }
}
