import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { BookingStatus } from 'src/modules/booking/booking.state';
import type { BookedSession } from './booked-session.types';
import { calendarStatus } from './calendar.rules';

interface SessionRow {
  bookingId: string;
  clientId: string;
  clientFirstName: string;
  clientLocale: string;
  coachId: string;
  coachFirstName: string;
  coachLocale: string;
  coachTimezone: string;
  gymName: string | null;
  startsAt: Date;
  endsAt: Date;
  status: BookingStatus;
}

const SESSION = `
  SELECT b.id AS "bookingId", b.scheduled_at AS "startsAt", b.ends_at AS "endsAt", b.status, gym.name AS "gymName",
    client.id AS "clientId", client.first_name AS "clientFirstName", client.locale AS "clientLocale",
    coach.id AS "coachId", coach.first_name AS "coachFirstName", coach.locale AS "coachLocale",
    coach.timezone AS "coachTimezone"
  FROM bookings b
  JOIN users client ON client.id = b.client_id
  JOIN users coach ON coach.id = b.coach_id
  LEFT JOIN gyms gym ON gym.id = b.gym_id`;

/** Each part has an index, which an OR over both would not use. */
const coming = (condition: string): string => `
  SELECT id, scheduled_at FROM bookings WHERE client_id = $1 AND scheduled_at > $2 AND ${condition}
  UNION
  SELECT id, scheduled_at FROM bookings WHERE coach_id = $1 AND scheduled_at > $2 AND ${condition}
  ORDER BY scheduled_at, id LIMIT $3`;

const FIND: Statement = { name: 'booked_sessions', text: `${SESSION} WHERE b.id = ANY($1::uuid[])` };
const COMING: Statement = {
  name: 'booked_sessions_coming',
  text: `${SESSION} WHERE b.id IN (SELECT id FROM (${coming("status = 'confirmed'")}) own)
         ORDER BY b.scheduled_at, b.id`,
};
const EVER_CONFIRMED: Statement = {
  name: 'booked_sessions_ever_confirmed',
  text: coming('confirmed_at IS NOT NULL'),
};

/** Sessions for calendars elsewhere: each list is one query, however long it is. */
@Injectable()
export class BookedSessionRepository {
  constructor(private readonly database: Database) {}

  /** Those that are there, in no order. */
  async find(bookingIds: readonly string[]): Promise<BookedSession[]> {
    const rows = await this.database.query<SessionRow>(FIND, [bookingIds]);
    return rows.map(sessionOf);
  }

  /** Confirmed, in either part, that begin after `now`; earliest first. */
  async coming(personId: string, now: Date, limit: number): Promise<BookedSession[]> {
    const rows = await this.database.query<SessionRow>(COMING, [personId, now, limit]);
    return rows.map(sessionOf);
  }

  /** The same, and those that were confirmed once, whatever became of them. Their ids. */
  async everConfirmedIds(personId: string, now: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(EVER_CONFIRMED, [personId, now, limit]);
    return rows.map(({ id }) => id);
  }
}

function sessionOf(row: SessionRow): BookedSession {
  return {
    bookingId: row.bookingId,
    client: { userId: row.clientId, firstName: row.clientFirstName, locale: row.clientLocale },
    coach: { userId: row.coachId, firstName: row.coachFirstName, locale: row.coachLocale },
    coachTimezone: row.coachTimezone,
    gymName: row.gymName,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    status: calendarStatus(row.status),
  };
}
