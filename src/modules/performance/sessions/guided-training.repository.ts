import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { OWNERS_ALONE } from 'src/modules/performance/performance.policy';
import type { GuidedSet, TrainingQuestion, TrainingSpan } from './guided-training.types';
import type { SessionType } from './session.types';

const GUIDED: readonly SessionType[] = ['solo_guided', 'coached'];

const WITHIN = `s.user_id = $1 AND s.trained_at >= $2 AND ($3::timestamptz IS NULL OR s.trained_at < $3)
  AND s.session_type = ANY ($4) AND s.source <> ALL ($5)`;

const TIMES: Statement = {
  name: 'guided_times',
  text: `SELECT s.trained_at AS "trainedAt" FROM performance_sessions s WHERE ${WITHIN} ORDER BY s.trained_at, s.id`,
};
const LATEST_SETS: Statement = {
  name: 'guided_latest_sets',
  text: `SELECT wanted.key, e.sets_count AS "setsCount", e.reps, e.weight_kg::float8 AS "weightKg",
           e.duration_seconds AS "durationSeconds"
         FROM jsonb_to_recordset($7::jsonb) AS wanted (key uuid, "exerciseTypeId" uuid, days int[])
         CROSS JOIN LATERAL (
           SELECT s.id FROM performance_sessions s
           WHERE ${WITHIN}
             AND ($8::uuid IS NULL OR coalesce(s.entered_by, $8) = $8 AND coalesce(s.booking_coach_id, $8) = $8)
             AND (wanted.days IS NULL
                  OR extract(isodow FROM s.trained_at AT TIME ZONE $6)::int - 1 = ANY (wanted.days))
             AND EXISTS (SELECT FROM exercise_sets e WHERE e.session_id = s.id AND e.user_id = s.user_id
                           AND e.exercise_type_id = wanted."exerciseTypeId")
           ORDER BY s.trained_at DESC, s.created_at DESC, s.id DESC LIMIT 1) latest
         JOIN exercise_sets e ON e.session_id = latest.id AND e.exercise_type_id = wanted."exerciseTypeId"
         ORDER BY wanted.key, e.set_order, e.position`,
};

/** Sessions that followed somebody's plan. */
@Injectable()
export class GuidedTrainingRepository {
  constructor(private readonly database: Database) {}

  async times(userId: string, span: TrainingSpan): Promise<Date[]> {
    return this.database.values<Date>(TIMES, within(userId, span));
  }

  async latestSets(
    userId: string,
    { span, timezone, aims, coachId }: TrainingQuestion,
  ): Promise<(GuidedSet & { key: string })[]> {
    if (aims.length === 0) return [];
    const values = [...within(userId, span), timezone, JSON.stringify(aims), coachId];
    return this.database.query<GuidedSet & { key: string }>(LATEST_SETS, values);
  }
}

function within(userId: string, { from, to }: TrainingSpan): unknown[] {
  return [userId, from, to, GUIDED, OWNERS_ALONE];
}
