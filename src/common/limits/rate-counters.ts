import { Injectable } from '@nestjs/common';
import { DAY_MS } from 'src/common/clock/durations';
import { keyedHash } from 'src/common/crypto/keyed-hash';
import { SystemClock } from 'src/common/clock/clock';
import { Database, type Statement } from 'src/common/transaction/database';
import { AppConfig } from 'src/config/app-config';
import type { LimitState } from './limit-state';

const HIT: Statement = {
  name: 'rate_counter_hit',
  text: `INSERT INTO rate_counters AS counter (scope, subject, window_start, hits) VALUES ($1, $2, $3, 1)
         ON CONFLICT (scope, subject) DO UPDATE SET
           hits = CASE WHEN counter.window_start <= $4 THEN 1 ELSE counter.hits + 1 END,
           window_start = CASE WHEN counter.window_start <= $4 THEN EXCLUDED.window_start ELSE counter.window_start END
         RETURNING hits, window_start`,
};
const PURGE: Statement = {
  name: 'rate_counter_purge',
  // Asked again of the row itself: a new window may begin while it is looked up.
  text: `DELETE FROM rate_counters WHERE window_start <= $1 AND (scope, subject) IN (
           SELECT scope, subject FROM rate_counters WHERE window_start <= $1 ORDER BY window_start LIMIT $2)`,
};

/**
 * The sensitive limits: fixed windows in PostgreSQL, shared by every process and kept over a restart. Subjects (an IP,
 * an address) are stored as keyed hashes. Windows run on real time.
 */
@Injectable()
export class RateCounters {
  private readonly realTime = new SystemClock();

  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  async hit(scope: string, subject: string, limit: number, seconds: number): Promise<LimitState> {
    const allowedHits = Math.ceil(limit * this.config.rateLimitFactor);
    const now = this.realTime.nowMs();
    const hash = keyedHash(this.config.secrets.signingSecret, `${scope} ${subject}`);
    const [row] = await this.database.query<{ hits: number; window_start: Date }>(HIT, [
      scope,
      hash,
      new Date(now),
      new Date(now - seconds * 1_000),
    ]);
    const hits = row?.hits ?? 1;
    const endsAt = (row?.window_start.getTime() ?? now) + seconds * 1_000;
    return {
      allowed: hits <= allowedHits,
      limit: allowedHits,
      remaining: Math.max(0, allowedHits - hits),
      reset: Math.max(1, Math.ceil((endsAt - now) / 1_000)),
    };
  }

  /** At most so many. No window is longer than a day. */
  async deleteStale(limit: number): Promise<number> {
    return this.database.execute(PURGE, [new Date(this.realTime.nowMs() - DAY_MS), limit]);
  }
}
