import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { BookingBucket, BookingStatus, Part } from './booking.state';
import type { Booking, BookingChange, NewBooking } from './booking.types';
import { nextMark } from './reminder.rules';

const COLUMNS = `
  b.id, b.client_id AS "clientId", b.coach_id AS "coachId", b.pricing_id AS "pricingId", b.package_id AS "packageId",
  b.gym_id AS "gymId", (SELECT name FROM gyms WHERE id = b.gym_id) AS "gymName", b.rescheduled_from_id AS "rescheduledFromId",
  (SELECT id FROM bookings WHERE rescheduled_from_id = b.id) AS "rescheduledToId",
  b.scheduled_at AS "scheduledAt", b.ends_at AS "endsAt", b.duration_min AS "durationMin", b.status, b.type,
  b.pricing_type AS "pricingType", b.price_cents AS "priceCents", b.currency,
  b.policy_threshold_hours AS "policyThresholdHours", b.policy_mode AS "policyMode",
  b.policy_noshow_is_due AS "policyNoshowIsDue", b.client_message AS "clientMessage",
  b.coach_cancel_reason AS "coachCancelReason", b.free_exit_until AS "freeExitUntil", b.penalty_due AS "penaltyDue",
  b.penalty_arisen_at AS "penaltyArisenAt", b.penalty_applied_at AS "penaltyAppliedAt",
  b.late_cancel_waived AS "lateCancelWaived", b.waive_reason AS "waiveReason",
  b.session_deducted AS "sessionDeducted", b.expires_at AS "expiresAt", b.remind_at AS "remindAt",
  b.confirmed_at AS "confirmedAt", b.cancelled_at AS "cancelledAt", b.done_at AS "doneAt", b.done_by AS "doneBy",
  b.created_at AS "createdAt", b.updated_at AS "updatedAt",
  (SELECT first_name || ' ' || last_name FROM users WHERE id = b.client_id) AS "clientName",
  (SELECT first_name || ' ' || last_name FROM users WHERE id = b.coach_id) AS "coachName"`;
/** Names are looked up and not joined: each is one row by its key, and planning so many joins cost more than the list. */
const FROM = 'FROM bookings b';

const FIND: Statement = { name: 'booking_find', text: `SELECT ${COLUMNS} ${FROM} WHERE b.id = $1` };
const LOCK: Statement = { name: 'booking_lock', text: `${FIND.text} FOR UPDATE OF b` };
const OWNED: Statement = {
  name: 'booking_find_owned_ids',
  text: 'SELECT id FROM bookings WHERE id = ANY($1::uuid[]) AND coach_id = $2',
};
const LOCK_ALL: Statement = {
  name: 'booking_lock_all',
  text: `SELECT ${COLUMNS} ${FROM} WHERE b.id = ANY($1::uuid[]) ORDER BY b.id FOR UPDATE OF b`,
};
const INSERT: Statement = {
  name: 'booking_insert',
  text: `INSERT INTO bookings AS b (id, client_id, coach_id, pricing_id, package_id, gym_id, rescheduled_from_id,
           scheduled_at, ends_at, duration_min, status, type, pricing_type, price_cents, currency,
           policy_threshold_hours, policy_mode, policy_noshow_is_due, client_message, expires_at, confirmed_at,
           free_exit_until, remind_at, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $24)
         RETURNING ${COLUMNS}`,
};
/** Everything that an act may change, as it is after it: the row is locked, so nobody else's change is overwritten. */
const CHANGE: Statement = {
  name: 'booking_change',
  text: `UPDATE bookings SET status = $2, confirmed_at = $3, cancelled_at = $4, done_at = $5, done_by = $6,
           coach_cancel_reason = $7, session_deducted = $8, penalty_due = $9, penalty_arisen_at = $10,
           penalty_applied_at = $11, late_cancel_waived = $12, waive_reason = $13, remind_at = $14, updated_at = $15
         WHERE id = $1`,
};
const REMIND: Statement = {
  name: 'booking_set_reminder',
  text: 'UPDATE bookings SET remind_at = $2 WHERE id = $1',
};

