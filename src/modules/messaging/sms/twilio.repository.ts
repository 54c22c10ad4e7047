import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const PROVIDER = 'twilio';

/**
 * Takes the next place unless it is too far away, and answers how far it is. Real time, by the clock of the database:
 * clocks of processes differ by more than a place is long.
 */
const TAKE_PLACE: Statement = {
  name: 'provider_pace_take',
  text: `WITH place AS (
           INSERT INTO provider_paces AS pace (provider, next_at)
           VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
           ON CONFLICT (provider) DO UPDATE
             SET next_at = greatest(pace.next_at, clock_timestamp()) + $2 * interval '1 millisecond'
             WHERE pace.next_at <= clock_timestamp() + $3 * interval '1 millisecond'
           RETURNING next_at - $2 * interval '1 millisecond' AS at
         )
         SELECT greatest(0, 1000 * extract(epoch FROM coalesce((SELECT at FROM place), next.at) - clock_timestamp()))::float8
           AS "waitMs"
         FROM (SELECT max(next_at) AS at FROM provider_paces WHERE provider = $1) next`,
};
const TAKEN: Statement = {
  name: 'sms_taken_ids',
  text: 'SELECT provider_message_id AS id FROM sms_messages WHERE provider_message_id = ANY ($1::text[])',
};

/** What all processes have to agree on before one of them speaks to Twilio. */
@Injectable()
export class TwilioRepository {
  constructor(private readonly database: Database) {}

  /** How long to wait for the next place, in ms. It is taken, unless that is more than `withinMs`. */
  async takePlace(apartMs: number, withinMs: number): Promise<number> {
    const [row] = await this.database.query<{ waitMs: number }>(TAKE_PLACE, [PROVIDER, apartMs, withinMs]);
    return row?.waitMs ?? 0;
  }

  /** Those that are known to be one of ours, another message than the one that is looked for. */
  async takenIds(providerMessageIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(TAKEN, [providerMessageIds]);
    return new Set(rows.map(({ id }) => id));
  }
}
