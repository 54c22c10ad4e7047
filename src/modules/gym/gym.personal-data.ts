import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const ERASE_FAVORITES: Statement = {
  name: 'client_gyms_erase',
  text: `DELETE FROM client_gyms
         WHERE (client_id, gym_id) IN (SELECT client_id, gym_id FROM client_gyms WHERE client_id = $1 LIMIT $2)`,
};
const ERASE_WORK: Statement = {
  name: 'coach_gyms_erase',
  text: `DELETE FROM coach_gyms
         WHERE (coach_id, gym_id) IN (SELECT coach_id, gym_id FROM coach_gyms WHERE coach_id = $1 LIMIT $2)`,
};

/** Who likes which clubs and who works there. The profiles of coach and client hand them out. */
@Injectable()
export class GymPersonalData extends PersonalDataPart {
  readonly name = 'gym';

  readonly tables: readonly PersonalTable[] = [
    {
      table: 'client_gyms',
      exported: ['gym_id', 'created_at'],
      withheld: { client_id: 'the person himself', place: 'how it is kept' },
    },
    {
      table: 'coach_gyms',
      exported: ['gym_id', 'created_at'],
      withheld: { coach_id: 'the person himself', place: 'how it is kept' },
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE_FAVORITES, ERASE_WORK]);
  }
}
