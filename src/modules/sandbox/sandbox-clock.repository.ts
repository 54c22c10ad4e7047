import { Injectable } from '@nestjs/common';
import { type ClockShift, NO_SHIFT } from 'src/common/clock/clock';
import { Database, type Statement } from 'src/common/transaction/database';

/** The channel on which every process hears that the clock was moved. */
export const CLOCK_CHANGED = 'clock_changed';

const FIND: Statement = {
  name: 'sandbox_clock_find',
  text: 'SELECT offset_ms::float8 AS offset, frozen_at AS "frozenAt" FROM sandbox_clock',
};
const SAVE: Statement = {
  name: 'sandbox_clock_save',
  text: `WITH saved AS (
           INSERT INTO sandbox_clock (id, offset_ms, frozen_at) VALUES (1, $1, $2)
           ON CONFLICT (id) DO UPDATE SET offset_ms = EXCLUDED.offset_ms, frozen_at = EXCLUDED.frozen_at
           RETURNING id)
         SELECT pg_notify('${CLOCK_CHANGED}', '') FROM saved`,
};

/** The shift that all processes share. */
@Injectable()
export class SandboxClockRepository {
  constructor(private readonly database: Database) {}

  async find(): Promise<ClockShift> {
    const [row] = await this.database.query<{ offset: number; frozenAt: Date | null }>(FIND);
    return row ? { offsetMs: row.offset, frozenAtMs: row.frozenAt?.getTime() ?? null } : NO_SHIFT;
  }

  /** Stores the shift and tells every process, in one. */
  async save({ offsetMs, frozenAtMs }: ClockShift): Promise<void> {
    await this.database.execute(SAVE, [offsetMs, frozenAtMs === null ? null : new Date(frozenAtMs)]);
  }
}
