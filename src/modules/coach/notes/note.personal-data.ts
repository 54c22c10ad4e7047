import { Injectable } from '@nestjs/common';
import type { CipherPlace } from 'src/common/crypto/field-cipher';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { nameOf, type PersonalRow, PersonalRows, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const COLUMNS = ['client_id', 'content', 'updated_at'] as const;

const NOTES = personalRows(
  'coach_client_notes',
  `SELECT n.updated_at AS row_at, n.client_id::text AS row_key, n.coach_id, n.client_id,
     ${nameOf('n.client_id')} AS client_name, n.content, n.updated_at
   FROM coach_notes AS n WHERE n.coach_id = $1`,
);
const ERASE: Statement = {
  name: 'coach_note_erase',
  text: `DELETE FROM coach_notes
         WHERE (coach_id, client_id) IN (SELECT coach_id, client_id FROM coach_notes
                                         WHERE coach_id = $1 OR client_id = $1 LIMIT $2)`,
};

/** What a coach notes about clients: handed out to him alone, and gone when either of the two is erased. */
@Injectable()
export class NotePersonalData extends PersonalDataPart {
  readonly name = 'coach.notes';

  readonly tables: readonly PersonalTable[] = [
    { table: 'coach_notes', exported: COLUMNS, withheld: { coach_id: 'the person himself' } },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'coach_client_notes',
      isSingle: false,
      fields: ['client_name', ...COLUMNS],
      rows: (person) => this.rows.read(person, { statement: NOTES, sealed: { content: placeOf } }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }
}

function placeOf({ coach_id, client_id }: PersonalRow): CipherPlace {
  return { table: 'coach_notes', rowId: `${String(coach_id)}/${String(client_id)}`, column: 'content' };
}
