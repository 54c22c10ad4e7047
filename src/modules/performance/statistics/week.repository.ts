import { Injectable } from '@nestjs/common';
import type { Period } from 'src/common/clock/local-days';
import { Database, type Statement } from 'src/common/transaction/database';
import { COUNTS } from 'src/modules/performance/performance.policy';
import type { SetTally, WeekTally, WeekVolume } from './statistics.types';

const IN_WEEK = 's.trained_at >= $2 AND s.trained_at < $3';

/** Week and month may reach beyond each other, so the rows read are those of both. */
const TALLY: Statement = {
  name: 'week_tally',
  text: `SELECT count(*) FILTER (WHERE ${IN_WEEK})::int AS "sessionsCount",
           coalesce(sum(s.duration_min) FILTER (WHERE ${IN_WEEK}), 0)::int AS "durationMin",
           round(avg(s.feeling) FILTER (WHERE ${IN_WEEK}), 2)::float8 AS "averageFeeling",
           coalesce(sum(s.total_volume_kg) FILTER (WHERE ${IN_WEEK}), 0)::float8 AS "volumeKg",
           coalesce(sum(s.total_volume_kg) FILTER (WHERE s.trained_at >= $4 AND s.trained_at < $5), 0)::float8
             AS "monthVolumeKg"
         FROM performance_sessions s
         WHERE s.user_id = $1 AND s.trained_at >= least($2::timestamptz, $4::timestamptz)
           AND s.trained_at < greatest($3::timestamptz, $5::timestamptz) AND ${COUNTS}`,
};
const SETS: Statement = {
  name: 'week_sets',
  text: `WITH trained AS (
           SELECT e.exercise_type_id, sum(e.sets_count)::int AS sets
           FROM performance_sessions s JOIN exercise_sets e ON e.session_id = s.id
           WHERE s.user_id = $1 AND ${IN_WEEK} AND ${COUNTS} GROUP BY e.exercise_type_id),
         worked AS (
           SELECT muscle_group AS muscle, sum(sets)::int AS sets
           FROM trained JOIN exercise_muscles USING (exercise_type_id) WHERE role = 'primary' GROUP BY muscle_group)
         SELECT (SELECT coalesce(sum(sets), 0)::int FROM trained) AS "setsCount",
           (SELECT coalesce(jsonb_agg(worked ORDER BY sets DESC, muscle), '[]') FROM worked) AS muscles`,
};
/** The bucket of a session is the place of the last Monday before it. */
const SERIES: Statement = {
  name: 'week_series',
  text: `SELECT width_bucket(s.trained_at, $2::timestamptz[]) AS place, count(*)::int AS "sessionsCount",
           sum(s.total_volume_kg)::float8 AS "volumeKg"
         FROM performance_sessions s
         WHERE s.user_id = $1 AND s.trained_at >= $3 AND s.trained_at < $4 AND ${COUNTS} GROUP BY place`,
};
/**
 * Back from now as far as no day can be without a session for certain: two that follow each other are more
 * than three days apart there. Which days it were, the calendar of the zone says.
 */
const RECENT: Statement = {
  name: 'week_recent',
  text: `SELECT trained_at AS at FROM (
           SELECT trained_at, bool_or(gap > interval '72 hours') OVER (ORDER BY trained_at DESC) AS is_cut_off FROM (
             SELECT s.trained_at, lag(s.trained_at, 1, $2) OVER (ORDER BY s.trained_at DESC) - s.trained_at AS gap
             FROM performance_sessions s WHERE s.user_id = $1 AND s.trained_at <= $2 AND ${COUNTS}) AS steps) AS walked
         WHERE NOT is_cut_off`,
};

@Injectable()
export class WeekRepository {
  constructor(private readonly database: Database) {}

  async tally(userId: string, week: Period, month: Period): Promise<WeekTally> {
    const values = [userId, week.from, week.to, month.from, month.to];
    const [row] = await this.database.query<WeekTally>(TALLY, values);
    if (!row) throw new Error('sums have a row');
    return row;
  }

  async sets(userId: string, { from, to }: Period): Promise<SetTally> {
    const [row] = await this.database.query<SetTally>(SETS, [userId, from, to]);
    if (!row) throw new Error('sums have a row');
    return row;
  }

  /** One for each of these weeks, which follow one another. */
  async series(userId: string, weeks: readonly Period[]): Promise<WeekVolume[]> {
    const [first, last] = [weeks.at(0), weeks.at(-1)];
    const values = [userId, weeks.map(({ from }) => from), first?.from, last?.to];
    const rows = await this.database.query<{ place: number } & Omit<WeekVolume, keyof Period>>(SERIES, values);
    const byPlace = new Map(rows.map((row) => [row.place, row]));
    return weeks.map((week, at) => {
      const { sessionsCount = 0, volumeKg = 0 } = byPlace.get(at + 1) ?? {};
      return { ...week, sessionsCount, volumeKg };
    });
  }

  /** When the sessions up to an instant took place, at least those without a free day between them and it. */
  async recent(userId: string, until: Date): Promise<Date[]> {
    return this.database.values<Date>(RECENT, [userId, until]);
  }
}
