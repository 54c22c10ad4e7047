import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PackageEntity } from 'src/modules/payment/entities/package.entity';
import type { PackageMovementEntity } from 'src/modules/payment/entities/package-movement.entity';
import type { PackageState, Step } from './credit.rules';
import type { MovementKind } from './credit.types';

export const PACKAGE_COLUMNS = `
  p.id, p.coach_id AS "coachId", p.client_id AS "clientId", p.pricing_id AS "pricingId", p.name,
  p.sessions_total AS "sessionsTotal", p.price_cents AS "priceCents", p.currency, p.status,
  p.valid_until::text AS "validUntil", p.balance, p.remaining, p.used, p.last_seq AS "lastSeq",
  p.alert_sent AS "alertSent", p.warned_for::text AS "warnedFor", p.created_at AS "createdAt",
  p.updated_at AS "updatedAt"`;

const FIND: Statement = {
  name: 'package_account',
  text: `SELECT ${PACKAGE_COLUMNS} FROM packages p WHERE p.id = $1`,
};
const LOCK: Statement = { name: 'package_lock', text: `${FIND.text} FOR UPDATE` };
const LOCK_OF_PAIR: Statement = {
  name: 'package_lock_of_pair',
  text: `SELECT ${PACKAGE_COLUMNS} FROM packages p WHERE p.id = $1 AND p.coach_id = $2 AND p.client_id = $3 FOR UPDATE`,
};
const LOCK_OF_BOOKING: Statement = {
  name: 'package_lock_of_booking',
  text: `SELECT ${PACKAGE_COLUMNS} FROM package_movements m JOIN packages p ON p.id = m.package_id
         WHERE m.booking_id = $1 AND m.kind = 'hold' FOR UPDATE OF p`,
};
/** The first one that expires; what never does comes last (rules §1.4). */
const LOCK_USABLE: Statement = {
  name: 'package_lock_usable',
  text: `SELECT ${PACKAGE_COLUMNS} FROM packages p
         WHERE p.coach_id = $1 AND p.client_id = $2 AND p.status = 'active' AND p.balance >= 1
           AND (p.valid_until IS NULL OR p.valid_until >= $3::date)
         ORDER BY p.valid_until NULLS LAST, p.created_at, p.id LIMIT 1 FOR UPDATE`,
};
/** The package and its first movement, in one statement: the database lets neither be without the other. */
const OPEN: Statement = {
  name: 'package_open',
  text: `WITH opened AS (
           INSERT INTO packages (id, coach_id, client_id, pricing_id, name, sessions_total, price_cents, currency,
             status, valid_until, balance, remaining, last_seq, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6::int, $7, $8, $9, $10, $6::int, $6::int, 1, $11, $11))
         INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta,
           balance_after, remaining_after)
         VALUES ($1, 1, $2, $3, $11, 'purchase', $6::int, $6::int, $6::int, $6::int)`,
};
const STATE = `status = $2, valid_until = $3, used = $4, alert_sent = $5, updated_at = $6`;
const POST: Statement = {
  name: 'package_post',
  text: `WITH moved AS (
           UPDATE packages SET ${STATE}, balance = $7, remaining = $8, last_seq = $9 WHERE id = $1)
         INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta,
           balance_after, remaining_after, booking_id, follows, reason)
         VALUES ($1, $9, $10, $11, $6, $12, $13, $14, $7, $8, $15, $16, $17)`,
};
const CHANGE: Statement = { name: 'package_change', text: `UPDATE packages SET ${STATE} WHERE id = $1` };
const MOVEMENTS: Statement = {
  name: 'package_movements_page',
  text: `SELECT package_id AS "packageId", seq, coach_id AS "coachId", client_id AS "clientId", at, kind, delta,
           remaining_delta AS "remainingDelta", balance_after AS "balanceAfter",
           remaining_after AS "remainingAfter", booking_id AS "bookingId", follows, reason
         FROM package_movements WHERE package_id = $1 ORDER BY seq DESC LIMIT $2 OFFSET $3`,
};
/** What a movement is about, besides its numbers. */
export interface MovementNote {
  bookingId?: string;
  reason?: string;
}

