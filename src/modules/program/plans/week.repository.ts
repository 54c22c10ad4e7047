import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Week } from './plan.types';

/** Both in one statement, which sees one moment: an edit may come at any time, and leaves no session half. */
const FIND: Statement = {
  name: 'week_find',
  text: `SELECT
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'planId', s.plan_id, 'dayOfWeek', s.day_of_week,
              'name', s.name, 'estimatedDurationMin', s.estimated_duration_min, 'restSeconds', s.rest_seconds,
              'orderIndex', s.order_index) ORDER BY s.order_index), '[]')
            FROM planned_sessions s WHERE s.plan_id = $1) AS sessions,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'planId', e.plan_id, 'sessionId', e.session_id,
              'exerciseTypeId', e.exercise_type_id, 'targetSets', e.target_sets, 'targetReps', e.target_reps,
              'targetWeightKg', e.target_weight_kg, 'orderIndex', e.order_index)
              ORDER BY s.order_index, e.order_index, e.id), '[]')
            FROM planned_exercises e JOIN planned_sessions s ON s.id = e.session_id AND s.plan_id = e.plan_id
            WHERE e.plan_id = $1) AS exercises`,
};
const WRITE_SESSIONS: Statement = {
  name: 'week_write_sessions',
  text: `INSERT INTO planned_sessions (id, plan_id, day_of_week, name, estimated_duration_min, rest_seconds, order_index)
         SELECT id, "planId", "dayOfWeek", name, "estimatedDurationMin", "restSeconds", "orderIndex"
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "planId" uuid, "dayOfWeek" int, name text,
           "estimatedDurationMin" int, "restSeconds" int, "orderIndex" int)
         ON CONFLICT (id) DO UPDATE SET day_of_week = excluded.day_of_week, name = excluded.name,
           estimated_duration_min = excluded.estimated_duration_min, rest_seconds = excluded.rest_seconds,
           order_index = excluded.order_index`,
};
/** Which exercise it is stays: another one is another row. */
const WRITE_EXERCISES: Statement = {
  name: 'week_write_exercises',
  text: `INSERT INTO planned_exercises AS former (id, plan_id, session_id, exercise_type_id, target_sets, target_reps,
           target_weight_kg, order_index, target_changed_at, weight_changed_at)
         SELECT id, "planId", "sessionId", "exerciseTypeId", "targetSets", "targetReps", "targetWeightKg", "orderIndex",
           $2::timestamptz, $2::timestamptz
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "planId" uuid, "sessionId" uuid, "exerciseTypeId" uuid,
           "targetSets" int, "targetReps" int, "targetWeightKg" numeric, "orderIndex" int)
         ON CONFLICT (id) DO UPDATE SET session_id = excluded.session_id, target_sets = excluded.target_sets,
           target_reps = excluded.target_reps, target_weight_kg = excluded.target_weight_kg,
           order_index = excluded.order_index,
           target_changed_at = CASE
             WHEN (former.target_sets, former.target_reps, former.target_weight_kg)
               IS DISTINCT FROM (excluded.target_sets, excluded.target_reps, excluded.target_weight_kg)
             THEN excluded.target_changed_at ELSE former.target_changed_at END,
           weight_changed_at = CASE WHEN former.target_weight_kg IS DISTINCT FROM excluded.target_weight_kg
             THEN excluded.weight_changed_at ELSE former.weight_changed_at END`,
};
const REMOVE_EXERCISES: Statement = {
  name: 'week_remove_exercises',
  text: 'DELETE FROM planned_exercises WHERE plan_id = $1 AND id <> ALL ($2::uuid[])',
};
const REMOVE_SESSIONS: Statement = {
  name: 'week_remove_sessions',
  text: 'DELETE FROM planned_sessions WHERE plan_id = $1 AND id <> ALL ($2::uuid[])',
};

/** The sessions and exercises of plans. */
@Injectable()
export class WeekRepository {
  constructor(private readonly database: Database) {}

  async find(planId: string): Promise<Week> {
    const [week] = await this.database.query<Week>(FIND, [planId]);
    return week ?? { sessions: [], exercises: [] };
  }

  /** Puts it in the place of what the plan had; rows of the same id are changed. */
  async write(planId: string, { sessions, exercises }: Week, now: Date): Promise<void> {
    await this.database.execute(WRITE_SESSIONS, [JSON.stringify(sessions)]);
    await this.database.execute(WRITE_EXERCISES, [JSON.stringify(exercises), now]);
    await this.database.execute(REMOVE_EXERCISES, [planId, exercises.map(({ id }) => id)]);
    await this.database.execute(REMOVE_SESSIONS, [planId, sessions.map(({ id }) => id)]);
  }
}
