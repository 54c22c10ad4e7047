import { Injectable } from '@nestjs/common';
import type { Period } from 'src/common/clock/local-days';
import { Database, type Statement } from 'src/common/transaction/database';

/** Week and month may reach beyond each other, so the rows read are those of both. */
const TALLY: Statement = {
  name: 'dashboard_tally',
  text: `SELECT
           count(*) FILTER (WHERE status = 'done' AND scheduled_at >= $2 AND scheduled_at < $3)::int AS "weekDone",
           count(*) FILTER (WHERE status = 'confirmed' AND scheduled_at >= $2 AND scheduled_at < $3)::int
             AS "weekPlanned",
           coalesce(sum(duration_min) FILTER (WHERE status = 'done' AND scheduled_at >= $4 AND scheduled_at < $5), 0)::int
             AS "monthMinutes"
         FROM bookings
         WHERE coach_id = $1 AND scheduled_at >= least($2::timestamptz, $4::timestamptz)
           AND scheduled_at < greatest($3::timestamptz, $5::timestamptz)`,
};

/** The sessions of a coach, counted by their start. */
export interface SessionTally {
  weekDone: number;
  /** Confirmed and not judged yet. */
  weekPlanned: number;
  /** Minutes of the done sessions. */
  monthMinutes: number;
}

@Injectable()
export class DashboardRepository {
  constructor(private readonly database: Database) {}

  async tally(coachId: string, week: Period, month: Period): Promise<SessionTally> {
    const values = [coachId, week.from, week.to, month.from, month.to];
    const [row] = await this.database.query<SessionTally>(TALLY, values);
    return row ?? { weekDone: 0, weekPlanned: 0, monthMinutes: 0 };
  }
}
