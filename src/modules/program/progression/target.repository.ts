import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

/**
 * The newest adjustment of each planned exercise, as far as it stands: after a refusal what was there before, and
 * nothing when the coach has changed the plan's own weight since.
 */
const TARGETS: Statement = {
  name: 'progression_targets',
  text: `SELECT newest.planned_exercise_id AS "plannedExerciseId", newest.kg::float8 AS "targetKg"
         FROM (SELECT DISTINCT ON (planned_exercise_id) planned_exercise_id, planned_kg,
                 CASE WHEN refused_at IS NULL THEN to_kg ELSE from_kg END AS kg
               FROM target_adjustments WHERE assignment_id = $1 AND planned_exercise_id IS NOT NULL
               ORDER BY planned_exercise_id, position DESC) newest
         JOIN planned_exercises planned ON planned.id = newest.planned_exercise_id
         WHERE planned.target_weight_kg IS NOT DISTINCT FROM newest.planned_kg`,
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
}
