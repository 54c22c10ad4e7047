import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { containing } from 'src/common/search/containing';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PublicUser } from 'src/modules/auth/user.service';
import type { Relation, RelationStatus } from 'src/modules/coach/relations/relation.types';
import type { ClientRow, ClientSort, SortOrder } from './coach-client.types';

const COLUMNS = `
  u.id, u.first_name AS "firstName", u.last_name AS "lastName", u.role, u.gender, u.photo_url AS "photoUrl", u.email,
  u.phone, p.goal, r.id AS "relationId", r.coach_id AS "coachId", r.status,
  r.allow_unit_booking AS "allowUnitBooking", r.share_performances AS "sharePerformances",
  r.first_done_at AS "firstDoneAt", r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;
const NAMED = 'JOIN users u ON u.id = r.client_id';
const PEOPLE = `${NAMED} LEFT JOIN client_profiles p ON p.user_id = r.client_id`;

const FIND: Statement = {
  name: 'coach_client_find',
  text: `SELECT ${COLUMNS} FROM relations r ${PEOPLE} WHERE r.coach_id = $1 AND r.client_id = $2`,
};

const NAME = `folded(u.first_name || ' ' || u.last_name)`;

/** What each order compares, and where it comes from: the whole of the coach's rows in one pass. */
const ORDERS: Readonly<Record<ClientSort, { key: string; from: string }>> = {
  name: { key: NAME, from: '' },
  last_activity: {
    key: 'coalesce(done.last_at, r.created_at)',
    from: `LEFT JOIN (SELECT client_id, max(scheduled_at) AS last_at FROM bookings
             WHERE coach_id = $1 AND status = 'done' GROUP BY client_id) done ON done.client_id = r.client_id`,
  },
  sessions_remaining: {
    key: 'coalesce(bought.remaining, 0)',
    from: `LEFT JOIN (SELECT client_id, sum(remaining) AS remaining FROM packages
             WHERE coach_id = $1 AND status = 'active' GROUP BY client_id) bought ON bought.client_id = r.client_id`,
  },
};

/** A relation with its client in one row, as the statements answer it. */
type FlatRow = PublicUser &
  Pick<ClientRow, 'email' | 'phone' | 'goal'> &
  Omit<Relation, 'id' | 'clientId'> & { relationId: string };

export interface ClientFilter {
  status?: RelationStatus;
  /** Part of the name, whatever its case and accents. */
  q?: string;
  sort: ClientSort;
  order: SortOrder;
}

/**
 * The clients of a coach, in an order that may come from their sessions or their packages. A page can only be cut from
 * rows that are ordered already, so the order is made in the query, over the tables of the modules below; what is then
 * shown of the page comes from their services, which have the same words for it (`sessions_remaining` of the active
 * packages, the latest session done).
 */
@Injectable()
export class CoachClientRepository {
  constructor(private readonly database: Database) {}

  async find(coachId: string, clientId: string): Promise<ClientRow | null> {
    const [row] = await this.database.query<FlatRow>(FIND, [coachId, clientId]);
    return row ? clientOf(row) : null;
  }

  /** Ties are broken by id. */
  async page(coachId: string, filter: ClientFilter, { offset, limit }: PageQuery): Promise<Rows<ClientRow>> {
    const { where, values, shape } = conditions(coachId, filter);
    const { key, from } = ORDERS[filter.sort];
    const people = filter.q || filter.sort === 'name' ? NAMED : '';
    const direction = filter.order === 'asc' ? 'ASC' : 'DESC';
    // The text depends only on the order and on which conditions are there, so the set of names is finite.
    const list: Statement = {
      name: `coach_client_page_${filter.sort}_${filter.order}_${shape}`,
      text: `WITH listed AS (
               SELECT r.id, ${key} AS key FROM relations r ${people} ${from} WHERE ${where}
               ORDER BY key ${direction}, r.client_id LIMIT $${values.length + 1} OFFSET $${values.length + 2})
             SELECT ${COLUMNS} FROM listed JOIN relations r ON r.id = listed.id ${PEOPLE}
             ORDER BY listed.key ${direction}, r.client_id`,
    };
    const count: Statement = {
      name: `coach_client_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM relations r ${filter.q ? NAMED : ''} WHERE ${where}`,
    };
    const page = await this.database.page<FlatRow>(list, [...values, limit, offset], count, values);
    return { ...page, rows: page.rows.map(clientOf) };
  }
}

function conditions(coachId: string, { status, q }: ClientFilter): { where: string; values: unknown[]; shape: string } {
  const where = ['r.coach_id = $1'];
  const values: unknown[] = [coachId];
  let shape = 'all';
  if (status) {
    values.push(status);
    where.push(`r.status = $${values.length}`);
    shape += '_status';
  }
  if (q) {
    values.push(q);
    where.push(`${NAME} LIKE ${containing(`$${values.length}`)}`);
    shape += '_q';
  }
  return { where: where.join(' AND '), values, shape };
}

function clientOf({ id, firstName, lastName, role, gender, photoUrl, email, phone, goal, ...row }: FlatRow): ClientRow {
  const { relationId, ...relation } = row;
  return {
    ...{ id, firstName, lastName, role, gender, photoUrl, email, phone, goal },
    relation: { ...relation, id: relationId, clientId: id },
  };
}
