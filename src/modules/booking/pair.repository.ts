import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PairFacts, PairTally, SessionTimes } from './booking.types';

const FACTS: Statement = {
  name: 'booking_pair_facts',
  text: `SELECT coalesce(bool_or(status = 'done'), false) AS "hasDone",
           coalesce(bool_or(pricing_type = 'discovery' AND status <> 'done'), false) AS "hasActiveDiscovery",
           count(*) FILTER (WHERE status = 'pending_coach_validation')::int AS pending
         FROM bookings
         WHERE coach_id = $1 AND client_id = $2 AND status IN ('pending_coach_validation', 'confirmed', 'done')`,
};
const HAS_BOOKED: Statement = {
  name: 'booking_pair_has_booked',
  text: 'SELECT EXISTS (SELECT FROM bookings WHERE coach_id = $1 AND client_id = $2) AS has',
};
const TIMES: Statement = {
  name: 'booking_pair_times',
  text: `SELECT client_id AS "clientId", max(scheduled_at) FILTER (WHERE status = 'done') AS last,
           min(scheduled_at) FILTER (WHERE status <> 'done' AND scheduled_at > $3) AS next,
           count(*) FILTER (WHERE status = 'done')::int AS count
         FROM bookings
         WHERE coach_id = $1 AND client_id = ANY($2) AND status IN ('pending_coach_validation', 'confirmed', 'done')
         GROUP BY client_id`,
};
const TALLY: Statement = {
  name: 'booking_pair_tally',
  text: `SELECT count(*) FILTER (WHERE status = 'done')::int AS done,
           count(*) FILTER (WHERE penalty_due)::int AS "penaltiesInForce",
           count(*) FILTER (WHERE status IN ('pending_coach_validation', 'confirmed'))::int AS pending,
           coalesce(sum(duration_min) FILTER (WHERE status = 'done'), 0)::int AS "minutesDone"
         FROM bookings WHERE coach_id = $1 AND client_id = $2`,
};
const FIRST_ACTIVE: Statement = {
  name: 'booking_pair_first_active',
  text: `SELECT client_id AS "clientId", min(scheduled_at) AS at FROM bookings
         WHERE coach_id = $1 AND scheduled_at >= $2 AND ($3::timestamptz IS NULL OR scheduled_at < $3)
           AND status IN ('pending_coach_validation', 'confirmed')
         GROUP BY client_id`,
};
const FIRST_DONE: Statement = {
  name: 'booking_pair_first_done',
  text: `SELECT min(done_at) AS at FROM bookings WHERE coach_id = $1 AND client_id = $2 AND status = 'done'`,
};

/** What a coach and a client have had and will have with each other. */
@Injectable()
export class PairRepository {
  constructor(private readonly database: Database) {}

  async facts(coachId: string, clientId: string): Promise<PairFacts> {
    const [row] = await this.database.query<PairFacts>(FACTS, [coachId, clientId]);
    return row ?? { hasDone: false, hasActiveDiscovery: false, pending: 0 };
  }

  async hasBooked(coachId: string, clientId: string): Promise<boolean> {
    return (await this.database.value<boolean>(HAS_BOOKED, [coachId, clientId])) ?? false;
  }

  /** By client id; who has neither a done nor an active booking is left out. */
  async times(coachId: string, clientIds: readonly string[], now: Date): Promise<Map<string, SessionTimes>> {
    const rows = await this.database.query<SessionTimes & { clientId: string }>(TIMES, [coachId, clientIds, now]);
    return new Map(rows.map(({ clientId, ...times }) => [clientId, times]));
  }

  async tally(coachId: string, clientId: string): Promise<PairTally> {
    const [row] = await this.database.query<PairTally>(TALLY, [coachId, clientId]);
    return row ?? { done: 0, penaltiesInForce: 0, pending: 0, minutesDone: 0 };
  }

  /** By client id: when the first active booking within `[from, to)` begins; `to` null = without end. */
  async firstActive(coachId: string, from: Date, to: Date | null): Promise<Map<string, Date>> {
    const rows = await this.database.query<{ clientId: string; at: Date }>(FIRST_ACTIVE, [coachId, from, to]);
    return new Map(rows.map(({ clientId, at }) => [clientId, at]));
  }

  /** When the first of their sessions was done; null when none is. */
  async firstDone(coachId: string, clientId: string): Promise<Date | null> {
    return this.database.value<Date>(FIRST_DONE, [coachId, clientId]);
  }
}
