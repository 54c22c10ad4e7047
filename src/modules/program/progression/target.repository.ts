import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/**
 * SQL: an adjustment `a` stands in its place `e` of the plan until the coach changes the weight there, and for good does
 * not when he has: what he comes back to later is his word too.
 */
export const STANDS = 'a.created_at > e.weight_changed_at';
/** SQL: the target that a standing adjustment `a` leaves. */
export const LEFT_KG = 'CASE WHEN a.refused_at IS NULL THEN a.to_kg ELSE a.from_kg END';

/** The newest adjustment of each planned exercise, as far as it stands; after a refusal what was there before. */
const TARGETS: Statement = {
  name: 'progression_targets',
  text: `SELECT DISTINCT ON (e.id) e.id AS "plannedExerciseId", (${LEFT_KG})::float8 AS "targetKg"
         FROM target_adjustments a JOIN planned_exercises e ON e.id = a.planned_exercise_id
         WHERE a.assignment_id = $1 AND ${STANDS} ORDER BY e.id, a.position DESC`,
};
const IS_ADJUSTED: Statement = {
  name: 'progression_is_adjusted',
  text: `SELECT EXISTS (
           SELECT FROM (
             SELECT DISTINCT ON (e.id) a.to_kg, a.refused_at
             FROM target_adjustments a JOIN planned_exercises e ON e.id = a.planned_exercise_id
             WHERE a.assignment_id = $1 AND a.exercise_type_id = $2 AND ${STANDS} ORDER BY e.id, a.position DESC) newest
           WHERE newest.refused_at IS NULL AND newest.to_kg = $3::numeric) AS "isAdjusted"`,
};

/** Target weights that differ from those of the plan, by assignment (rules §14.5). */
@Injectable()
export class TargetRepository {
  constructor(private readonly database: Database) {}

  /**
   * What holds for this assignment instead of the plan's own target weights, by planned exercise, in kilograms; null =
   * no target weight. What is not in the answer is as in the plan.
   */
  async targetsOf(assignmentId: string): Promise<ReadonlyMap<string, number | null>> {
    const rows = await this.database.query<{ plannedExerciseId: string; targetKg: number | null }>(TARGETS, [
      assignmentId,
    ]);
    return new Map(rows.map(({ plannedExerciseId, targetKg }) => [plannedExerciseId, targetKg]));
  }

  /** Whether an exercise was adjusted to so many kilograms somewhere in the plan, and still is. */
  async isAdjusted(assignmentId: string, exerciseTypeId: string, toKg: string): Promise<boolean> {
    const values = [assignmentId, exerciseTypeId, toKg];
    return (await this.database.value<boolean>(IS_ADJUSTED, values)) ?? false;
  }
}