/** Which bookings of one person; the bucket is by `now`. */
export interface BookingFilter {
  personId: string;
  as: Part;
  otherId?: string;
  statuses?: readonly BookingStatus[];
  bucket?: BookingBucket;
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
  ) {
    cipher.keeps({
      table: 'bookings',
      columns: ['client_message', 'coach_cancel_reason', 'waive_reason'],
      rowId: 'id',
    });
  }

  async findById(id: string): Promise<Booking | null> {
    const [row] = await this.database.query<Booking>(FIND, [id]);
    return row ? this.opened(row) : null;
  }

  /** The booking, held until the end of the transaction: of two acts at once the second one sees the new status. */
  async lockById(id: string): Promise<Booking | null> {
    const [row] = await this.database.query<Booking>(LOCK, [id]);
    return row ? this.opened(row) : null;
  }

  /** Which of these are bookings of this coach. */
  async ownedIds(coachId: string, ids: readonly string[]): Promise<Set<string>> {
    return new Set(await this.database.values<string>(OWNED, [ids, coachId]));
  }

  /** The same as `lockById` for many, locked in the order of their ids. */
  async lockByIds(ids: readonly string[]): Promise<Booking[]> {
    const rows = await this.database.query<Booking>(LOCK_ALL, [ids]);
    return rows.map((row) => this.opened(row));
  }

  async insert(booking: NewBooking, now: Date): Promise<Booking | null> {
    const [row] = await this.database.query<Booking>(INSERT, [
      booking.id,
      booking.clientId,
      booking.coachId,
      booking.pricingId,
      booking.packageId,
      booking.gymId,
      booking.rescheduledFromId,
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
      booking.confirmedAt,
      booking.freeExitUntil,
      nextMark({ ...booking, createdAt: now }),
      now,
    ]);
    return row ? this.opened(row) : null;
  }

  /** @param booking as it was locked */
  async change(booking: Booking, change: BookingChange, now: Date): Promise<void> {
    const after = { ...booking, ...change };
    await this.database.execute(CHANGE, [
      booking.id,
      after.status,
      after.confirmedAt,
      after.cancelledAt,
      after.doneAt,
      after.doneBy,
      this.cipher.encryptNullable(place(booking.id, 'coach_cancel_reason'), after.coachCancelReason),
      after.sessionDeducted,
      after.penaltyDue,
      after.penaltyArisenAt,
      after.penaltyAppliedAt,
      after.lateCancelWaived,
      this.cipher.encryptNullable(place(booking.id, 'waive_reason'), after.waiveReason),
      // What did not move keeps the reminder that it waits for.
      after.status === booking.status ? booking.remindAt : nextMark(after),
      now,
    ]);
  }

  /** When somebody is to be reminded of the booking next. */
  async setReminder(id: string, remindAt: Date | null): Promise<void> {
    await this.database.execute(REMIND, [id, remindAt]);
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
    const page = await this.database.page<Booking>(list, [...values, limit, offset], count, values);
    return { ...page, rows: page.rows.map((row) => this.opened(row)) };
  }

  private opened(row: Booking): Booking {
    row.clientMessage = this.cipher.decryptNullable(place(row.id, 'client_message'), row.clientMessage);
    row.coachCancelReason = this.cipher.decryptNullable(place(row.id, 'coach_cancel_reason'), row.coachCancelReason);
    row.waiveReason = this.cipher.decryptNullable(place(row.id, 'waive_reason'), row.waiveReason);
    return row;
  }
}

function place(rowId: string, column: string): CipherPlace {
  return { table: 'bookings', rowId, column };
}

const BUCKETS: Record<BookingBucket, (now: string) => string> = {
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
