import { Injectable } from '@nestjs/common';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { BookingStatus, Part } from './booking.state';
import type { Booking, BookingChange, NewBooking } from './booking.types';

const COLUMNS = `
  b.id, b.client_id AS "clientId", b.coach_id AS "coachId", b.pricing_id AS "pricingId",
  b.scheduled_at AS "scheduledAt", b.ends_at AS "endsAt", b.duration_min AS "durationMin", b.status, b.type,
  b.pricing_type AS "pricingType", b.price_cents AS "priceCents", b.currency,
  b.policy_threshold_hours AS "policyThresholdHours", b.policy_mode AS "policyMode",
  b.policy_noshow_is_due AS "policyNoshowIsDue", b.client_message AS "clientMessage",
  b.coach_cancel_reason AS "coachCancelReason", b.penalty_due AS "penaltyDue",
  b.late_cancel_waived AS "lateCancelWaived", b.session_deducted AS "sessionDeducted", b.expires_at AS "expiresAt",
  b.confirmed_at AS "confirmedAt", b.cancelled_at AS "cancelledAt", b.done_at AS "doneAt", b.done_by AS "doneBy",
  b.created_at AS "createdAt", b.updated_at AS "updatedAt",
  client.first_name || ' ' || client.last_name AS "clientName",
  coach.first_name || ' ' || coach.last_name AS "coachName"`;
const FROM = `FROM bookings b JOIN users client ON client.id = b.client_id JOIN users coach ON coach.id = b.coach_id`;

const FIND: Statement = { name: 'booking_find', text: `SELECT ${COLUMNS} ${FROM} WHERE b.id = $1` };
const LOCK: Statement = { name: 'booking_lock', text: `${FIND.text} FOR UPDATE OF b` };
const INSERT: Statement = {
  name: 'booking_insert',
  text: `INSERT INTO bookings (id, client_id, coach_id, pricing_id, scheduled_at, ends_at, duration_min, status, type,
           pricing_type, price_cents, currency, policy_threshold_hours, policy_mode, policy_noshow_is_due,
           client_message, expires_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18)`,
};
const CHANGE: Statement = {
  name: 'booking_change',
  text: `UPDATE bookings SET status = $2, updated_at = $3, confirmed_at = coalesce($4, confirmed_at),
           cancelled_at = coalesce($5, cancelled_at), coach_cancel_reason = coalesce($6, coach_cancel_reason),
           penalty_due = $7
         WHERE id = $1`,
};
const COUNT_PENDING: Statement = {
  name: 'booking_count_pending',
  text: `SELECT count(*)::int AS count FROM bookings
         WHERE coach_id = $1 AND client_id = $2 AND status = 'pending_coach_validation'`,
};
const FIND_LAPSED: Statement = {
  name: 'booking_find_lapsed',
  text: `SELECT id FROM bookings WHERE status = 'pending_coach_validation' AND expires_at <= $1
         ORDER BY expires_at, id LIMIT $2`,
};
const FIRST_DEADLINE: Statement = {
  name: 'booking_first_deadline',
  text: `SELECT min(expires_at) AS at FROM bookings WHERE status = 'pending_coach_validation'`,
};

/** Which bookings of one person; the bucket is by `now`. */
export interface BookingFilter {
  personId: string;
  as: Part;
  otherId?: string;
  statuses?: readonly BookingStatus[];
  bucket?: 'upcoming' | 'past' | 'cancelled';
  from: Date | null;
  to: Date | null;
  now: Date;
  earliestFirst: boolean;
}

