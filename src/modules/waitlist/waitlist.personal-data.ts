import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const FIELDS = [
  ...['id', 'coach_id', 'client_id', 'coach_name', 'client_name', 'slot_datetime', 'ends_at', 'position', 'status'],
  ...['notified_at', 'expires_at', 'booking_id', 'created_at', 'updated_at'],
] as const;

const ENTRIES = personalRows(
  'waitlist_entries',
  `SELECT e.created_at AS row_at, e.id::text AS row_key, e.id, e.coach_id, e.client_id,
     ${nameOf('e.coach_id')} AS coach_name, ${nameOf('e.client_id')} AS client_name, e.starts_at AS slot_datetime,
     e.ends_at, e.position, e.status, e.notified_at, e.expires_at, e.booking_id, e.created_at, e.updated_at
   FROM waitlist_entries AS e WHERE e.client_id = $1 OR e.coach_id = $1`,
);
const ERASE: Statement = {
  name: 'waitlist_erase',
  text: `DELETE FROM waitlist_entries WHERE id IN (SELECT id FROM waitlist_entries WHERE client_id = $1 LIMIT $2)`,
};

/** Who waited where. */
@Injectable()
export class WaitlistPersonalData extends PersonalDataPart {
  readonly name = 'waitlist';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'waitlist_entries',
      exported: [
        ...['id', 'coach_id', 'client_id', 'starts_at', 'ends_at', 'position', 'status', 'notified_at', 'expires_at'],
        ...['booking_id', 'created_at', 'updated_at'],
      ],
      withheld: { is_offered: 'how it is kept: whether the slot was one of the hours' },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'waitlist_entries',
      isSingle: false,
      fields: FIELDS,
      rows: (person) => this.rows.read(person, { statement: ENTRIES }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  /** The own ones. Those of clients in the queues of an erased coach are theirs, and name him no more. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }
}
