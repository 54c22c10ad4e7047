import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher, type CipherPlace } from 'src/common/crypto/field-cipher';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import { TimeOff } from 'src/modules/booking/entities/time-off.entity';
import type { Interval } from 'src/modules/booking/slots/slot.types';
import { LessThan, MoreThan } from 'typeorm';

const INTERVALS: Statement = {
  name: 'time_off_intervals',
  isBrief: true,
  text: `SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM time_offs
         WHERE coach_id = $1 AND ends_at > $2 AND starts_at < $3`,
};
/** Every session of a coach is in his engagements, and nothing that is over is. */
const AFFECTED: Statement = {
  name: 'time_off_affected',
  text: `SELECT booking_id AS id FROM engagements
         WHERE person_id = $1 AND role = 'coach' AND during && tstzrange($2, $3) AND booking_id IS NOT NULL
         ORDER BY lower(during), booking_id`,
};

/** What a coach decides about an absence. */
export type TimeOffTerms = Pick<TimeOff, 'startsAt' | 'endsAt' | 'reason'>;

@Injectable()
export class TimeOffRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    cipher.keeps({ table: 'time_offs', columns: ['reason'], rowId: 'id' });
  }

  /** Those that overlap `[from, to)`, where given; by start. */
  async page(coachId: string, { from, to }: InstantRange, { offset, limit }: PageQuery): Promise<Rows<TimeOff>> {
    const [rows, total] = await this.database.repository(TimeOff).findAndCount({
      where: { coachId, ...(from && { endsAt: MoreThan(from) }), ...(to && { startsAt: LessThan(to) }) },
      order: { startsAt: 'ASC', id: 'ASC' },
      skip: offset,
      take: limit,
    });
    return { rows: rows.map((row) => this.opened(row)), total };
  }

  async findOwned(coachId: string, id: string): Promise<TimeOff | null> {
    const row = await this.database.repository(TimeOff).findOneBy({ id, coachId });
    return row && this.opened(row);
  }

  async insert(coachId: string, terms: TimeOffTerms, now: Date): Promise<TimeOff> {
    const row: TimeOff = { id: randomUUID(), coachId, ...terms, createdAt: now };
    const reason = this.cipher.encryptNullable(place(row.id), row.reason);
    await this.database.repository(TimeOff).insert({ ...row, reason });
    return row;
  }

  async delete({ id }: TimeOff): Promise<void> {
    await this.database.repository(TimeOff).delete({ id });
  }

  /** Absences that overlap `[from, to)`, in any order. */
  async findIntervals(coachId: string, from: Date, to: Date): Promise<Interval[]> {
    return this.database.query<Interval>(INTERVALS, [coachId, from, to]);
  }

  /** Active bookings of the coach that overlap `[from, to)`, by start. */
  async findAffected(coachId: string, { startsAt, endsAt }: Interval): Promise<string[]> {
    return this.database.values<string>(AFFECTED, [coachId, startsAt, endsAt]);
  }

  private opened(row: TimeOff): TimeOff {
    row.reason = this.cipher.decryptNullable(place(row.id), row.reason);
    return row;
  }
}

function place(rowId: string): CipherPlace {
  return { table: 'time_offs', rowId, column: 'reason' };
}
