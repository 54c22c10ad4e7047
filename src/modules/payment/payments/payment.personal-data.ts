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
  ...['id', 'coach_id', 'client_id', 'package_id', 'booking_id', 'amount_cents', 'currency', 'payment_method'],
  ...['reference', 'description', 'status', 'paid_at', 'due_at', 'created_at', 'updated_at'],
] as const;

const PAYMENTS = personalRows(
  'payments',
  `SELECT p.created_at AS row_at, p.id::text AS row_key, ${nameOf('p.client_id')} AS client_name,
     ${nameOf('p.coach_id')} AS coach_name, ${COLUMNS.map((column) => `p.${column}`).join(', ')}
   FROM payments AS p WHERE p.client_id = $1 OR p.coach_id = $1`,
);
const ERASE: Statement = {
  name: 'payment_erase_texts',
  text: `UPDATE payments SET reference = NULL, description = NULL
         WHERE id IN (SELECT id FROM payments WHERE (client_id = $1 OR coach_id = $1)
                        AND num_nonnulls(reference, description) > 0 LIMIT $2)`,
};

/** Money that was recorded: accounting, which stays when a person is erased, without texts. */
@Injectable()
export class PaymentPersonalData extends PersonalDataPart {
  readonly name = 'payment.payments';

  readonly tables: readonly PersonalTable[] = [{ table: 'payments', exported: COLUMNS, withheld: {} }];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'payments',
      isSingle: false,
      fields: ['client_name', 'coach_name', ...COLUMNS],
      rows: (person) => this.rows.read(person, { statement: PAYMENTS }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }
}