/** What a package is sold at. */
export interface NewPackage {
  id: string;
  coachId: string;
  clientId: string;
  pricingId: string | null;
  name: string;
  sessions: number;
  priceCents: number;
  currency: string;
  status: 'active' | 'awaiting_payment';
  validUntil: string | null;
}

const FOLLOWS: Readonly<Partial<Record<MovementKind, MovementKind>>> = {
  release: 'hold',
  consume: 'hold',
  restore: 'consume',
};

/** Packages and their ledger. Each movement and the counters that follow from it are one statement. */
@Injectable()
export class CreditRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'package_movements', columns: ['reason'], rowId: "package_id || ' ' || seq" });
  }

  async find(id: string): Promise<PackageEntity | null> {
    return this.database.first<PackageEntity>(FIND, [id]);
  }

  /** The package, held until the end of the transaction. */
  async lock(id: string): Promise<PackageEntity | null> {
    return this.database.first<PackageEntity>(LOCK, [id]);
  }

  /** The same, if it belongs to these two. */
  async lockOfPair(id: string, coachId: string, clientId: string): Promise<PackageEntity | null> {
    return this.database.first<PackageEntity>(LOCK_OF_PAIR, [id, coachId, clientId]);
  }

  /** The package that a booking took its credit from, held; null when none did. */
  async lockOfBooking(bookingId: string): Promise<PackageEntity | null> {
    return this.database.first<PackageEntity>(LOCK_OF_BOOKING, [bookingId]);
  }

  /** The package that pays for a session on this local date, held; null when none can. */
  async lockUsable(coachId: string, clientId: string, on: string): Promise<PackageEntity | null> {
    return this.database.first<PackageEntity>(LOCK_USABLE, [coachId, clientId, on]);
  }

  async open(sold: NewPackage, now: Date): Promise<void> {
    const { id, coachId, clientId, pricingId, name, sessions, priceCents, currency, status, validUntil } = sold;
    const values = [id, coachId, clientId, pricingId, name, sessions, priceCents, currency, status, validUntil, now];
    await this.database.execute(OPEN, values);
  }

  /** Writes the movements of a package that is held, in order, and carries the row along. */
  async post(pack: PackageEntity, steps: readonly Step[], at: Date, note: MovementNote = {}): Promise<void> {
    for (const { kind, delta, remainingDelta, after } of steps) {
      Object.assign(pack, after, { lastSeq: pack.lastSeq + 1, updatedAt: at });
      const follows = FOLLOWS[kind] ?? null;
      const isOfBooking = kind === 'hold' || follows !== null;
      await this.database.execute(POST, [
        ...stateOf(pack),
        at,
        pack.balance,
        pack.remaining,
        pack.lastSeq,
        pack.coachId,
        pack.clientId,
        kind,
        delta,
        remainingDelta,
        isOfBooking ? (note.bookingId ?? null) : null,
        follows,
        this.cipher.encryptNullable(place(pack.id, pack.lastSeq), note.reason),
      ]);
    }
  }

  /** What changes of a held package beside its counters. */
  async change(pack: PackageEntity, state: PackageState, at: Date): Promise<void> {
    const { status, validUntil, alertSent } = state;
    if (pack.status === status && pack.validUntil === validUntil && pack.alertSent === alertSent) return;
    Object.assign(pack, { status, validUntil, alertSent, updatedAt: at });
    await this.database.execute(CHANGE, [...stateOf(pack), at]);
  }

  /** Latest first. The number of the last movement is how many there are. */
  async movements(pack: PackageEntity, { offset, limit }: PageQuery): Promise<Rows<PackageMovementEntity>> {
    const rows = await this.database.query<PackageMovementEntity>(MOVEMENTS, [pack.id, limit, offset]);
    for (const row of rows) row.reason = this.cipher.decryptNullable(place(row.packageId, row.seq), row.reason);
    return { rows, total: pack.lastSeq };
  }
}

function stateOf({ id, status, validUntil, used, alertSent }: PackageEntity): unknown[] {
  return [id, status, validUntil, used, alertSent];
}

/** A movement has no id of its own: it is a number within its package. */
function place(packageId: string, seq: number): CipherPlace {
  return { table: 'package_movements', rowId: `${packageId} ${String(seq)}`, column: 'reason' };
}
