import { Injectable } from '@nestjs/common';
import type { QueueState } from 'src/common/metrics/metrics';
import { Database, type Statement } from 'src/common/transaction/database';
import { MIGRATIONS } from 'src/database/migrations';

const APPLIED: Statement = { name: 'migrations_applied', text: 'SELECT name FROM migrations' };
/** Leases and ages of jobs are real time, by the database's own clock. */
const QUEUE: Statement = {
  name: 'queue_state',
  text: `SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now())::int AS ready,
           count(*) FILTER (WHERE attempts >= max_attempts)::int AS dead,
           coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE attempts < max_attempts AND run_at <= now())),
                    0)::float8 AS "oldestSeconds"
         FROM graphile_worker.jobs`,
};

@Injectable()
export class SystemRepository {
  constructor(private readonly database: Database) {}

  /** Migrations of this build that the database does not know yet. */
  async pendingMigrations(): Promise<string[]> {
    const applied = await this.database.query<{ name: string }>(APPLIED);
    const names = new Set(applied.map(({ name }) => name));
    return MIGRATIONS.map((migration) => migration.name).filter((name) => !names.has(name));
  }

  async queueState(): Promise<QueueState | null> {
    const [state] = await this.database.query<QueueState>(QUEUE);
    return state ?? null;
  }
}
