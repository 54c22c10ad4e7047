import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Part } from 'src/modules/booking/booking.state';
import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import type { CoachingRequest, NewRequest, RequestChange, RequestStatus } from './request.types';

const person = (alias: string): string => `
  jsonb_build_object('id', ${alias}.id, 'firstName', ${alias}.first_name, 'lastName', ${alias}.last_name,
    'role', ${alias}.role, 'gender', ${alias}.gender, 'photoUrl', ${alias}.photo_url)`;
const SELECT = `
  SELECT r.id, r.client_id AS "clientId", r.coach_id AS "coachId", r.status, r.client_message AS "clientMessage",
    r.coach_message AS "coachMessage", r.discovery_slot AS "discoverySlot", r.booking_id AS "bookingId",
    r.relation_before AS "relationBefore", r.created_at AS "createdAt",
    ${person('client')} AS client, ${person('coach')} AS coach
  FROM coaching_requests r JOIN users client ON client.id = r.client_id JOIN users coach ON coach.id = r.coach_id`;

const FIND: Statement = { name: 'request_find', text: `${SELECT} WHERE r.id = $1` };
const LOCK: Statement = { name: 'request_lock', text: `${FIND.text} FOR UPDATE OF r` };
const LOCK_PENDING: Statement = {
  name: 'request_lock_pending',
  text: `${SELECT} WHERE r.coach_id = $1 AND r.client_id = $2 AND r.status = 'pending' FOR UPDATE OF r`,
};
const LOCK_OF_BOOKING: Statement = {
  name: 'request_lock_of_booking',
  text: `${SELECT} WHERE r.booking_id = $1 AND r.status = 'pending' FOR UPDATE OF r`,
};
const INSERT: Statement = {
  name: 'request_insert',
  text: `INSERT INTO coaching_requests (id, client_id, coach_id, status, client_message, discovery_slot, booking_id,
           relation_before, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         ON CONFLICT (coach_id, client_id) WHERE status = 'pending' DO NOTHING
         RETURNING id`,
};
/** Everything that may change, as it is after it: the row is locked. */
const CHANGE: Statement = {
  name: 'request_change',
  text: `UPDATE coaching_requests SET status = $2, coach_message = $3, discovery_slot = $4, booking_id = $5,
           updated_at = $6
         WHERE id = $1`,
};
const HAS_PENDING: Statement = {
  name: 'request_has_pending',
  text: `SELECT EXISTS (
           SELECT FROM coaching_requests WHERE coach_id = $1 AND client_id = $2 AND status = 'pending') AS has`,
};

/** Whose requests: those that the person made, or those that he received. */
export interface RequestFilter {
  personId: string;
  as: Part;
  status?: RequestStatus;
}

@Injectable()
export class RequestRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'coaching_requests', columns: ['client_message', 'coach_message'], rowId: 'id' });
  }

  async findById(id: string): Promise<CoachingRequest | null> {
    return this.one(FIND, [id]);
  }

  /** The request, held until the end of the transaction. */
  async lockById(id: string): Promise<CoachingRequest | null> {
    return this.one(LOCK, [id]);
  }

  /** The one request of the pair that waits, held. */
  async lockPending(coachId: string, clientId: string): Promise<CoachingRequest | null> {
    return this.one(LOCK_PENDING, [coachId, clientId]);
  }

  /** The request that waits together with a booking, held. */
  async lockOfBooking(bookingId: string): Promise<CoachingRequest | null> {
    return this.one(LOCK_OF_BOOKING, [bookingId]);
  }

  async hasPending(coachId: string, clientId: string): Promise<boolean> {
    return (await this.database.value<boolean>(HAS_PENDING, [coachId, clientId])) ?? false;
  }

  /** Null when one of the pair waits already. */
  async insert(request: NewRequest, relationBefore: RelationStatus | null, now: Date): Promise<CoachingRequest | null> {
    const id = randomUUID();
    const inserted = await this.database.query(INSERT, [
      id,
      request.clientId,
      request.coachId,
      request.status,
      this.cipher.encryptNullable(place(id, 'client_message'), request.clientMessage),
      request.discoverySlot,
      request.bookingId,
      relationBefore,
      now,
    ]);
    return inserted.length === 0 ? null : this.findById(id);
  }

  /** @param request as it was locked */
  async change(request: CoachingRequest, change: RequestChange, now: Date): Promise<CoachingRequest> {
    const after = { ...request, ...change };
    await this.database.execute(CHANGE, [
      request.id,
      after.status,
      this.cipher.encryptNullable(place(request.id, 'coach_message'), after.coachMessage),
      after.discoverySlot,
      after.bookingId,
      now,
    ]);
    return after;
  }

  /** Newest first. */
  async page({ personId, as, status }: RequestFilter, { offset, limit }: PageQuery): Promise<Rows<CoachingRequest>> {
    const where = `r.${as}_id = $1${status ? ' AND r.status = $2' : ''}`;
    const values = status ? [personId, status] : [personId];
    const shape = `${as}${status ? '_status' : ''}`;
    const list: Statement = {
      name: `request_page_${shape}`,
      text: `${SELECT} WHERE ${where}
             ORDER BY r.created_at DESC, r.id LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    };
    const count: Statement = {
      name: `request_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM coaching_requests r WHERE ${where}`,
    };
    const page = await this.database.page<CoachingRequest>(list, [...values, limit, offset], count, values);
    return { ...page, rows: page.rows.map((row) => this.opened(row)) };
  }

  private async one(statement: Statement, values: unknown[]): Promise<CoachingRequest | null> {
    const [row] = await this.database.query<CoachingRequest>(statement, values);
    return row ? this.opened(row) : null;
  }

  private opened(row: CoachingRequest): CoachingRequest {
    row.clientMessage = this.cipher.decryptNullable(place(row.id, 'client_message'), row.clientMessage);
    row.coachMessage = this.cipher.decryptNullable(place(row.id, 'coach_message'), row.coachMessage);
    return row;
  }
}

function place(rowId: string, column: string): CipherPlace {
  return { table: 'coaching_requests', rowId, column };
}
