import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import type { Reach } from 'src/modules/performance/performance.policy';
import { SESSION_COLUMNS } from './session.repository';
import type { SessionSource, SessionType } from './session.types';

/** Whose sessions, and who reads them. */
export interface SessionFilter extends InstantRange {
  userId: string;
  /** A coach of the owner; null = the owner himself. */
  reader: { id: string; reach: Exclude<Reach, 'none'>; hidden: readonly SessionSource[] } | null;
  sessionType?: SessionType;
  gymId?: string;
  exerciseTypeId?: string;
  muscleGroup?: string;
}

interface Condition {
  /** Names it in the name of the statement, which must be short. */
  letter: string;
  value: unknown;
  test: (parameter: string) => string;
}

/** What a coach does not see is left out by the same words as `maySee` judges a single session. */
function conditionsOf(filter: SessionFilter): Condition[] {
  const { userId, reader, sessionType, gymId, exerciseTypeId, muscleGroup, from, to } = filter;
  const conditions: Condition[] = [
    { letter: 'o', value: userId, test: (p) => `s.user_id = ${p}` },
    { letter: 'r', value: reader?.hidden, test: (p) => `s.source <> ALL (${p})` },
    {
      letter: 'p',
      value: reader?.reach === 'paired' ? reader.id : undefined,
      test: (p) => `(s.entered_by = ${p} OR s.booking_coach_id = ${p})`,
    },
    { letter: 's', value: sessionType, test: (p) => `s.session_type = ${p}` },
    { letter: 'g', value: gymId, test: (p) => `s.gym_id = ${p}` },
    {
      letter: 'e',
      value: exerciseTypeId,
      test: (p) => `EXISTS (SELECT FROM exercise_sets e WHERE e.session_id = s.id AND e.exercise_type_id = ${p})`,
    },
    {
      letter: 'm',
      value: muscleGroup,
      test: (p) => `EXISTS (SELECT FROM exercise_sets e JOIN exercise_muscles m USING (exercise_type_id)
                      WHERE e.session_id = s.id AND m.muscle_group = ${p})`,
    },
    { letter: 'f', value: from, test: (p) => `s.trained_at >= ${p}` },
    { letter: 't', value: to, test: (p) => `s.trained_at < ${p}` },
  ];
  return conditions.filter(({ value }) => value !== undefined && value !== null);
}

@Injectable()
export class SessionListRepository {
  constructor(private readonly database: Database) {}

  /** Latest date first. */
  async page(filter: SessionFilter, { offset, limit }: PageQuery): Promise<Rows<PerformanceSession>> {
    // The text depends only on which conditions are there, so the set of names is finite.
    const conditions = conditionsOf(filter);
    const shape = conditions.map(({ letter }) => letter).join('');
    const where = conditions.map(({ test }, at) => test(`$${String(at + 1)}`)).join(' AND ');
    const values = conditions.map(({ value }) => value);
    const list: Statement = {
      name: `performance_page_${shape}`,
      text: `SELECT ${SESSION_COLUMNS} FROM performance_sessions s WHERE ${where} ORDER BY s.trained_at DESC, s.id
             LIMIT $${String(values.length + 1)} OFFSET $${String(values.length + 2)}`,
    };
    const count: Statement = {
      name: `performance_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM performance_sessions s WHERE ${where}`,
    };
    return this.database.page<PerformanceSession>(list, [...values, limit, offset], count, values);
  }
}
