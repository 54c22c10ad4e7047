import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { AGENDA_STATUSES } from './calendar.rules';
import type { CalendarEvent, OwnEvent } from './calendar.types';

const COLUMNS = `
  b.id AS "bookingId", b.coach_id AS "coachId", b.client_id AS "clientId", b.scheduled_at AS "scheduledAt",
  b.ends_at AS "endsAt", b.status, b.type, b.created_at AS "createdAt", b.updated_at AS "updatedAt",
  coach.first_name || ' ' || coach.last_name AS "coachName",
  client.first_name || ' ' || client.last_name AS "clientName", gym.name AS "gymName",
  (SELECT count(*)::int - 1 FROM booking_transitions step WHERE step.booking_id = b.id) AS changes`;
const JOINS = `
  JOIN users client ON client.id = b.client_id
  JOIN users coach ON coach.id = b.coach_id
  LEFT JOIN gyms gym ON gym.id = b.gym_id`;

/** Bookings of one person in both parts; each part has an index, which an OR over both would not use in order. */
const own = (condition: string): string => `
  SELECT id, 'client' AS "as" FROM bookings WHERE client_id = $1 AND ${condition}
  UNION ALL
  SELECT id, 'coach' FROM bookings WHERE coach_id = $1 AND ${condition}`;
const IN_AGENDA = 'scheduled_at >= $2 AND scheduled_at < $3 AND status = ANY($4)';

const FIND: Statement = { name: 'calendar_event', text: `SELECT ${COLUMNS} FROM bookings b ${JOINS} WHERE b.id = $1` };
const AGENDA: Statement = {
  name: 'calendar_agenda',
  text: `SELECT ${COLUMNS}, own."as" FROM (${own(IN_AGENDA)}) own JOIN bookings b ON b.id = own.id ${JOINS}
         ORDER BY b.scheduled_at, b.id LIMIT $5 OFFSET $6`,
};
const COUNT_AGENDA: Statement = {
  name: 'calendar_agenda_count',
  text: `SELECT count(*)::int AS total FROM (${own(IN_AGENDA)}) own`,
};
const FEED: Statement = {
  name: 'calendar_feed',
  text: `SELECT ${COLUMNS}, own."as" FROM (${own('scheduled_at >= $2')}) own JOIN bookings b ON b.id = own.id ${JOINS}
         ORDER BY b.scheduled_at, b.id`,
};

/** Bookings as calendars show them: each list is one query, however long it is. */
@Injectable()
export class CalendarRepository {
  constructor(private readonly database: Database) {}

  async find(bookingId: string): Promise<CalendarEvent | null> {
    return this.database.first<CalendarEvent>(FIND, [bookingId]);
  }

  /** What takes the person's time from `from` to `to` (excluded), earliest first. */
  async agenda(personId: string, from: Date, to: Date, { offset, limit }: PageQuery): Promise<Rows<OwnEvent>> {
    const values = [personId, from, to, AGENDA_STATUSES];
    return this.database.page<OwnEvent>(AGENDA, [...values, limit, offset], COUNT_AGENDA, values);
  }

  /** Everything from `since` on, whatever became of it, earliest first. */
  async feed(personId: string, since: Date): Promise<OwnEvent[]> {
    return this.database.query<OwnEvent>(FEED, [personId, since]);
  }
}