@Injectable()
export class BookingRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async findById(id: string): Promise<Booking | null> {
    const [row] = await this.database.query<Booking>(FIND, [id]);
    return row ? this.opened(row) : null;
  }

  /** The booking, held until the end of the transaction: of two acts at once the second one sees the new status. */
  async lockById(id: string): Promise<Booking | null> {
    const [row] = await this.database.query<Booking>(LOCK, [id]);
    return row ? this.opened(row) : null;
  }

  async insert(booking: NewBooking, now: Date): Promise<void> {
    await this.database.execute(INSERT, [
      booking.id,
      booking.clientId,
      booking.coachId,
      booking.pricingId,
      booking.scheduledAt,
      booking.endsAt,
      booking.durationMin,
      booking.status,
      booking.type,
      booking.pricingType,
      booking.priceCents,
      booking.currency,
      booking.policyThresholdHours,
      booking.policyMode,
      booking.policyNoshowIsDue,
      this.cipher.encryptNullable(place(booking.id, 'client_message'), booking.clientMessage),
      booking.expiresAt,
      now,
    ]);
  }

  async change(id: string, change: BookingChange, now: Date): Promise<void> {
    await this.database.execute(CHANGE, [
      id,
      change.status,
      now,
      change.confirmedAt ?? null,
      change.cancelledAt ?? null,
      this.cipher.encryptNullable(place(id, 'coach_cancel_reason'), change.coachCancelReason),
      change.penaltyDue ?? false,
    ]);
  }

  async countPending(coachId: string, clientId: string): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_PENDING, [coachId, clientId]);
    return row?.count ?? 0;
  }

  async findLapsedIds(now: Date, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(FIND_LAPSED, [now, limit]);
    return rows.map(({ id }) => id);
  }

  /** When the next request lapses, or null when none waits. */
  async firstDeadline(): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date | null }>(FIRST_DEADLINE);
    return row?.at ?? null;
  }

  async page(filter: BookingFilter, { offset, limit }: PageQuery): Promise<Rows<Booking>> {
    const { where, values } = conditions(filter);
    const direction = filter.earliestFirst ? 'ASC' : 'DESC';
    // The text depends only on which conditions are there, so the set of names is finite.
    const list: Statement = {
      name: `booking_page_${filter.as}_${direction}_${where.shape}`,
      text: `SELECT ${COLUMNS} ${FROM} WHERE ${where.text}
             ORDER BY b.scheduled_at ${direction}, b.id LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    };
    const count: Statement = {
      name: `booking_count_${filter.as}_${where.shape}`,
      text: `SELECT count(*)::int AS total FROM bookings b WHERE ${where.text}`,
    };
    const rows = await this.database.query<Booking>(list, [...values, limit, offset]);
    const [counted] = await this.database.query<{ total: number }>(count, values);
    return { rows: rows.map((row) => this.opened(row)), total: counted?.total ?? 0 };
  }

  private opened(row: Booking): Booking {
    row.clientMessage = this.cipher.decryptNullable(place(row.id, 'client_message'), row.clientMessage);
    row.coachCancelReason = this.cipher.decryptNullable(place(row.id, 'coach_cancel_reason'), row.coachCancelReason);
    return row;
  }
}

function place(rowId: string, column: string): { table: string; rowId: string; column: string } {
  return { table: 'bookings', rowId, column };
}

const BUCKETS: Record<NonNullable<BookingFilter['bucket']>, (now: string) => string> = {
  upcoming: (now) => `b.status IN ('pending_coach_validation', 'confirmed') AND b.scheduled_at > ${now}`,
  past: (now) => `(b.status IN ('done', 'no_show') OR b.status = 'confirmed' AND b.scheduled_at <= ${now})`,
  cancelled: () =>
    `b.status IN ('cancelled_by_client', 'cancelled_late_by_client', 'cancelled_by_coach', 'cancelled_by_coach_late',
                  'rejected', 'auto_rejected')`,
};

function conditions(filter: BookingFilter): { where: { text: string; shape: string }; values: unknown[] } {
  const values: unknown[] = [];
  const parts: string[] = [];
  let shape = '';
  const add = (letter: string, value: unknown, condition: (place: string) => string): void => {
    values.push(value);
    parts.push(condition(`$${values.length}`));
    shape += letter;
  };
  const [own, other] = filter.as === 'coach' ? ['coach_id', 'client_id'] : ['client_id', 'coach_id'];
  add('p', filter.personId, (value) => `b.${own} = ${value}`);
  if (filter.otherId) add('o', filter.otherId, (value) => `b.${other} = ${value}`);
  if (filter.statuses) add('s', filter.statuses, (value) => `b.status = ANY(${value})`);
  if (filter.from) add('f', filter.from, (value) => `b.scheduled_at >= ${value}`);
  if (filter.to) add('t', filter.to, (value) => `b.scheduled_at < ${value}`);
  const { bucket } = filter;
  if (bucket === 'cancelled') {
    parts.push(BUCKETS.cancelled(''));
    shape += 'c';
  } else if (bucket) add(bucket === 'upcoming' ? 'u' : 'd', filter.now, (value) => BUCKETS[bucket](value));
  return { where: { text: parts.join(' AND '), shape }, values };
}
