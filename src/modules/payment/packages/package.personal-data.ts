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

const PACKAGE_FIELDS = [
  ...['id', 'client_id', 'coach_id', 'client_name', 'coach_name', 'pricing_id', 'name', 'sessions_total'],
  ...['sessions_remaining', 'sessions_bookable', 'sessions_used', 'price_cents', 'currency', 'status', 'valid_until'],
  ...['alert_sent', 'created_at', 'updated_at'],
] as const;
const MOVEMENT_FIELDS = [
  ...['package_id', 'seq', 'coach_id', 'client_id', 'at', 'kind', 'bookable_change', 'remaining_change'],
  ...['bookable_after', 'remaining_after', 'booking_id', 'reason'],
] as const;

const PACKAGES = personalRows(
  'packages',
  `SELECT p.created_at AS row_at, p.id::text AS row_key, p.id, p.client_id, p.coach_id,
     ${nameOf('p.client_id')} AS client_name, ${nameOf('p.coach_id')} AS coach_name, p.pricing_id, p.name,
     p.sessions_total, p.remaining AS sessions_remaining, p.balance AS sessions_bookable, p.used AS sessions_used,
     p.price_cents, p.currency, p.status, p.valid_until::text AS valid_until, p.alert_sent, p.created_at, p.updated_at
   FROM packages AS p WHERE p.client_id = $1 OR p.coach_id = $1`,
);
// By the packages of the person, which have an index.
const MOVEMENTS = personalRows(
  'package_movements',
  `SELECT p.created_at AS row_at, m.package_id::text || lpad(m.seq::text, 10, '0') AS row_key, m.package_id, m.seq,
     m.coach_id, m.client_id, m.at, m.kind, m.delta AS bookable_change, m.remaining_delta AS remaining_change,
     m.balance_after AS bookable_after, m.remaining_after, m.booking_id, m.reason
   FROM packages AS p JOIN package_movements AS m ON m.package_id = p.id WHERE p.client_id = $1 OR p.coach_id = $1`,
);

// What was agreed by hand may name the client; what was sold at a price has the words of the coach's offer.
const ERASE_NAMES: Statement = {
  name: 'package_erase_names',
  text: `UPDATE packages SET name = '-'
         WHERE id IN (SELECT id FROM packages WHERE (coach_id = $1 OR client_id = $1 AND pricing_id IS NULL) AND name <> '-'
                      LIMIT $2)`,
};
// Nobody can book with them any more. The ledger stays as it is.
const CANCEL: Statement = {
  name: 'package_erase_cancel',
  text: `UPDATE packages SET status = 'cancelled'
         WHERE id IN (SELECT id FROM packages WHERE coach_id = $1 AND status IN ('active', 'awaiting_payment') LIMIT $2)`,
};
const ERASE_REASONS: Statement = {
  name: 'package_erase_reasons',
  text: `UPDATE package_movements SET reason = NULL
         WHERE (package_id, seq) IN (
           SELECT m.package_id, m.seq FROM packages AS p JOIN package_movements AS m ON m.package_id = p.id
           WHERE (p.client_id = $1 OR p.coach_id = $1) AND m.reason IS NOT NULL LIMIT $2)`,
};

/** Packages and their ledger: accounting, which stays when a person is erased, without texts. */
@Injectable()
export class PackagePersonalData extends PersonalDataPart {
  readonly name = 'payment.packages';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'packages',
      exported: [
        ...['id', 'client_id', 'coach_id', 'pricing_id', 'name', 'sessions_total', 'remaining', 'balance', 'used'],
        ...['price_cents', 'currency', 'status', 'valid_until', 'alert_sent', 'created_at', 'updated_at'],
      ],
      withheld: { last_seq: 'how it is kept', warned_for: 'how it is kept: the last warning stands in the inbox' },
    },
    {
      table: 'package_movements',
      exported: [
        ...['package_id', 'seq', 'coach_id', 'client_id', 'at', 'kind', 'delta', 'remaining_delta', 'balance_after'],
        ...['remaining_after', 'booking_id', 'reason'],
      ],
      withheld: { follows: 'how it is kept' },
    },
  ];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'packages',
      isSingle: false,
      fields: PACKAGE_FIELDS,
      rows: (person) => this.rows.read(person, { statement: PACKAGES }),
    },
    {
      name: 'package_movements',
      isSingle: false,
      fields: MOVEMENT_FIELDS,
      rows: (person) => this.rows.read(person, { statement: MOVEMENTS, sealed: { reason: reasonPlace } }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [CANCEL, ERASE_NAMES, ERASE_REASONS]);
  }
}

function reasonPlace({ package_id, seq }: PersonalRow): CipherPlace {
  return { table: 'package_movements', rowId: `${String(package_id)} ${String(seq)}`, column: 'reason' };
}
