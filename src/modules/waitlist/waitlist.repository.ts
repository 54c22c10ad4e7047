import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { WaitlistEntryEntity } from './entities/waitlist-entry.entity';
import type { WaitlistStatus } from './waitlist.state';
import type { QueueKey, QueueView, WaitlistEntry } from './waitlist.types';

const LIVE = `status IN ('waiting', 'notified')`;
const COLUMNS = `
  e.id, e.coach_id AS "coachId", e.client_id AS "clientId", e.starts_at AS "startsAt", e.ends_at AS "endsAt",
  e.is_offered AS "isOffered", e.position, e.status, e.notified_at AS "notifiedAt", e.expires_at AS "expiresAt",
  e.booking_id AS "bookingId", e.created_at AS "createdAt", e.updated_at AS "updatedAt",
  client.first_name || ' ' || client.last_name AS "clientName",
  coach.first_name || ' ' || coach.last_name AS "coachName"
  FROM waitlist_entries e JOIN users client ON client.id = e.client_id JOIN users coach ON coach.id = e.coach_id`;

const FIND: Statement = { name: 'waitlist_find', text: `SELECT ${COLUMNS} WHERE e.id = $1` };
const QUEUE: Statement = {
  name: 'waitlist_queue',
  text: `SELECT ${COLUMNS} WHERE e.coach_id = $1 AND e.starts_at = $2 AND e.${LIVE} ORDER BY e.position`,
};
const FIND_LIVE: Statement = {
  name: 'waitlist_find_live',
  text: `SELECT ${COLUMNS} WHERE e.coach_id = $1 AND e.starts_at = $2 AND e.client_id = $3 AND e.${LIVE}`,
};
/** Under the lock of the coach, so nobody joins meanwhile. */
const INSERT: Statement = {
  name: 'waitlist_insert',
  text: `INSERT INTO waitlist_entries (coach_id, client_id, starts_at, ends_at, is_offered, status, position,
           created_at, updated_at)
         SELECT $1, $2, $3, $4, $5, 'waiting', count(*) + 1, $6, $6
         FROM waitlist_entries WHERE coach_id = $1 AND starts_at = $3 AND ${LIVE}
         ON CONFLICT (coach_id, starts_at, client_id) WHERE ${LIVE} DO NOTHING RETURNING id`,
};
const CHANGE: Statement = {
  name: 'waitlist_change',
  text: `UPDATE waitlist_entries SET status = $2, ends_at = $3, notified_at = $4, expires_at = $5, booking_id = $6,
           updated_at = $7
         WHERE id = $1`,
};
/** In one statement: positions are compared when it ends, so people may change places. */
const ARRANGE: Statement = {
  name: 'waitlist_arrange',
  text: `UPDATE waitlist_entries SET position = wished.position, updated_at = $2
         FROM unnest($1::uuid[]) WITH ORDINALITY AS wished (id, position)
         WHERE waitlist_entries.id = wished.id AND waitlist_entries.position <> wished.position`,
};
const VIEWS: Statement = {
  name: 'waitlist_views',
  isBrief: true,
  text: `SELECT starts_at AS "startsAt", count(*)::int AS count,
           max(position) FILTER (WHERE client_id = $2) AS "myPosition"
         FROM waitlist_entries WHERE coach_id = $1 AND starts_at BETWEEN $3 AND $4 AND ${LIVE} GROUP BY starts_at`,
};
const DUE: Statement = {
  name: 'waitlist_due',
  text: `SELECT coach_id AS "coachId", starts_at AS "startsAt" FROM (
           SELECT coach_id, starts_at, expires_at AS since FROM waitlist_entries
           WHERE status = 'notified' AND expires_at < $1
           UNION ALL
           SELECT coach_id, starts_at, starts_at FROM waitlist_entries WHERE ${LIVE} AND starts_at <= $1) due
         GROUP BY coach_id, starts_at ORDER BY min(since), coach_id LIMIT $2`,
};
const NEXT_DUE: Statement = {
  name: 'waitlist_next_due',
  text: `SELECT least(
           (SELECT min(expires_at) + interval '1 millisecond' FROM waitlist_entries WHERE status = 'notified'),
           (SELECT min(starts_at) FROM waitlist_entries WHERE ${LIVE})) AS at`,
};
const WAITING_COACHES: Statement = {
  name: 'waitlist_waiting_coaches',
  text: `SELECT DISTINCT coach_id AS "coachId" FROM waitlist_entries
         WHERE status = 'waiting' AND starts_at > $1 ORDER BY coach_id`,
};
const OF_COACH: Statement = {
  name: 'waitlist_of_coach',
  text: `SELECT ${COLUMNS} WHERE e.coach_id = $1 AND e.starts_at > $2 AND e.starts_at < $3 AND e.${LIVE}
         ORDER BY e.starts_at, e.position`,
};
const OF_CLIENT: Statement = {
  name: 'waitlist_of_client',
  text: `SELECT ${COLUMNS} WHERE e.client_id = $1 AND e.${LIVE} ORDER BY e.coach_id, e.starts_at`,
};
const OWN: Statement = {
  name: 'waitlist_own',
  text: `SELECT ${COLUMNS} WHERE e.client_id = $1 AND e.status = ANY ($2)
         ORDER BY e.created_at DESC, e.id LIMIT $3 OFFSET $4`,
};
const COUNT_OWN: Statement = {
  name: 'waitlist_count_own',
  text: 'SELECT count(*)::int AS total FROM waitlist_entries WHERE client_id = $1 AND status = ANY ($2)',
};
/** Who waits, by position; behind them those who wait no more, by the last one they had. */
const OF_QUEUE: Statement = {
  name: 'waitlist_of_queue',
  text: `SELECT ${COLUMNS} WHERE e.coach_id = $1 AND e.starts_at = $2 AND e.status = ANY ($3)
         ORDER BY e.${LIVE} DESC, e.position, e.created_at, e.id LIMIT $4 OFFSET $5`,
};
const COUNT_OF_QUEUE: Statement = {
  name: 'waitlist_count_of_queue',
  text: `SELECT count(*)::int AS total FROM waitlist_entries
         WHERE coach_id = $1 AND starts_at = $2 AND status = ANY ($3)`,
};

