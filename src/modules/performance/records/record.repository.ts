import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { OWNERS_ALONE } from 'src/modules/performance/performance.policy';
import type { Ceilings, Lift, Place } from './record.rules';
import type { MarkedLift, RecordRow } from './record.types';

const OF_SESSIONS = 'FROM exercise_sets e JOIN performance_sessions s ON s.id = e.session_id';

/** What was a record before some place is right already, so the last of them is the heaviest weight before it. */
const CEILINGS: Statement = {
  name: 'record_ceilings',
  text: `SELECT e.exercise_type_id AS "exerciseTypeId", max(e.weight_kg)::float8 AS "weightKg" ${OF_SESSIONS}
         WHERE e.user_id = $1 AND e.is_pr AND e.exercise_type_id = ANY ($2::uuid[])
           AND (s.trained_at, s.created_at, s.id) < ($3, $4, $5::uuid)
         GROUP BY e.exercise_type_id`,
};
/**
 * The heaviest set of each session and exercise, as `recordsAmong` chooses it, and those that are marked now. A long
 * history has ten times as many sets, and an import asks again with each batch.
 */
const LIFTS: Statement = {
  name: 'record_lifts',
  text: `SELECT "setId", "exerciseTypeId", "setOrder", position, "weightKg", reps, "isRecord", "trainedAt", "createdAt",
           "sessionId"
         FROM (
           SELECT e.id AS "setId", e.exercise_type_id AS "exerciseTypeId", e.set_order AS "setOrder", e.position,
             e.weight_kg::float8 AS "weightKg", e.reps, e.is_pr AS "isRecord", s.trained_at AS "trainedAt",
             s.created_at AS "createdAt", s.id AS "sessionId",
             row_number() OVER (PARTITION BY s.id, e.exercise_type_id
               ORDER BY e.weight_kg DESC, e.reps DESC NULLS LAST, e.set_order, e.position) AS rank
           ${OF_SESSIONS}
           WHERE s.user_id = $1 AND s.trained_at >= $3 AND (s.trained_at, s.created_at, s.id) >= ($3, $4, $5::uuid)
             AND e.exercise_type_id = ANY ($2::uuid[]) AND e.weight_kg > 0 AND s.source <> ALL ($6)) lifted
         WHERE rank = 1 OR "isRecord"`,
};
const MARK: Statement = {
  name: 'record_mark',
  text: 'UPDATE exercise_sets SET is_pr = (id = ANY ($2::uuid[])) WHERE id = ANY ($1::uuid[])',
};

const COLUMNS = `e.id, e.exercise_type_id AS "exerciseTypeId", e.weight_kg::float8 AS "weightKg", e.reps,
  s.trained_at AS "achievedAt", s.id AS "sessionId"`;
const PAGED = 'ORDER BY "achievedAt" DESC, id LIMIT $2 OFFSET $3';
const CURRENT: Statement = {
  name: 'record_current',
  text: `SELECT * FROM (
           SELECT DISTINCT ON (e.exercise_type_id) ${COLUMNS} ${OF_SESSIONS}
           WHERE e.user_id = $1 AND e.is_pr ORDER BY e.exercise_type_id, e.weight_kg DESC) held ${PAGED}`,
};
const COUNT_CURRENT: Statement = {
  name: 'record_count_current',
  text: 'SELECT count(DISTINCT exercise_type_id)::int AS total FROM exercise_sets WHERE user_id = $1 AND is_pr',
};
const OF_EXERCISE: Statement = {
  name: 'record_of_exercise',
  text: `SELECT ${COLUMNS} ${OF_SESSIONS} WHERE e.user_id = $1 AND e.is_pr AND e.exercise_type_id = $4 ${PAGED}`,
};
const COUNT_OF_EXERCISE: Statement = {
  name: 'record_count_of_exercise',
  text: 'SELECT count(*)::int AS total FROM exercise_sets WHERE user_id = $1 AND is_pr AND exercise_type_id = $2',
};

/** Marks of the sets that are records. Whoever changes them holds the owner. */
@Injectable()
export class RecordRepository {
  constructor(private readonly database: Database) {}

  /** The heaviest weights before a place, by exercise. */
  async ceilings(userId: string, exerciseTypeIds: readonly string[], from: Place): Promise<Ceilings> {
    const values = [userId, exerciseTypeIds, from.trainedAt, from.createdAt, from.sessionId];
    const rows = await this.database.query<Pick<Lift, 'exerciseTypeId' | 'weightKg'>>(CEILINGS, values);
    return new Map(rows.map(({ exerciseTypeId, weightKg }) => [exerciseTypeId, weightKg]));
  }

  /** What may count for records from a place on, itself included, with the marks as they are. */
  async lifts(userId: string, exerciseTypeIds: readonly string[], from: Place): Promise<MarkedLift[]> {
    const values = [userId, exerciseTypeIds, from.trainedAt, from.createdAt, from.sessionId, OWNERS_ALONE];
    return this.database.query<MarkedLift>(LIFTS, values);
  }

  /** Of these sets the given ones are records, the others are none. */
  async mark(setIds: readonly string[], recordIds: readonly string[]): Promise<void> {
    await this.database.execute(MARK, [setIds, recordIds]);
  }

  /** Latest first: the heaviest of each exercise, or all of one exercise. */
  async page(userId: string, exerciseTypeId: string | null, query: PageQuery): Promise<Rows<RecordRow>> {
    const paged = [userId, query.limit, query.offset];
    if (exerciseTypeId === null) return this.database.page<RecordRow>(CURRENT, paged, COUNT_CURRENT, [userId]);
    const values = [userId, exerciseTypeId];
    return this.database.page<RecordRow>(OF_EXERCISE, [...paged, exerciseTypeId], COUNT_OF_EXERCISE, values);
  }
}
