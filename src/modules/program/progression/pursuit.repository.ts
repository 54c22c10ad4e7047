import { Injectable } from '@nestjs/common';
import { grouped } from 'src/common/collections/grouped';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Equipment } from 'src/modules/client/questionnaire/questionnaire.types';
import type { ExerciseCategory } from 'src/modules/performance/exercises/exercise.types';
import type { Assignment } from 'src/modules/program/assignments/assignment.types';
import { type DoneSession, takesWeight, WINDOW } from './progression.rules';
import type { Pursuit } from './progression.types';
import { LEFT_KG, STANDS } from './target.repository';

interface PursuitRow {
  plannedExerciseId: string;
  exerciseTypeId: string;
  dayOfWeek: number;
  targetSets: number;
  targetReps: number;
  plannedKg: number | null;
  targetKg: number | null;
  countedUntil: Date;
  knownSince: Date;
  category: ExerciseCategory;
  equipment: Equipment[];
}

/** Nobody else adjusts for this assignment, and its plan is not edited, until the end of the transaction. */
const HOLD: Statement = {
  name: 'pursuit_hold',
  text: `SELECT FROM plan_assignments a JOIN plans p ON p.id = a.plan_id WHERE a.id = $1
         FOR NO KEY UPDATE OF a FOR SHARE OF p`,
};
/**
 * What holds is told by the newest adjustment that stands, as in `TargetRepository`. What was trained before a refusal,
 * before the coach set the target or before the plan was assigned is not looked at: it was for something else.
 */
const FIND: Statement = {
  name: 'pursuit_find',
  text: `SELECT e.id AS "plannedExerciseId", e.exercise_type_id AS "exerciseTypeId", s.day_of_week AS "dayOfWeek",
           e.target_sets AS "targetSets", e.target_reps AS "targetReps", e.target_weight_kg::float8 AS "plannedKg",
           (CASE WHEN newest.id IS NULL THEN e.target_weight_kg ELSE newest.kg END)::float8 AS "targetKg",
           greatest(newest.counted_until, newest.refused_at, e.target_changed_at, own.created_at) AS "countedUntil",
           greatest(newest.created_at, newest.refused_at, e.target_changed_at, own.created_at) AS "knownSince",
           type.category, type.equipment
         FROM plan_assignments own
         JOIN planned_exercises e ON e.plan_id = own.plan_id
         JOIN planned_sessions s ON s.id = e.session_id AND s.plan_id = e.plan_id
         JOIN exercise_types type ON type.id = e.exercise_type_id
         LEFT JOIN LATERAL (
           SELECT a.id, a.counted_until, a.created_at, a.refused_at, ${LEFT_KG} AS kg FROM target_adjustments a
           WHERE a.assignment_id = own.id AND a.planned_exercise_id = e.id AND ${STANDS}
           ORDER BY a.position DESC LIMIT 1) newest ON true
         WHERE own.id = $1 AND e.exercise_type_id = ANY ($2::uuid[])
         ORDER BY s.order_index, e.order_index, e.id`,
};
/** What somebody wrote down himself, or his coach for him: what was imported says nothing about a target. */
const SESSIONS: Statement = {
  name: 'pursuit_sessions',
  text: `SELECT wanted."plannedExerciseId", done.id AS "sessionId", done.trained_at AS "trainedAt", done.sets
         FROM jsonb_to_recordset($2::jsonb) AS wanted ("plannedExerciseId" uuid, "exerciseTypeId" uuid,
           "countedUntil" timestamptz, days int[])
         CROSS JOIN LATERAL (
           SELECT s.id, s.trained_at, s.created_at,
             (SELECT jsonb_agg(jsonb_build_object('setsCount', e.sets_count, 'reps', e.reps, 'weightKg', e.weight_kg))
              FROM exercise_sets e WHERE e.session_id = s.id AND e.exercise_type_id = wanted."exerciseTypeId") AS sets
           FROM performance_sessions s
           WHERE s.user_id = $1 AND s.source = 'manual' AND s.trained_at >= $4
             AND s.trained_at > wanted."countedUntil"
             AND (wanted.days IS NULL
                  OR extract(isodow FROM s.trained_at AT TIME ZONE $5)::int - 1 = ANY (wanted.days))
             AND EXISTS (SELECT FROM exercise_sets e WHERE e.session_id = s.id AND e.user_id = s.user_id
                           AND e.exercise_type_id = wanted."exerciseTypeId")
           ORDER BY s.trained_at DESC, s.created_at DESC, s.id = $3 DESC, s.id DESC LIMIT ${String(WINDOW)}) done
         ORDER BY done.trained_at, done.created_at, done.id = $3, done.id`,
};

export interface WantedSessions extends Pick<Pursuit, 'plannedExerciseId' | 'exerciseTypeId' | 'countedUntil'> {
  /** 0 is Monday; null = every day. */
  days: number[] | null;
}

/** What is known of the targets of an assignment when a session is written down. */
@Injectable()
export class PursuitRepository {
  constructor(private readonly database: Database) {}

  /** Its client is held already. */
  async hold(assignmentId: string): Promise<void> {
    await this.database.query(HOLD, [assignmentId]);
  }

  /** The places of these exercises in the plan, in its order. */
  async find({ id }: Assignment, exerciseTypeIds: readonly string[]): Promise<Pursuit[]> {
    const rows = await this.database.query<PursuitRow>(FIND, [id, exerciseTypeIds]);
    return rows.map(({ targetKg, category, equipment, ...row }) => ({
      ...row,
      target: { sets: row.targetSets, reps: row.targetReps, weightKg: targetKg },
      takesWeight: takesWeight({ category, equipment }, row.plannedKg),
    }));
  }

  /**
   * The last sessions of each, oldest first; of two at the same moment the saved one is the later.
   *
   * @param start of the assignment
   * @param timezone of the client, whose days count
   */
  async sessions(
    clientId: string,
    wanted: readonly WantedSessions[],
    savedId: string,
    start: Date,
    timezone: string,
  ): Promise<ReadonlyMap<string, DoneSession[]>> {
    const values = [clientId, JSON.stringify(wanted), savedId, start, timezone];
    const rows = await this.database.query<DoneSession & { plannedExerciseId: string }>(SESSIONS, values);
    return grouped(rows.map(({ plannedExerciseId, ...session }) => [plannedExerciseId, session]));
  }
}
