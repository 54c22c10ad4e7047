import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/** A turn that was missed by more is somebody else's by now. */
const LATE_SECONDS = 30;

/** Real time, by the clock of the database: clocks of processes differ by more than a place is long. */
const CLAIM: Statement = {
  name: 'provider_turn_claim',
  text: `WITH due AS (
           DELETE FROM provider_turns
           WHERE provider = $1 AND reference = $2 AND turn_at <= statement_timestamp() + $3 * interval '1 millisecond'
           RETURNING turn_at
         ), mine AS (
           SELECT turn_at FROM due WHERE turn_at > statement_timestamp() - make_interval(secs => ${LATE_SECONDS})
           UNION ALL
           SELECT turn_at FROM provider_turns
           WHERE provider = $1 AND reference = $2 AND turn_at > statement_timestamp() + $3 * interval '1 millisecond'
         )
         SELECT 1000 * extract(epoch FROM turn_at - statement_timestamp())::float8 AS "waitMs" FROM mine`,
};
/** Always answers a row: who waited for the row of the pace goes on from what the other one has left. */
const TAKE: Statement = {
  name: 'provider_turn_take',
  text: `WITH place AS (
           INSERT INTO provider_paces AS pace (provider, next_at)
           VALUES ($1, clock_timestamp() + ($4::float8 - $5::float8) * interval '1 millisecond')
           ON CONFLICT (provider) DO UPDATE
             SET next_at = greatest(pace.next_at, clock_timestamp() - $5 * interval '1 millisecond')
               + $4 * interval '1 millisecond'
           RETURNING next_at - $4 * interval '1 millisecond' AS at, clock_timestamp() AS now
         ), kept AS (
           INSERT INTO provider_turns (provider, reference, turn_at)
           SELECT $1, $2, at FROM place WHERE at > now + $3 * interval '1 millisecond'
           ON CONFLICT (provider, reference) DO UPDATE SET turn_at = EXCLUDED.turn_at
         ), missed AS (
           DELETE FROM provider_turns WHERE turn_at < clock_timestamp() - interval '1 day'
         )
         SELECT greatest(0, 1000 * extract(epoch FROM at - now))::float8 AS "waitMs" FROM place`,
};

/** When messages and questions may go to a provider: one after another, in the order in which they first asked. */
@Injectable()
export class ProviderTurnRepository {
  constructor(private readonly database: Database) {}

  /**
   * How long to wait for the turn of a message, in ms. One that is more than `withinMs` away is kept for it: whoever
   * asks again with the same reference is told of the same turn.
   *
   * @param provider whose pace it is
   * @param reference the same for every attempt of one message
   * @param apartMs between two turns
   * @param savedMs how much of the time in which nobody asked is made up for by turns at once
   */
  async take(provider: string, reference: string, apartMs: number, withinMs: number, savedMs = 0): Promise<number> {
    const [kept] = await this.database.query<{ waitMs: number }>(CLAIM, [provider, reference, withinMs]);
    if (kept) return Math.max(0, kept.waitMs);
    return (await this.database.value<number>(TAKE, [provider, reference, withinMs, apartMs, savedMs])) ?? 0;
  }
}
