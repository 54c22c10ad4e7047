import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { ImportFormat, SessionHead } from './import.types';

const STORED: Statement = {
  name: 'performance_import_stored',
  text: `SELECT trained_at AS "trainedAt", NULL AS "externalId" FROM performance_sessions
         WHERE user_id = $1 AND trained_at = ANY ($2::timestamptz[])
         UNION ALL
         SELECT trained_at, external_id FROM performance_sessions
         WHERE user_id = $1 AND source = $3 AND external_id = ANY ($4::text[])`,
};

/** The starts that are taken. */
export interface StoredStarts {
  has(session: Pick<SessionHead, 'trainedAt' | 'externalId'>): boolean;
}

@Injectable()
export class ImportRepository {
  constructor(private readonly database: Database) {}

  /**
   * Which of these sessions somebody has already: one of the same start, wherever it comes from, or the same one of the
   * same app, read when its owner lived in another zone.
   */
  async stored(userId: string, format: ImportFormat, sessions: readonly SessionHead[]): Promise<StoredStarts> {
    const starts = sessions.map(({ trainedAt }) => trainedAt);
    const names = sessions.map(({ externalId }) => externalId);
    const rows = await this.database.query<{ trainedAt: Date; externalId: string | null }>(STORED, [
      userId,
      starts,
      format,
      names,
    ]);
    const taken = new Set(rows.map(({ trainedAt }) => trainedAt.getTime()));
    const known = new Set(rows.map(({ externalId }) => externalId));
    return { has: ({ trainedAt, externalId }) => taken.has(trainedAt.getTime()) || known.has(externalId) };
  }
}
