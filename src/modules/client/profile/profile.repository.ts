import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { ClientProfile } from 'src/modules/client/entities/client-profile.entity';
import { ClientProfileExists } from './profile.errors';
import type { ClientSettings } from './profile.rules';

const ENSURE: Statement = {
  name: 'client_profile_ensure',
  text: `INSERT INTO client_profiles (user_id, weight_unit, created_at, updated_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT DO NOTHING`,
};

@Injectable()
export class ClientProfileRepository {
  constructor(private readonly database: Database) {}

  async findByUserId(userId: string): Promise<ClientProfile | null> {
    return this.database.repository(ClientProfile).findOneBy({ userId });
  }

  /** The profile, held until the end of the transaction: writes of one person follow one another. */
  async lockByUserId(userId: string): Promise<ClientProfile | null> {
    return this.database.repository(ClientProfile).findOne({ where: { userId }, lock: { mode: 'for_no_key_update' } });
  }

  /** @throws ClientProfileExists */
  async insert(userId: string, settings: ClientSettings, now: Date): Promise<void> {
    try {
      await this.database.repository(ClientProfile).insert({ userId, ...settings, createdAt: now, updatedAt: now });
    } catch (error) {
      if (violates(error, 'client_profiles_pkey')) throw new ClientProfileExists({ cause: error });
      throw error;
    }
  }

  /** An empty profile for who has none. */
  async ensure(userId: string, { weightUnit }: Pick<ClientSettings, 'weightUnit'>, now: Date): Promise<void> {
    await this.database.execute(ENSURE, [userId, weightUnit, now]);
  }

  /** Changes what is not undefined. */
  async update(userId: string, changes: Partial<ClientSettings>, now: Date): Promise<void> {
    await this.database.repository(ClientProfile).update({ userId }, { ...changes, updatedAt: now });
  }
}
