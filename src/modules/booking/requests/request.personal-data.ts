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

const COLUMNS = [
  ...['id', 'client_id', 'coach_id', 'status', 'client_message', 'coach_message', 'discovery_slot', 'booking_id'],
  ...['created_at', 'updated_at'],
] as const;

const REQUESTS = personalRows(
  'coaching_requests',
  `SELECT r.created_at AS row_at, r.id::text AS row_key, ${nameOf('r.client_id')} AS client_name,
     ${nameOf('r.coach_id')} AS coach_name, ${COLUMNS.map((column) => `r.${column}`).join(', ')}
   FROM coaching_requests AS r WHERE r.client_id = $1 OR r.coach_id = $1`,
);
const ERASE: Statement = {
  name: 'coaching_request_erase',
  text: `DELETE FROM coaching_requests
         WHERE id IN (SELECT id FROM coaching_requests WHERE client_id = $1 OR coach_id = $1 LIMIT $2)`,
};

/** Requests for a discovery session, with what both wrote. */
@Injectable()
export class RequestPersonalData extends PersonalDataPart {
  readonly name = 'booking.requests';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'coaching_requests',
      exported: COLUMNS,
      withheld: { relation_before: 'how it is kept: what a withdrawal brings back' },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'coaching_requests',
      isSingle: false,
      fields: ['client_name', 'coach_name', ...COLUMNS],
      rows: (person) =>
        this.rows.read(person, {
          statement: REQUESTS,
          sealed: { client_message: placeOf('client_message'), coach_message: placeOf('coach_message') },
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

function placeOf(column: string): (row: PersonalRow) => CipherPlace {
  return ({ id }) => ({ table: 'coaching_requests', rowId: String(id), column });
}