/** Who joins a queue. */
export type NewEntry = Pick<WaitlistEntryEntity, 'coachId' | 'clientId' | 'startsAt' | 'endsAt' | 'isOffered'>;

/** What changes on an entry; a field that is not given stays as it is. */
export type EntryChange = Partial<
  Pick<WaitlistEntryEntity, 'status' | 'endsAt' | 'notifiedAt' | 'expiresAt' | 'bookingId'>
>;

/** Every write is made under the lock of the coach. */
@Injectable()
export class WaitlistRepository {
  constructor(private readonly database: Database) {}

  async findById(id: string): Promise<WaitlistEntry | null> {
    return this.database.first<WaitlistEntry>(FIND, [id]);
  }

  /** The live entries of a queue, by position. */
  async findQueue({ coachId, startsAt }: QueueKey): Promise<WaitlistEntry[]> {
    return this.database.query<WaitlistEntry>(QUEUE, [coachId, startsAt]);
  }

  /** The live entry of a person in a queue. */
  async findLive({ coachId, startsAt }: QueueKey, clientId: string): Promise<WaitlistEntry | null> {
    return this.database.first<WaitlistEntry>(FIND_LIVE, [coachId, startsAt, clientId]);
  }

  /** Last in the queue; null when the person is in it already. */
  async insert(entry: NewEntry, now: Date): Promise<string | null> {
    const { coachId, clientId, startsAt, endsAt, isOffered } = entry;
    const values = [coachId, clientId, startsAt, endsAt, isOffered, now];
    return this.database.value<string>(INSERT, values);
  }

  /** @param entry as it is under the lock */
  async change(entry: WaitlistEntry, change: EntryChange, now: Date): Promise<void> {
    const { id, status, endsAt, notifiedAt, expiresAt, bookingId } = { ...entry, ...change };
    await this.database.execute(CHANGE, [id, status, endsAt, notifiedAt, expiresAt, bookingId, now]);
  }

  /** Gives all live entries of a queue their positions, first to last. */
  async arrange(ids: readonly string[], now: Date): Promise<void> {
    await this.database.execute(ARRANGE, [ids, now]);
  }

  /** The queues of a coach between two starts, both included; where nobody waits is left out. */
  async findViews(coachId: string, viewerId: string, first: Date, last: Date): Promise<QueueView[]> {
    return this.database.query<QueueView>(VIEWS, [coachId, viewerId, first, last]);
  }

  /** Queues with an offer that nobody took in time, or whose slot has begun. */
  async findDue(now: Date, limit: number): Promise<QueueKey[]> {
    return this.database.query<QueueKey>(DUE, [now, limit]);
  }

  /** When the first of them falls due by what is there now. */
  async nextDue(): Promise<Date | null> {
    return this.database.value<Date>(NEXT_DUE);
  }

  /** Coaches for whose coming slots somebody waits without an offer. */
  async findWaitingCoaches(now: Date): Promise<string[]> {
    return this.database.values<string>(WAITING_COACHES, [now]);
  }

  /** Live entries of a coach whose slot starts after one instant and before another, by start and position. */
  async findOfCoach(coachId: string, after: Date, before: Date | 'infinity' = 'infinity'): Promise<WaitlistEntry[]> {
    return this.database.query<WaitlistEntry>(OF_COACH, [coachId, after, before]);
  }

  /** Live entries of a person, by coach and start. */
  async findOfClient(clientId: string): Promise<WaitlistEntry[]> {
    return this.database.query<WaitlistEntry>(OF_CLIENT, [clientId]);
  }

  /** Newest first. */
  async pageOfClient(
    clientId: string,
    statuses: readonly WaitlistStatus[],
    { offset, limit }: PageQuery,
  ): Promise<Rows<WaitlistEntry>> {
    const values = [clientId, statuses];
    return this.database.page<WaitlistEntry>(OWN, [...values, limit, offset], COUNT_OWN, values);
  }

  /** By position, those who wait no more behind. */
  async pageOfQueue(
    { coachId, startsAt }: QueueKey,
    statuses: readonly WaitlistStatus[],
    { offset, limit }: PageQuery,
  ): Promise<Rows<WaitlistEntry>> {
    const values = [coachId, startsAt, statuses];
    return this.database.page<WaitlistEntry>(OF_QUEUE, [...values, limit, offset], COUNT_OF_QUEUE, values);
  }
}
