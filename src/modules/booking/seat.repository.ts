import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { ClientBusy, SlotUnavailable } from './booking.errors';
import { occasionOf } from './booking.rules';
import type { Booker, Interval, KeptSeat, TakenStart } from './slots/slot.types';

/**
 * The lowest free place; somebody may take it at the same instant in spite of the lock's protocol: then no row. Both
 * people in one statement, in the order of their ids: two coaches who book each other wait for one another in the same
 * order and never in a circle.
 */
const TAKE: Statement = {
  name: 'seat_take',
  text: `WITH seated AS (
           INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, booking_id)
           SELECT $1, $3, place, $5, $2, $7 FROM generate_series(1, $5::int) AS place
           WHERE NOT EXISTS (SELECT FROM seats WHERE coach_id = $1 AND starts_at = $3 AND seat = place)
           ORDER BY place LIMIT 1
           ON CONFLICT DO NOTHING RETURNING seat),
         engaged AS (
           INSERT INTO engagements (person_id, during, occasion, role, booking_id)
           SELECT person, tstzrange($3, $4), $6, role, $7
           FROM (VALUES ($1::uuid, 'coach'), ($2::uuid, 'client')) AS people (person, role)
           ORDER BY person
           ON CONFLICT DO NOTHING RETURNING role)
         SELECT EXISTS (SELECT FROM seated) AS "isSeated", ARRAY (SELECT role FROM engaged) AS roles`,
};
const RELEASE: Statement = {
  name: 'seat_release',
  text: `WITH freed AS (DELETE FROM engagements WHERE booking_id = $1)
         DELETE FROM seats WHERE booking_id = $1`,
};
/** The seat of an offer, as a booking takes one. It engages the coach alone. */
const KEEP_SEAT: Statement = {
  name: 'seat_keep',
  text: `INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, waitlist_entry_id, held_until)
         SELECT $1, $2, place, $3, $4, $5, $6 FROM generate_series(1, $3::int) AS place
         WHERE NOT EXISTS (SELECT FROM seats WHERE coach_id = $1 AND starts_at = $2 AND seat = place)
         ORDER BY place LIMIT 1
         ON CONFLICT DO NOTHING RETURNING seat`,
};
const ENGAGE_COACH: Statement = {
  name: 'seat_engage_coach',
  text: `INSERT INTO engagements (person_id, during, occasion, role, waitlist_entry_id)
         VALUES ($1, tstzrange($2, $3), $4, 'coach', $5)
         ON CONFLICT DO NOTHING RETURNING role`,
};
const DROP: Statement = {
  name: 'seat_drop',
  text: `WITH freed AS (DELETE FROM engagements WHERE waitlist_entry_id = $1)
         DELETE FROM seats WHERE waitlist_entry_id = $1`,
};
/**
 * What is taken from the coach, where he is a client, where the booker is, and the seats that are kept for the booker.
 * A seat kept for the booker is counted for everybody else only, and for him too once his time to take it is over.
 */
const SCENE: Statement = {
  name: 'seat_scene',
  isBrief: true,
  text: `SELECT 'taken' AS kind, lower(during) AS "startsAt", upper(during) AS "endsAt",
           count(*) FILTER (WHERE NOT coalesce(kept.client_id = $2 AND kept.held_until >= $6, false))::int AS taken,
           NULL::uuid AS id, NULL::uuid AS "coachId", NULL::timestamptz AS "heldUntil"
         FROM engagements e LEFT JOIN seats kept ON kept.waitlist_entry_id = e.waitlist_entry_id
         WHERE e.person_id = $1 AND e.role = 'coach' AND during && tstzrange($3, $4)
           AND NOT coalesce(e.booking_id = $5, false)
         GROUP BY during
         UNION ALL
         SELECT 'elsewhere', lower(during), upper(during), 0, NULL, NULL, NULL
         FROM engagements WHERE person_id = $1 AND role = 'client' AND during && tstzrange($3, $4)
         UNION ALL
         SELECT 'own', lower(during), upper(during), 0, coalesce(e.booking_id, e.waitlist_entry_id),
           coalesce(b.coach_id, e.person_id), NULL
         FROM engagements e LEFT JOIN bookings b ON b.id = e.booking_id
         WHERE e.person_id = $2 AND during && tstzrange($3, $4) AND NOT coalesce(e.booking_id = $5, false)
         UNION ALL
         SELECT 'kept', s.starts_at, upper(e.during), 0, s.waitlist_entry_id, s.coach_id, s.held_until
         FROM seats s JOIN engagements e ON e.waitlist_entry_id = s.waitlist_entry_id
         WHERE s.coach_id = $1 AND s.client_id = $2 AND e.during && tstzrange($3, $4)`,
};

