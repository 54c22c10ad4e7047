import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import { PaymentEntity } from 'src/modules/payment/entities/payment.entity';
import type { PaymentMethod, PaymentStatus } from './payment.state';
import type { BilledBooking, Payment } from './payment.types';

/** The day of the money: when it came, or else when it was written down that it should. */
const DAY = 'coalesce(y.paid_at, y.created_at)';
const COLUMNS = `
  y.id, y.coach_id AS "coachId", y.client_id AS "clientId", y.package_id AS "packageId", y.booking_id AS "bookingId",
  y.amount_cents AS "amountCents", y.currency, y.payment_method AS "paymentMethod", y.reference, y.description, y.status,
  y.paid_at AS "paidAt", y.due_at AS "dueAt", y.created_at AS "createdAt", y.updated_at AS "updatedAt"`;
const SELECT = `
  SELECT ${COLUMNS}, p.name AS "packageName" FROM payments y LEFT JOIN packages p ON p.id = y.package_id`;

const FIND: Statement = { name: 'payment_find', text: `${SELECT} WHERE y.id = $1` };
const LOCK_OF_PAIR: Statement = {
  name: 'payment_lock_of_pair',
  text: `SELECT ${COLUMNS} FROM payments y WHERE y.id = $1 AND y.coach_id = $2 AND y.client_id = $3 FOR UPDATE`,
};
const LOCK_OF_BOOKING: Statement = {
  name: 'payment_lock_of_booking',
  text: `SELECT ${COLUMNS} FROM payments y WHERE y.booking_id = $1 AND y.status <> 'cancelled' FOR UPDATE`,
};
const OPEN_FOR_BOOKING: Statement = {
  name: 'payment_open_for_booking',
  text: `INSERT INTO payments (booking_id, coach_id, client_id, amount_cents, currency, payment_method, status, due_at,
           created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, 'cash', 'pending', $6, $7, $7)
         ON CONFLICT (booking_id) WHERE booking_id IS NOT NULL AND status <> 'cancelled' DO NOTHING`,
};
const MOVE_TO_BOOKING: Statement = {
  name: 'payment_move_to_booking',
  text: `UPDATE payments SET booking_id = $2, updated_at = $3 WHERE booking_id = $1 AND status <> 'cancelled'`,
};
const CANCEL = `UPDATE payments SET status = 'cancelled', updated_at = $2 WHERE status IN ('pending', 'late')`;
const CANCEL_OF_BOOKING: Statement = { name: 'payment_cancel_of_booking', text: `${CANCEL} AND booking_id = $1` };
const CANCEL_OF_PACKAGE: Statement = { name: 'payment_cancel_of_package', text: `${CANCEL} AND package_id = $1` };
const HAS_DEALINGS: Statement = {
  name: 'payment_has_dealings',
  text: `SELECT EXISTS (SELECT FROM packages WHERE coach_id = $1 AND client_id = $2)
           OR EXISTS (SELECT FROM payments WHERE coach_id = $1 AND client_id = $2) AS has`,
};
const DUE_OF_PAIR: Statement = {
  name: 'payment_due_of_pair',
  text: `SELECT count(*)::int AS count FROM payments
         WHERE coach_id = $1 AND client_id = $2 AND booking_id IS NOT NULL AND status IN ('pending', 'late')`,
};
const PAID_BETWEEN: Statement = {
  name: 'payment_paid_between',
  text: `SELECT coalesce(sum(amount_cents), 0)::float8 AS cents FROM payments
         WHERE coach_id = $1 AND status = 'paid' AND paid_at >= $2 AND paid_at < $3 AND currency = $4`,
};
const OVERDUE: Statement = {
  name: 'payment_overdue',
  text: `SELECT id FROM payments WHERE status = 'pending' AND due_at < $1 ORDER BY due_at, id LIMIT $2`,
};
const FIRST_DUE: Statement = {
  name: 'payment_first_due',
  text: `SELECT min(due_at) AS at FROM payments WHERE status = 'pending'`,
};
const MARK_LATE: Statement = {
  name: 'payment_mark_late',
  text: `UPDATE payments AS y SET status = 'late', updated_at = $2
         WHERE y.id = $1 AND y.status = 'pending' AND y.due_at < $2 RETURNING ${COLUMNS}`,
};
const EXPORT: Statement = {
  name: 'payment_export',
  text: `SELECT ${COLUMNS}, ${DAY} AS day, p.name AS "packageName", p.sessions_total AS "packageSessions",
           client.first_name || ' ' || client.last_name AS "clientName"
         FROM payments y JOIN users client ON client.id = y.client_id LEFT JOIN packages p ON p.id = y.package_id
         WHERE y.coach_id = $1 AND ($2::uuid IS NULL OR y.client_id = $2)
           AND ($3::timestamptz IS NULL OR ${DAY} >= $3) AND ($4::timestamptz IS NULL OR ${DAY} < $4)
           AND ($5::timestamptz IS NULL OR (${DAY}, y.id) > ($5, $6::uuid))
         ORDER BY ${DAY}, y.id LIMIT $7`,
};

export type NewPayment = Omit<PaymentEntity, 'createdAt' | 'updatedAt'>;

/** What of a payment may be written anew. */
export interface PaymentChanges {
  amountCents?: number;
  status?: PaymentStatus;
  paymentMethod?: PaymentMethod;
  paidAt?: Date | null;
  dueAt?: Date | null;
  reference?: string | null;
  description?: string | null;
}

