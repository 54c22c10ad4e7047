import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const FIELDS = ['id', 'starts_at', 'ends_at', 'reason', 'created_at'] as const;

const TIME_OFF = personalRows(
  'time_off',
  `SELECT created_at AS row_at, id::text AS row_key, ${FIELDS.join(', ')} FROM time_offs WHERE coach_id = $1`,
);
const ERASE: Statement = {
  name: 'time_off_erase',
  text: 'DELETE FROM time_offs WHERE id IN (SELECT id FROM time_offs WHERE coach_id = $1 LIMIT $2)',
};

/** When a coach is away, and why. */
@Injectable()
export class TimeOffPersonalData extends PersonalDataPart {
  readonly name = 'booking.time-off';

  readonly tables: readonly PersonalTable[] = [
    { table: 'time_offs', exported: FIELDS, withheld: { coach_id: 'the person himself' } },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'time_off',
      isSingle: false,
      fields: FIELDS,
      rows: (person) =>
        this.rows.read(person, {
          statement: TIME_OFF,
          sealed: { reason: ({ id }) => ({ table: 'time_offs', rowId: String(id), column: 'reason' }) },
        }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }
}
