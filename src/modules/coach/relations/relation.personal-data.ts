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

const COLUMNS = [
  ...['id', 'coach_id', 'client_id', 'status', 'status_reason', 'allow_unit_booking', 'share_performances'],
  ...['first_done_at', 'created_at', 'updated_at'],
] as const;

// Why the coach moved it there is his own note.
const RELATIONS = personalRows(
  'relations',
  `SELECT r.created_at AS row_at, r.id::text AS row_key, ${nameOf('r.coach_id')} AS coach_name,
     ${nameOf('r.client_id')} AS client_name, r.id, r.coach_id, r.client_id, r.status,
     CASE WHEN r.coach_id = $1 THEN r.status_reason END AS status_reason, r.allow_unit_booking, r.share_performances,
     r.first_done_at, r.created_at, r.updated_at
   FROM relations AS r WHERE r.coach_id = $1 OR r.client_id = $1`,
);
const ERASE: Statement = {
  name: 'relation_erase',
  text: `UPDATE relations SET status = 'ended', status_reason = NULL, allow_unit_booking = false,
           share_performances = false
         WHERE id IN (SELECT id FROM relations WHERE (coach_id = $1 OR client_id = $1)
                        AND (status <> 'ended' OR status_reason IS NOT NULL OR allow_unit_booking OR share_performances)
                      LIMIT $2)`,
};

/** Who trains whom. It ends when one of the two is erased. */
@Injectable()
export class RelationPersonalData extends PersonalDataPart {
  readonly name = 'coach.relations';

  readonly tables: readonly PersonalTable[] = [{ table: 'relations', exported: COLUMNS, withheld: {} }];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'relations',
      isSingle: false,
      fields: ['coach_name', 'client_name', ...COLUMNS],
      rows: (person) =>
        this.rows.read(person, {
          statement: RELATIONS,
          sealed: { status_reason: ({ id }) => ({ table: 'relations', rowId: String(id), column: 'status_reason' }) },
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
