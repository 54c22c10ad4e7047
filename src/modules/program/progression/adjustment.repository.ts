import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { TargetAdjustment } from 'src/modules/program/entities/target-adjustment.entity';
import type { NewAdjustment, StandingAdjustment } from './progression.types';
import { STANDS } from './target.repository';

const COLUMNS = `
  a.id, a.assignment_id AS "assignmentId", a.plan_id AS "planId", a.client_id AS "clientId",
  a.planned_exercise_id AS "plannedExerciseId", a.exercise_type_id AS "exerciseTypeId", a.from_kg::float8 AS "fromKg",
  a.to_kg::float8 AS "toKg", a.reason, a.session_id AS "sessionId",
  a.counted_until AS "countedUntil", a.position, a.created_at AS "createdAt", a.refused_at AS "refusedAt"`;

const INSERT: Statement = {
  name: 'adjustment_insert',
  text: `INSERT INTO target_adjustments (assignment_id, plan_id, client_id, planned_exercise_id, exercise_type_id, from_kg,
           to_kg, reason, session_id, counted_until, created_at)
         SELECT "assignmentId", "planId", "clientId", "plannedExerciseId", "exerciseTypeId", "fromKg", "toKg",
           reason, "sessionId", "countedUntil", "createdAt"
         FROM jsonb_to_recordset($1::jsonb) AS row ("assignmentId" uuid, "planId" uuid, "clientId" uuid,
           "plannedExerciseId" uuid, "exerciseTypeId" uuid, "fromKg" numeric, "toKg" numeric,
           reason jsonb, "sessionId" uuid, "countedUntil" timestamptz, "createdAt" timestamptz)`,
};
const COUNT: Statement = {
  name: 'adjustment_count',
  text: 'SELECT count(*)::int AS total FROM target_adjustments a WHERE a.assignment_id = $1',
};
const PAGE: Statement = {
  name: 'adjustment_page',
  text: `SELECT ${COLUMNS} FROM target_adjustments a WHERE a.assignment_id = $1
         ORDER BY a.position DESC OFFSET $2 LIMIT $3`,
};
const FIND: Statement = {
  name: 'adjustment_find',
  text: `SELECT ${COLUMNS},
           NOT EXISTS (SELECT FROM target_adjustments later
                       WHERE later.assignment_id = a.assignment_id AND later.position > a.position
                         AND later.planned_exercise_id = a.planned_exercise_id) AS "isNewest",
           EXISTS (SELECT FROM planned_exercises e WHERE e.id = a.planned_exercise_id AND ${STANDS}) AS "isPlanUnchanged",
           EXISTS (SELECT FROM plan_assignments p WHERE p.id = a.assignment_id AND p.active) AS "isFollowed"
         FROM target_adjustments a WHERE a.id = $1 AND a.client_id = $2`,
};
const REFUSE: Statement = {
  name: 'adjustment_refuse',
  text: 'UPDATE target_adjustments SET refused_at = $2 WHERE id = $1',
};

/** Changes of target weights, by assignment. Whoever writes holds the client. */
@Injectable()
export class AdjustmentRepository {
  constructor(private readonly database: Database) {}

  /** In this order. */
  async insert(adjustments: readonly NewAdjustment[]): Promise<void> {
    await this.database.execute(INSERT, [JSON.stringify(adjustments)]);
  }

  /** Newest first. */
  async page(assignmentId: string, { offset, limit }: PageQuery): Promise<Rows<TargetAdjustment>> {
    return this.database.page<TargetAdjustment>(PAGE, [assignmentId, offset, limit], COUNT, [assignmentId]);
  }

  /** One of this client's. */
  async find(clientId: string, id: string): Promise<StandingAdjustment | null> {
    return this.database.first<StandingAdjustment>(FIND, [id, clientId]);
  }

  async refuse(id: string, at: Date): Promise<void> {
    await this.database.execute(REFUSE, [id, at]);
  }
}
