import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { ExerciseSet } from 'src/modules/performance/entities/exercise-set.entity';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';

export const SESSION_COLUMNS = `
  s.id, s.user_id AS "userId", s.entered_by AS "enteredBy", s.session_type AS "sessionType", s.booking_id AS "bookingId",
  s.booking_coach_id AS "bookingCoachId", s.gym_id AS "gymId", s.trained_at AS "trainedAt",
  s.duration_min AS "durationMin", s.feeling, s.source, s.external_id AS "externalId",
  s.strava_activity_id AS "stravaActivityId", s.source_terms AS "sourceTerms",
  s.total_volume_kg::float8 AS "totalVolumeKg", s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;
const SET_COLUMNS = `
  e.id, e.session_id AS "sessionId", e.user_id AS "userId", e.exercise_type_id AS "exerciseTypeId",
  e.machine_id AS "machineId", e.position, e.set_order AS "setOrder", e.sets_count AS "setsCount", e.reps,
  e.weight_kg::float8 AS "weightKg", e.duration_seconds AS "durationSeconds", e.notes, e.is_pr AS "isPr"`;

const FIND: Statement = {
  name: 'performance_find',
  text: `SELECT ${SESSION_COLUMNS} FROM performance_sessions s WHERE s.id = $1`,
};
const SETS: Statement = {
  name: 'performance_sets',
  text: `SELECT ${SET_COLUMNS} FROM exercise_sets e WHERE e.session_id = ANY ($1::uuid[])
         ORDER BY e.session_id, e.set_order, e.position`,
};
const INSERT: Statement = {
  name: 'performance_insert',
  text: `INSERT INTO performance_sessions (id, user_id, entered_by, session_type, booking_id, booking_coach_id, gym_id,
           trained_at, duration_min, feeling, source, external_id, source_terms, total_volume_kg, created_at, updated_at)
         SELECT id, "userId", "enteredBy", "sessionType", "bookingId", "bookingCoachId", "gymId", "trainedAt",
           "durationMin", feeling, source, "externalId", "sourceTerms", "totalVolumeKg", "createdAt", "updatedAt"
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "userId" uuid, "enteredBy" uuid, "sessionType" text,
           "bookingId" uuid, "bookingCoachId" uuid, "gymId" uuid, "trainedAt" timestamptz, "durationMin" int,
           feeling int, source text, "externalId" text, "sourceTerms" jsonb, "totalVolumeKg" numeric,
           "createdAt" timestamptz, "updatedAt" timestamptz)`,
};
const INSERT_SETS: Statement = {
  name: 'performance_insert_sets',
  text: `INSERT INTO exercise_sets (id, session_id, user_id, exercise_type_id, machine_id, position, set_order,
           sets_count, reps, weight_kg, duration_seconds, notes)
         SELECT id, "sessionId", "userId", "exerciseTypeId", "machineId", position, "setOrder", "setsCount", reps,
           "weightKg", "durationSeconds", notes
         FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, "sessionId" uuid, "userId" uuid, "exerciseTypeId" uuid,
           "machineId" uuid, position int, "setOrder" int, "setsCount" int, reps int, "weightKg" numeric,
           "durationSeconds" int, notes text)`,
};
const UPDATE: Statement = {
  name: 'performance_update',
  text: `UPDATE performance_sessions SET trained_at = $2, duration_min = $3, feeling = $4, gym_id = $5,
           total_volume_kg = $6, updated_at = $7 WHERE id = $1`,
};
const SET_ACTIVITY: Statement = {
  name: 'performance_set_activity',
  text: 'UPDATE performance_sessions SET strava_activity_id = $2 WHERE id = $1',
};
const REMOVE_SETS: Statement = {
  name: 'performance_remove_sets',
  text: 'DELETE FROM exercise_sets WHERE session_id = $1',
};
/** Its sets go with it. */
const REMOVE: Statement = { name: 'performance_remove', text: 'DELETE FROM performance_sessions WHERE id = $1' };

@Injectable()
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<PerformanceSession | null> {
    return this.database.first<PerformanceSession>(FIND, [id]);
  }

  /** Of these sessions, each one's in their order. */
  async setsOf(sessionIds: readonly string[]): Promise<ExerciseSet[]> {
    return sessionIds.length === 0 ? [] : this.database.query<ExerciseSet>(SETS, [sessionIds]);
  }

  async insert(sessions: readonly PerformanceSession[]): Promise<void> {
    await this.database.execute(INSERT, [JSON.stringify(sessions)]);
  }

  /** None of them is a record yet. */
  async insertSets(sets: readonly ExerciseSet[]): Promise<void> {
    if (sets.length > 0) await this.database.execute(INSERT_SETS, [JSON.stringify(sets)]);
  }

  async update(session: PerformanceSession): Promise<void> {
    const { id, trainedAt, durationMin, feeling, gymId, totalVolumeKg, updatedAt } = session;
    await this.database.execute(UPDATE, [id, trainedAt, durationMin, feeling, gymId, totalVolumeKg, updatedAt]);
  }

  async setActivity(sessionId: string, stravaActivityId: string | null): Promise<void> {
    await this.database.execute(SET_ACTIVITY, [sessionId, stravaActivityId]);
  }

  async removeSets(sessionId: string): Promise<void> {
    await this.database.execute(REMOVE_SETS, [sessionId]);
  }

  async remove(sessionId: string): Promise<void> {
    await this.database.execute(REMOVE, [sessionId]);
  }
}