interface SceneRow {
  kind: 'taken' | 'elsewhere' | 'own' | 'kept';
  startsAt: Date;
  endsAt: Date;
  taken: number;
  /** Of the booking, or of the entry of the waitlist. */
  id: string;
  coachId: string;
  heldUntil: Date;
}

/** What the slot rules look at, and what is kept for the booker. */
export interface Occupancy {
  taken: TakenStart[];
  elsewhere: Interval[];
  booker: Booker | null;
  kept: KeptSeat[];
}

/** Whose eyes see the occupancy, and when. */
export interface Viewer {
  /** Null, or the coach himself: nobody's own bookings count. */
  bookerId: string | null;
  now: Date;
  /** A booking that is being moved: it stands in nobody's way. */
  ignoredBookingId?: string;
}

/** A seat to be kept for somebody of the waitlist. */
export interface SeatOffer extends KeptSeat {
  coachId: string;
  clientId: string;
  capacity: number;
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
    const occasion = occasionOf(coachId, startsAt);
    const values = [coachId, clientId, startsAt, endsAt, capacity, occasion, bookingId];
    const taken = await this.database.first<{ isSeated: boolean; roles: string[] }>(TAKE, values);
    if (!taken?.isSeated || !taken.roles.includes('coach')) throw new SlotUnavailable();
    if (!taken.roles.includes('client')) throw new ClientBusy();
  }

  /** Gives back what a booking took. */
  async release(bookingId: string): Promise<void> {
    await this.database.execute(RELEASE, [bookingId]);
  }

  /**
   * Keeps a seat of the slot for somebody, to be called under the lock of the coach. False when there is none, or the
   * coach is elsewhere.
   */
  async keep({ entryId, coachId, clientId, startsAt, endsAt, capacity, heldUntil }: SeatOffer): Promise<boolean> {
    const seats = await this.database.query(KEEP_SEAT, [coachId, startsAt, capacity, clientId, entryId, heldUntil]);
    if (seats.length === 0) return false;
    const occasion = occasionOf(coachId, startsAt);
    const engaged = await this.database.query(ENGAGE_COACH, [coachId, startsAt, endsAt, occasion, entryId]);
    if (engaged.length === 0) await this.drop(entryId);
    return engaged.length > 0;
  }

  /** Gives back what was kept for an entry of the waitlist. */
  async drop(entryId: string): Promise<void> {
    await this.database.execute(DROP, [entryId]);
  }

  /** Where the coach and the booker are within `[from, to)`, in one query. */
  async occupancy(
    coachId: string,
    { bookerId, now, ignoredBookingId }: Viewer,
    from: Date,
    to: Date,
  ): Promise<Occupancy> {
    const person = bookerId === coachId ? null : bookerId;
    const rows = await this.database.query<SceneRow>(SCENE, [coachId, person, from, to, ignoredBookingId ?? null, now]);
    const of = (kind: SceneRow['kind']): SceneRow[] => rows.filter((row) => row.kind === kind);
    const own = of('own').map(({ id: bookingId, ...row }) => ({ ...row, bookingId }));
    return {
      taken: of('taken'),
      elsewhere: of('elsewhere'),
      booker: person === null ? null : { id: person, bookings: own },
      kept: of('kept').map(({ id: entryId, ...row }) => ({ ...row, entryId })),
    };
  }
}
