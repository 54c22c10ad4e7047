import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { violates } from 'src/common/transaction/sql-state';
import { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import { CoachProfileExists } from './profile.errors';
import type { FilledIn, ProfileSettings } from './profile.rules';

const FILLED_IN: Statement = {
  name: 'coach_profile_filled_in',
  text: `SELECT bio IS NOT NULL AS bio,
                cardinality(specialties) > 0 AS specialties,
                EXISTS (SELECT FROM pricings WHERE coach_id = user_id) AS prices,
                EXISTS (SELECT FROM availabilities WHERE coach_id = user_id) AS hours,
                EXISTS (SELECT FROM certifications WHERE coach_id = user_id) AS certifications
         FROM coach_profiles WHERE user_id = $1`,
};

/** What the module's own tables know: gyms are another's. */
export type OwnFilledIn = Omit<FilledIn, 'gyms'>;

@Injectable()
export class CoachProfileRepository {
  constructor(private readonly database: Database) {}

  async findByUserId(userId: string): Promise<CoachProfile | null> {
    return this.database.repository(CoachProfile).findOneBy({ userId });
  }

  /**
   * The profile, locked until the end of the transaction: the first lock of every write to what a coach offers and to
   * his bookings, so that those of one coach follow one another.
   */
  async lockByUserId(userId: string): Promise<CoachProfile | null> {
    return this.database.repository(CoachProfile).findOne({ where: { userId }, lock: { mode: 'for_no_key_update' } });
  }

  async insert(userId: string, settings: ProfileSettings, now: Date): Promise<void> {
    try {
      await this.database.repository(CoachProfile).insert({ userId, ...settings, createdAt: now, updatedAt: now });
    } catch (error) {
      if (violates(error, 'coach_profiles_pkey')) throw new CoachProfileExists({ cause: error });
      throw error;
    }
  }

  async update(userId: string, changes: Partial<ProfileSettings & { verified: boolean }>, now: Date): Promise<void> {
    await this.database.repository(CoachProfile).update({ userId }, { ...changes, updatedAt: now });
  }

  /** Null when there is no profile. */
  async filledIn(userId: string): Promise<OwnFilledIn | null> {
    return this.database.first<OwnFilledIn>(FILLED_IN, [userId]);
  }
}
