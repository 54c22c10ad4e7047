import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const FIND: Statement = {
  name: 'health_sharing_find',
  text: 'SELECT parameter_id AS "parameterId" FROM health_sharings WHERE user_id = $1 AND coach_id = $2',
};
const OF_PERSON: Statement = {
  name: 'health_sharing_of_person',
  text: `SELECT s.parameter_id AS "parameterId", u.first_name || ' ' || u.last_name AS "coachName"
         FROM health_sharings s JOIN users u ON u.id = s.coach_id WHERE s.user_id = $1 ORDER BY 2, s.coach_id`,
};
/** In the order of the ids: two that share the same wait for one another in one direction only. */
const SHARE: Statement = {
  name: 'health_sharing_share',
  text: `INSERT INTO health_sharings (user_id, coach_id, parameter_id, shared_at)
         SELECT $1, $2, id, $4 FROM unnest($3::uuid[]) AS given (id) ORDER BY id ON CONFLICT DO NOTHING`,
};
const TAKE_BACK: Statement = {
  name: 'health_sharing_take_back',
  text: 'DELETE FROM health_sharings WHERE user_id = $1 AND coach_id = $2 AND parameter_id = ANY ($3::uuid[])',
};
const REMOVE_ALL: Statement = {
  name: 'health_sharing_remove_all',
  text: 'DELETE FROM health_sharings WHERE user_id = $1 OR coach_id = $1',
};

/** One parameter that somebody shares with one coach. */
export interface SharedParameter {
  parameterId: string;
  coachName: string;
}

@Injectable()
export class SharingRepository {
  constructor(private readonly database: Database) {}

  /** Ids of the parameters that a person shares with a coach. */
  async find(userId: string, coachId: string): Promise<Set<string>> {
    return new Set(await this.database.values<string>(FIND, [userId, coachId]));
  }

  /** With any coach, by the coach's name. */
  async findOfPerson(userId: string): Promise<SharedParameter[]> {
    return this.database.query<SharedParameter>(OF_PERSON, [userId]);
  }

  async share(userId: string, coachId: string, parameterIds: readonly string[], now: Date): Promise<void> {
    if (parameterIds.length > 0) await this.database.execute(SHARE, [userId, coachId, parameterIds, now]);
  }

  async takeBack(userId: string, coachId: string, parameterIds: readonly string[]): Promise<void> {
    if (parameterIds.length > 0) await this.database.execute(TAKE_BACK, [userId, coachId, parameterIds]);
  }

  /** By that person, and with him. */
  async removeAll(userId: string): Promise<void> {
    await this.database.execute(REMOVE_ALL, [userId]);
  }
}
