import { Injectable } from '@nestjs/common';
import { type CipherPlace, FieldCipher } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { BookingStep } from './booking.types';

const APPEND: Statement = {
  name: 'booking_history_append',
  text: `INSERT INTO booking_transitions (booking_id, at, from_status, to_status, actor_role, actor_id, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
};
const PAGE: Statement = {
  name: 'booking_history_page',
  text: `SELECT at, from_status AS "from", to_status AS "to", actor_role AS "actorRole", actor_id AS "actorId", reason
         FROM booking_transitions WHERE booking_id = $1 ORDER BY id LIMIT $2 OFFSET $3`,
};
const COUNT: Statement = {
  name: 'booking_history_count',
  text: 'SELECT count(*)::int AS total FROM booking_transitions WHERE booking_id = $1',
};

/** The steps of each booking, append-only: what answers "why". */
@Injectable()
export class BookingHistoryRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'booking_transitions', columns: ['reason'], rowId: 'booking_id' });
  }

  async append(bookingId: string, step: BookingStep): Promise<void> {
    const reason = this.cipher.encryptNullable(place(bookingId), step.reason);
    const values = [bookingId, step.at, step.from, step.to, step.actorRole, step.actorId, reason];
    await this.database.execute(APPEND, values);
  }

  async page(bookingId: string, { offset, limit }: PageQuery): Promise<Rows<BookingStep>> {
    const { rows, total } = await this.database.page<BookingStep>(PAGE, [bookingId, limit, offset], COUNT, [bookingId]);
    const opened = rows.map((row) => ({ ...row, reason: this.cipher.decryptNullable(place(bookingId), row.reason) }));
    return { rows: opened, total };
  }
}

/** The identity of a step is known only after its insert, so its texts are bound to the booking. */
function place(bookingId: string): CipherPlace {
  return { table: 'booking_transitions', rowId: bookingId, column: 'reason' };
}
