import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PlannedExercise } from 'src/modules/program/entities/planned-exercise.entity';
import type { PlannedSession } from 'src/modules/program/entities/planned-session.entity';
import type { Week } from './plan.types';

const SESSIONS: Statement = {
  name: 'week_sessions',
  text: `SELECT id, plan_id AS "planId", day_of_week AS "dayOfWeek", name,
           estimated_duration_min AS "estimatedDurationMin", rest_seconds AS "restSeconds", order_index AS "orderIndex"
         FROM planned_sessions WHERE plan_id = $1 ORDER BY order_index`,
};
const EXERCISES: Statement = {
  name: 'week_exercises',
  text: `SELECT e.id, e.plan_id AS "planId", e.session_id AS "sessionId", e.exercise_type_id AS "exerciseTypeId",
           e.target_sets AS "targetSets", e.target_reps AS "targetReps", e.target_weight_kg::float8 AS "targetWeightKg",
           e.order_index AS "orderIndex"
         FROM planned_exercises e JOIN planned_sessions s ON s.id = e.session_id AND s.plan_id = e.plan_id
         WHERE e.plan_id = $1 ORDER BY s.order_index, e.order_index, e.id`,
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
  text: `INSERT INTO planned_exercises (id, plan_id, session_id, exercise_type_id, target_sets, target_reps,
           target_weight_kg, order_index)
         SELECT id, "planId", "sessionId", "exerciseTypeId", "targetSets", "targetReps", "targetWeightKg", "orderIndex"
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "planId" uuid, "sessionId" uuid, "exerciseTypeId" uuid,
           "targetSets" int, "targetReps" int, "targetWeightKg" numeric, "orderIndex" int)
         ON CONFLICT (id) DO UPDATE SET session_id = excluded.session_id, target_sets = excluded.target_sets,
           target_reps = excluded.target_reps, target_weight_kg = excluded.target_weight_kg,
           order_index = excluded.order_index`,
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
    return {
      sessions: await this.database.query<PlannedSession>(SESSIONS, [planId]),
      exercises: await this.database.query<PlannedExercise>(EXERCISES, [planId]),
    };
  }

  /** Puts it in the place of what the plan had; rows of the same id are changed. */
  async write(planId: string, { sessions, exercises }: Week): Promise<void> {
    await this.database.execute(WRITE_SESSIONS, [JSON.stringify(sessions)]);
    await this.database.execute(WRITE_EXERCISES, [JSON.stringify(exercises)]);
    await this.database.execute(REMOVE_EXERCISES, [planId, exercises.map(({ id }) => id)]);
    await this.database.execute(REMOVE_SESSIONS, [planId, sessions.map(({ id }) => id)]);
  }
}
