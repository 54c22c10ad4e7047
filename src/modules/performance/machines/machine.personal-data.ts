import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const ERASE_UNSEEN: Statement = {
  name: 'machine_erase_unseen',
  text: `DELETE FROM machines WHERE id IN (
           SELECT id FROM machines WHERE submitted_by = $1 AND status <> 'validated' LIMIT $2)`,
};
const ERASE_CONTRIBUTOR: Statement = {
  name: 'machine_erase_contributor',
  text: `UPDATE machines SET submitted_by = NULL WHERE id IN (
           SELECT id FROM machines WHERE submitted_by = $1 AND status = 'validated' LIMIT $2)`,
};

const MACHINE = 'describes a machine of a club';

/** Who told of which machine. */
@Injectable()
export class MachinePersonalData extends PersonalDataPart {
  readonly name = 'performance.machines';
  readonly tables: readonly PersonalTable[] = [
    {
      table: 'machines',
      exported: [],
      withheld: {
        ...{ id: MACHINE, type_key: MACHINE, brand: MACHINE, model: MACHINE, photo_url: MACHINE, status: MACHINE },
        ...{ qr_code_hash: MACHINE, reviewed_at: MACHINE, created_at: MACHINE, updated_at: MACHINE },
        ...{ rejection_reason: 'told to the contributor when it was written', submitted_by: 'the person himself' },
      },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  /** A machine that everybody sees stays, and nobody has told of it. */
  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_UNSEEN, ERASE_CONTRIBUTOR]);
  }
}
