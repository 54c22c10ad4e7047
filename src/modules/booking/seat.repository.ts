import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { ClientBusy, SlotUnavailable } from './booking.errors';
import { occasionOf } from './booking.rules';
import type { Booker, Interval, TakenStart } from './slots/slot.types';

/** The lowest free place. Somebody may take it at the same instant in spite of the lock's protocol: then no row. */
const TAKE_SEAT: Statement = {
  name: 'seat_take',
  text: `INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, booking_id)
         SELECT $1, $2, place, $3, $4, $5 FROM generate_series(1, $3::int) AS place
         WHERE NOT EXISTS (SELECT FROM seats WHERE coach_id = $1 AND starts_at = $2 AND seat = place)
         ORDER BY place LIMIT 1
         ON CONFLICT DO NOTHING RETURNING seat`,
};
/**
 * Both people in one statement, in the order of their ids: two coaches who book each other wait for one another in the
 * same order and never in a circle.
 */
const ENGAGE: Statement = {
  name: 'seat_engage',
  text: `INSERT INTO engagements (person_id, during, occasion, role, booking_id)
         SELECT person, tstzrange($3, $4), $5, role, $6
         FROM (VALUES ($1::uuid, 'coach'), ($2::uuid, 'client')) AS people (person, role)
         ORDER BY person
         ON CONFLICT DO NOTHING RETURNING role`,
};
const RELEASE: Statement = {
  name: 'seat_release',
  text: `WITH freed AS (DELETE FROM engagements WHERE booking_id = $1)
         DELETE FROM seats WHERE booking_id = $1`,
};
const SCENE: Statement = {
  name: 'seat_scene',
  text: `SELECT 'taken' AS kind, lower(during) AS "startsAt", upper(during) AS "endsAt", count(*)::int AS taken,
           NULL::uuid AS "bookingId", NULL::uuid AS "coachId", false AS "asCoach"
         FROM engagements WHERE person_id = $1 AND role = 'coach' AND during && tstzrange($3, $4) GROUP BY during
         UNION ALL
         SELECT 'elsewhere', lower(during), upper(during), 0, NULL, NULL, false
         FROM engagements WHERE person_id = $1 AND role = 'client' AND during && tstzrange($3, $4)
         UNION ALL
         SELECT 'own', lower(during), upper(during), 0, e.booking_id, b.coach_id, e.role = 'coach'
         FROM engagements e JOIN bookings b ON b.id = e.booking_id
         WHERE e.person_id = $2 AND during && tstzrange($3, $4)`,
};

interface SceneRow {
  kind: 'taken' | 'elsewhere' | 'own';
  startsAt: Date;
  endsAt: Date;
  taken: number;
  bookingId: string;
  coachId: string;
  asCoach: boolean;
}

/** What the slot rules look at. */
export interface Occupancy {
  taken: TakenStart[];
  elsewhere: Interval[];
  booker: Booker | null;
}

/** What a booking takes. */
export interface Seating {
  bookingId: string;
  coachId: string;
  clientId: string;
  startsAt: Date;
  endsAt: Date;
  capacity: number;
}

/** What is taken now: seats of slots, engagements of people. Their constraints are the proof, whoever writes. */
@Injectable()
export class SeatRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes a seat of the slot and engages coach and client. To be called under the lock of the coach.
   *
   * @throws SlotUnavailable when no seat is left, or the coach is elsewhere
   * @throws ClientBusy when the client is elsewhere
   */
  async take({ bookingId, coachId, clientId, startsAt, endsAt, capacity }: Seating): Promise<void> {
    const seats = await this.database.query(TAKE_SEAT, [coachId, startsAt, capacity, clientId, bookingId]);
    if (seats.length === 0) throw new SlotUnavailable();
    const occasion = occasionOf(coachId, startsAt);
    const values = [coachId, clientId, startsAt, endsAt, occasion, bookingId];
    const engaged = await this.database.query<{ role: string }>(ENGAGE, values);
    if (!engaged.some(({ role }) => role === 'coach')) throw new SlotUnavailable();
    if (!engaged.some(({ role }) => role === 'client')) throw new ClientBusy();
  }

  /** Gives back what a booking took. */
  async release(bookingId: string): Promise<void> {
    await this.database.execute(RELEASE, [bookingId]);
  }

  /** Where the coach and the booker are within `[from, to)`, in one query. */
  async occupancy(coachId: string, bookerId: string | null, from: Date, to: Date): Promise<Occupancy> {
    const person = bookerId === coachId ? null : bookerId;
    const rows = await this.database.query<SceneRow>(SCENE, [coachId, person, from, to]);
    const of = (kind: SceneRow['kind']): SceneRow[] => rows.filter((row) => row.kind === kind);
    return {
      taken: of('taken'),
      elsewhere: of('elsewhere'),
      booker: person === null ? null : { id: person, bookings: of('own') },
    };
  }
}
