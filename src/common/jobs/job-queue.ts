import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';

const ADD_JOB: Statement = {
  name: 'add_job',
  text: 'SELECT id FROM graphile_worker.add_job($1, $2::json, max_attempts := $3, job_key := $4)',
};

/** Ids and plain values. A secret that must be sent travels encrypted. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Work for after the commit. The job is a row written in the ambient transaction: rolled back with it, run at least
 * once after it, with growing waits between attempts.
 */
@Injectable()
export class JobQueue {
  constructor(private readonly database: Database) {}

  /** @param key an earlier job of the same key that has not run is replaced */
  async add(task: string, payload: JobPayload, options: { maxAttempts?: number; key?: string } = {}): Promise<void> {
    await this.database.query(ADD_JOB, [task, JSON.stringify(payload), options.maxAttempts ?? 5, options.key ?? null]);
  }
}
