import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type ErasureStep,
  type ExportSection,
  PersonalDataPart,
  type PersonalTable,
} from 'src/common/personal-data/personal-data';
import { PersonalRows, type PersonalRow, personalRows } from 'src/common/personal-data/personal-rows';
import type { Statement } from 'src/common/transaction/database';

const COLUMNS = [
  ...['user_id', 'birth_date', 'weight_kg', 'height_cm', 'goal', 'level', 'weight_unit', 'country'],
  ...['target_weight_kg', 'created_at', 'updated_at'],
] as const;

// A favourite needs no profile: whoever has one of the two has this section.
const PROFILES = personalRows(
  'client_profile',
  `SELECT u.created_at AS row_at, u.id::text AS row_key, u.id AS user_id, p.birth_date::text AS birth_date,
     p.weight_kg::float8 AS weight_kg, p.height_cm, p.goal, p.level, p.weight_unit, p.country,
     p.target_weight_kg::float8 AS target_weight_kg, p.created_at, p.updated_at
   FROM users AS u LEFT JOIN client_profiles AS p ON p.user_id = u.id
   WHERE u.id = $1 AND (p.user_id IS NOT NULL OR EXISTS (SELECT FROM client_gyms WHERE client_id = $1))`,
);
const GYMS: Statement = {
  name: 'personal_client_gyms',
  text: `SELECT link.gym_id, gym.name, gym.city, link.created_at FROM client_gyms AS link
         JOIN gyms AS gym ON gym.id = link.gym_id WHERE link.client_id = $1 ORDER BY link.created_at, link.place`,
};
const ERASE: Statement = {
  name: 'client_profile_erase',
  text: 'DELETE FROM client_profiles WHERE user_id IN (SELECT user_id FROM client_profiles WHERE user_id = $1 LIMIT $2)',
};

/** What somebody who trains tells of himself. */
@Injectable()
export class ClientProfilePersonalData extends PersonalDataPart {
  readonly name = 'client.profile';

  readonly tables: readonly PersonalTable[] = [{ table: 'client_profiles', exported: COLUMNS, withheld: {} }];
  override readonly sections: readonly ExportSection[] = [
    {
      name: 'client_profile',
      isSingle: true,
      fields: [...COLUMNS, 'gyms'],
      rows: (person) =>
        this.rows.read(person, { statement: PROFILES, complete: (profiles) => this.withGyms(person, profiles) }),
    },
  ];

  constructor(private readonly rows: PersonalRows) {
    super();
  }

  async erase(person: DataSubject): Promise<ErasureStep> {
    return this.rows.erase(person, [ERASE]);
  }

  private async withGyms({ userId }: DataSubject, profiles: PersonalRow[]): Promise<PersonalRow[]> {
    const gyms = await this.rows.all(GYMS, userId);
    return profiles.map((profile) => ({ ...profile, gyms }));
  }
}