/** Whose payments: of a coach, of a client, of a pair. */
export interface PaymentFilter extends InstantRange {
  coachId?: string;
  clientId?: string;
  status?: PaymentStatus;
}

/** A line of the export. */
export interface ExportedPayment extends Payment {
  day: Date;
  packageSessions: number | null;
  clientName: string;
}

@Injectable()
export class PaymentRepository {
  constructor(private readonly database: Database) {}

  async insert(payment: NewPayment, now: Date): Promise<PaymentEntity> {
    const repository = this.database.repository(PaymentEntity);
    const row = repository.create({ ...payment, createdAt: now, updatedAt: now });
    await repository.insert(row);
    return row;
  }

  async update(payment: PaymentEntity, changes: PaymentChanges, now: Date): Promise<void> {
    await this.database.repository(PaymentEntity).update({ id: payment.id }, { ...changes, updatedAt: now });
  }

  async find(id: string): Promise<Payment | null> {
    return this.database.first<Payment>(FIND, [id]);
  }

  /** The payment, if it is one of these two, held until the end of the transaction. */
  async lockOfPair(id: string, coachId: string, clientId: string): Promise<PaymentEntity | null> {
    return this.database.first<PaymentEntity>(LOCK_OF_PAIR, [id, coachId, clientId]);
  }

  /** The one payment of a booking that is not cancelled, held. */
  async lockOfBooking(bookingId: string): Promise<PaymentEntity | null> {
    return this.database.first<PaymentEntity>(LOCK_OF_BOOKING, [bookingId]);
  }

  /** Nothing where the booking has a payment that is not cancelled. */
  async openForBooking(billed: BilledBooking, dueAt: Date): Promise<void> {
    const { bookingId, coachId, clientId, amountCents, currency, at } = billed;
    await this.database.execute(OPEN_FOR_BOOKING, [bookingId, coachId, clientId, amountCents, currency, dueAt, at]);
  }

  async moveToBooking(fromBookingId: string, toBookingId: string, at: Date): Promise<void> {
    await this.database.execute(MOVE_TO_BOOKING, [fromBookingId, toBookingId, at]);
  }

  async cancelOpenOfBooking(bookingId: string, at: Date): Promise<void> {
    await this.database.execute(CANCEL_OF_BOOKING, [bookingId, at]);
  }

  async cancelOpenOfPackage(packageId: string, at: Date): Promise<void> {
    await this.database.execute(CANCEL_OF_PACKAGE, [packageId, at]);
  }

  async hasDealings(coachId: string, clientId: string): Promise<boolean> {
    return (await this.database.value<boolean>(HAS_DEALINGS, [coachId, clientId])) ?? false;
  }

  async countDue(coachId: string, clientId: string): Promise<number> {
    return (await this.database.value<number>(DUE_OF_PAIR, [coachId, clientId])) ?? 0;
  }

  /** Cents. */
  async paidBetween(coachId: string, from: Date, to: Date, currency: string): Promise<number> {
    return (await this.database.value<number>(PAID_BETWEEN, [coachId, from, to, currency])) ?? 0;
  }

  async overdueIds(now: Date, limit: number): Promise<string[]> {
    return this.database.values<string>(OVERDUE, [now, limit]);
  }

  async firstDue(): Promise<Date | null> {
    return this.database.value<Date>(FIRST_DUE);
  }

  /** Null when it is not, or no longer, a pending one that is overdue. */
  async markLate(id: string, now: Date): Promise<PaymentEntity | null> {
    return this.database.first<PaymentEntity>(MARK_LATE, [id, now]);
  }

  /** Newest first; the range is of the day of the money. */
  async page(filter: PaymentFilter, { offset, limit }: PageQuery): Promise<Rows<Payment>> {
    const { where, shape, values } = conditions(filter);
    const list: Statement = {
      name: `payment_page_${shape}`,
      text: `${SELECT} WHERE ${where} ORDER BY y.created_at DESC, y.id
             LIMIT $${String(values.length + 1)} OFFSET $${String(values.length + 2)}`,
    };
    const count: Statement = {
      name: `payment_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM payments y WHERE ${where}`,
    };
    return this.database.page<Payment>(list, [...values, limit, offset], count, values);
  }

  /** The next lines of an export, oldest first, after the last one that was read. */
  async exported(
    { coachId, clientId, from, to }: { coachId: string; clientId?: string } & InstantRange,
    after: ExportedPayment | null,
    limit: number,
  ): Promise<ExportedPayment[]> {
    const values = [coachId, clientId ?? null, from, to, after?.day ?? null, after?.id ?? null, limit];
    return this.database.query<ExportedPayment>(EXPORT, values);
  }
}

/** The text depends only on which conditions are there, so the set of names is finite. */
function conditions(filter: PaymentFilter): { where: string; shape: string; values: unknown[] } {
  const { coachId, clientId, status, from, to } = filter;
  const given = [
    { name: 'coach', value: coachId, test: 'y.coach_id =' },
    { name: 'client', value: clientId, test: 'y.client_id =' },
    { name: 'status', value: status, test: 'y.status =' },
    { name: 'from', value: from ?? undefined, test: `${DAY} >=` },
    { name: 'to', value: to ?? undefined, test: `${DAY} <` },
  ].filter(({ value }) => value !== undefined);
  return {
    where: given.map(({ test }, at) => `${test} $${String(at + 1)}`).join(' AND '),
    shape: given.map(({ name }) => name).join('_'),
    values: given.map(({ value }) => value),
  };
}
