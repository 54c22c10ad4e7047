import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const FIND: Statement = {
  name: 'sms_day_find',
  text: 'SELECT used FROM sms_days WHERE coach_id = $1 AND day = $2',
};
const OPEN: Statement = {
  name: 'sms_day_open',
  text: 'INSERT INTO sms_days (coach_id, day, used) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING',
};
/** Two who take at once stand in line at the row, and the second sees what the first has left. */
const TAKE: Statement = {
  name: 'sms_day_take',
  text: `UPDATE sms_days SET used = least($4, before.used + $3)
         FROM (SELECT coach_id, day, used FROM sms_days WHERE coach_id = $1 AND day = $2 FOR UPDATE) before
         WHERE sms_days.coach_id = before.coach_id AND sms_days.day = before.day
         RETURNING sms_days.used - before.used AS granted`,
};
const OLDEST: Statement = { name: 'sms_day_oldest', text: 'SELECT min(day)::text AS day FROM sms_days' };
const DELETE_BEFORE: Statement = { name: 'sms_day_delete', text: 'DELETE FROM sms_days WHERE day < $1' };

/** How many SMS a coach has begun, by day of UTC. */
@Injectable()
export class SmsQuotaRepository {
  constructor(private readonly database: Database) {}

  async used(coachId: string, day: string): Promise<number> {
    const [row] = await this.database.query<{ used: number }>(FIND, [coachId, day]);
    return row?.used ?? 0;
  }

  /** Takes so many of the day's, or as many as are left of `limit`, and answers how many those are. */
  async take(coachId: string, day: string, wanted: number, limit: number): Promise<number> {
    await this.database.execute(OPEN, [coachId, day]);
    const [row] = await this.database.query<{ granted: number }>(TAKE, [coachId, day, wanted, limit]);
    return row?.granted ?? 0;
  }

  /** `YYYY-MM-DD`. */
  async oldestDay(): Promise<string | null> {
    const [row] = await this.database.query<{ day: string | null }>(OLDEST);
    return row?.day ?? null;
  }

  async deleteBefore(day: string): Promise<number> {
    return this.database.execute(DELETE_BEFORE, [day]);
  }
}
