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

const COLUMNS = [
  ...['user_id', 'goal', 'level', 'frequency_per_week', 'session_duration_min', 'equipment', 'target_zones'],
  ...['injuries', 'injury_zones', 'created_at', 'updated_at'],
] as const;

const ANSWERS = personalRows(
  'questionnaire',
  `SELECT created_at AS row_at, user_id::text AS row_key, ${COLUMNS.join(', ')} FROM questionnaires WHERE user_id = $1`,
);
const ERASE: Statement = {
  name: 'questionnaire_erase',
  text: 'DELETE FROM questionnaires WHERE user_id IN (SELECT user_id FROM questionnaires WHERE user_id = $1 LIMIT $2)',
};

/** How somebody wants to train, and what must be spared. */
@Injectable()
export class QuestionnairePersonalData extends PersonalDataPart {
  readonly name = 'client.questionnaire';

  readonly tables: readonly PersonalTable[] = [{ table: 'questionnaires', exported: COLUMNS, withheld: {} }];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'questionnaire',
      isSingle: true,
      fields: COLUMNS,
      rows: (person) =>
        this.rows.read(person, {
          statement: ANSWERS,
          sealed: {
            injuries: ({ user_id }) => ({ table: 'questionnaires', rowId: String(user_id), column: 'injuries' }),
          },
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
