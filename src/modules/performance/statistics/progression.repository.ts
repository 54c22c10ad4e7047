import { Injectable } from '@nestjs/common';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import { COUNTS } from 'src/modules/performance/performance.policy';
import type { SessionSource } from 'src/modules/performance/sessions/session.types';
import { MOST_REPS_TOLD } from './one-rep-max.rules';
import type { BestLift, ProgressionPoint } from './statistics.types';

/** Both say whose they are: so neither reads beyond its owner. */
const SETS = `
  FROM exercise_sets e JOIN performance_sessions s ON s.id = e.session_id
  WHERE e.user_id = $1 AND s.user_id = $1 AND e.exercise_type_id = $2 AND s.source <> ALL ($3) AND ${COUNTS}
    AND ($4::timestamptz IS NULL OR s.trained_at >= $4) AND ($5::timestamptz IS NULL OR s.trained_at < $5)`;

const POINTS: Statement = {
  name: 'progression_points',
  text: `SELECT s.id AS "sessionId", s.trained_at AS at, max(e.weight_kg)::float8 AS "maxWeightKg",
           sum(e.sets_count * e.reps::numeric * e.weight_kg)::float8 AS "totalVolumeKg",
           sum(e.sets_count)::int AS "setsCount", bool_or(e.is_pr) AS "isRecord"
         ${SETS}
         GROUP BY s.id ORDER BY s.trained_at DESC, s.created_at DESC, s.id DESC LIMIT $6`,
};
/** Lifted twice, it counts from the first time. */
const BEST: Statement = {
  name: 'progression_best',
  text: `SELECT DISTINCT ON (e.reps) e.reps, e.weight_kg::float8 AS "weightKg", s.trained_at AS at,
           s.id AS "sessionId"
         ${SETS} AND e.reps BETWEEN 1 AND $6 AND e.weight_kg > 0
         ORDER BY e.reps, e.weight_kg DESC, s.trained_at, s.created_at, s.id`,
};

/** Which sets of an exercise are looked at. */
export interface ProgressionFilter extends InstantRange {
  userId: string;
  exerciseTypeId: string;
  /** Sources that the reader does not see. */
  hidden: readonly SessionSource[];
}

@Injectable()
export class ProgressionRepository {
  constructor(private readonly database: Database) {}

  /** One for each session, the last `most` of them, oldest first. */
  async points(filter: ProgressionFilter, most: number): Promise<ProgressionPoint[]> {
    const points = await this.database.query<ProgressionPoint>(POINTS, [...valuesOf(filter), most]);
    return points.reverse();
  }

  /** The heaviest set for each number of repetitions, fewest first. */
  async bestByReps(filter: ProgressionFilter): Promise<BestLift[]> {
    return this.database.query<BestLift>(BEST, [...valuesOf(filter), MOST_REPS_TOLD]);
  }
}

function valuesOf({ userId, exerciseTypeId, hidden, from, to }: ProgressionFilter): unknown[] {
  return [userId, exerciseTypeId, hidden, from, to];
}
