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
/** In the order of the numbers, as below: two who write to the same people do not wait for each other crosswise. */
const OPEN_NUMBERS: Statement = {
  name: 'sms_number_day_open',
  text: `INSERT INTO sms_number_days (phone, day, used)
         SELECT phone, $2, 0 FROM (SELECT DISTINCT unnest($1::text[]) AS phone) wanted ORDER BY phone
         ON CONFLICT DO NOTHING`,
};
const TAKE_NUMBERS: Statement = {
  name: 'sms_number_day_take',
  text: `WITH wanted AS (SELECT phone, count(*)::int AS times FROM unnest($1::text[]) AS phone GROUP BY phone),
         before AS (
           SELECT phone, day, used FROM sms_number_days WHERE phone = ANY ($1::text[]) AND day = $2
           ORDER BY phone FOR UPDATE
         )
         UPDATE sms_number_days SET used = least($3, before.used + wanted.times)
         FROM before JOIN wanted USING (phone)
         WHERE sms_number_days.phone = before.phone AND sms_number_days.day = before.day
         RETURNING before.phone, sms_number_days.used - before.used AS granted`,
};
const OLDEST: Statement = {
  name: 'sms_day_oldest',
  text: `SELECT least((SELECT min(day) FROM sms_days), (SELECT min(day) FROM sms_number_days))::text AS day`,
};
const DELETE_BEFORE: Statement = {
  name: 'sms_day_delete',
  text: `DELETE FROM sms_days WHERE (coach_id, day) IN (
           SELECT coach_id, day FROM sms_days WHERE day < $1 ORDER BY day LIMIT $2)`,
};
const DELETE_NUMBERS_BEFORE: Statement = {
  name: 'sms_number_day_delete',
  text: `DELETE FROM sms_number_days WHERE (phone, day) IN (
           SELECT phone, day FROM sms_number_days WHERE day < $1 ORDER BY day LIMIT $2)`,
};

/** How many SMS a coach has begun, and how many were written to a number, by day of UTC. */
@Injectable()
export class SmsQuotaRepository {
  constructor(private readonly database: Database) {}

  async used(coachId: string, day: string): Promise<number> {
    return (await this.database.value<number>(FIND, [coachId, day])) ?? 0;
  }

  /** Takes so many of the day's, or as many as are left of `limit`, and answers how many those are. */
  async take(coachId: string, day: string, wanted: number, limit: number): Promise<number> {
    await this.database.execute(OPEN, [coachId, day]);
    return (await this.database.value<number>(TAKE, [coachId, day, wanted, limit])) ?? 0;
  }

  /** The same for numbers (E.164), each as often as it is wanted: answers how many each of them gets. */
  async takeNumbers(phones: readonly string[], day: string, limit: number): Promise<Map<string, number>> {
    await this.database.execute(OPEN_NUMBERS, [phones, day]);
    const rows = await this.database.query<{ phone: string; granted: number }>(TAKE_NUMBERS, [phones, day, limit]);
    return new Map(rows.map(({ phone, granted }) => [phone, granted]));
  }

  /** `YYYY-MM-DD`. */
  async oldestDay(): Promise<string | null> {
    return this.database.value<string>(OLDEST);
  }

  async deleteBefore(day: string, limit: number): Promise<number> {
    return this.database.execute(DELETE_BEFORE, [day, limit]);
  }

  async deleteNumbersBefore(day: string, limit: number): Promise<number> {
    return this.database.execute(DELETE_NUMBERS_BEFORE, [day, limit]);
  }
}
