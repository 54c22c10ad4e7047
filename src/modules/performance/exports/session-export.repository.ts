import { Injectable } from '@nestjs/common';
import type { InstantRange } from 'src/common/paging/range';
import { Database, type Statement } from 'src/common/transaction/database';
import type { PerformanceSession } from 'src/modules/performance/entities/performance-session.entity';
import { OWNERS_ALONE } from 'src/modules/performance/performance.policy';

export type ExportedSession = Pick<
  PerformanceSession,
  'id' | 'trainedAt' | 'sessionType' | 'durationMin' | 'feeling'
> & {
  /** Name of the club. */
  gym: string | null;
};

const NEXT: Statement = {
  name: 'performance_export_next',
  text: `SELECT s.id, s.trained_at AS "trainedAt", s.session_type AS "sessionType", s.duration_min AS "durationMin",
           s.feeling, gym.name AS gym
         FROM performance_sessions AS s LEFT JOIN gyms AS gym ON gym.id = s.gym_id
         WHERE s.user_id = $1 AND s.source <> ALL ($2) AND ($3::timestamptz IS NULL OR s.trained_at >= $3)
           AND ($4::timestamptz IS NULL OR s.trained_at < $4)
           AND ($5::timestamptz IS NULL OR (s.trained_at >= $5 AND (s.trained_at > $5 OR s.id < $6::uuid)))
         ORDER BY s.trained_at, s.id DESC LIMIT $7`,
};

@Injectable()
export class SessionExportRepository {
  constructor(private readonly database: Database) {}

  /**
   * Oldest first, without what its provider lets nobody take away.
   *
   * @param last the one after which to go on; null = from the beginning
   */
  async next(
    userId: string,
    { from, to }: InstantRange,
    last: ExportedSession | null,
    limit: number,
  ): Promise<ExportedSession[]> {
    const values = [userId, OWNERS_ALONE, from, to, last?.trainedAt ?? null, last?.id ?? null, limit];
    return this.database.query<ExportedSession>(NEXT, values);
  }
}
