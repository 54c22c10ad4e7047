import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Ending } from './ending.rules';
import type { JobPayload } from './job-queue';

/** A job that somebody works off, or that nobody will work off any more. */
export interface HeldJob {
  id: string;
  task: string;
  payload: JobPayload;
  attempts: number;
  /** The name under which it is held; null = by nobody. */
  holder: string | null;
}

/** A job that used up its attempts, and what was said of the last one. */
export interface SpentJob extends HeldJob {
  lastError: string | null;
}

/** Leases are real time, by the database's own clock. Whoever works on a job renews its lease, however long that takes. */
const FREE: Statement = {
  name: 'jobs_free_abandoned',
  text: `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
         WHERE locked_at < now() - interval '2 minutes'`,
};
const RENEW: Statement = {
  name: 'job_renew',
  text: 'UPDATE graphile_worker._private_jobs SET locked_at = now() WHERE id = $1 AND locked_by = $2',
};
const RELEASE: Statement = {
  name: 'job_release',
  text: `UPDATE graphile_worker._private_jobs
         SET locked_at = NULL, locked_by = NULL, last_error = $4, run_at = now() + make_interval(secs => $5),
           updated_at = now(),
           attempts = CASE $3 WHEN 'postponed' THEN greatest(attempts - 1, 0) WHEN 'dead' THEN max_attempts
                              ELSE attempts END
         WHERE id = $1 AND locked_by = $2`,
};
const REMOVE: Statement = {
  name: 'job_remove',
  text: 'DELETE FROM graphile_worker._private_jobs WHERE id = $1 AND locked_by IS NOT DISTINCT FROM $2',
};
const SPENT: Statement = {
  name: 'jobs_spent',
  text: `SELECT job.id, task.identifier AS task, payload, attempts, NULL AS holder, last_error AS "lastError"
         FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = task_id
         WHERE attempts >= max_attempts AND locked_at IS NULL AND identifier = ANY($1)
           AND job.id > $2
         ORDER BY job.id LIMIT $3`,
};

/** The rows of the queue, where the library leaves more to say than it does itself. */
@Injectable()
export class JobRepository {
  constructor(private readonly database: Database) {}

  /** Lets go of what processes hold that are no more; answers how many jobs. */
  async freeAbandoned(): Promise<number> {
    return this.database.execute(FREE);
  }

  /** For as long again as a lease lasts; answers whether it was still held. */
  async renew({ id, holder }: HeldJob): Promise<boolean> {
    return (await this.database.execute(RENEW, [id, holder])) > 0;
  }

  /** Lets go of a job after a run that failed; answers whether it was still held. */
  async release({ id, holder }: HeldJob, ending: Ending, lastError: string): Promise<boolean> {
    const waitMs = ending.outcome === 'dead' ? 0 : ending.waitMs;
    return (await this.database.execute(RELEASE, [id, holder, ending.outcome, lastError, waitMs / 1_000])) > 0;
  }

  /** Answers whether it was there and still held by the same one. */
  async remove({ id, holder }: HeldJob): Promise<boolean> {
    return (await this.database.execute(REMOVE, [id, holder])) > 0;
  }

  /** Of these tasks, the oldest first, from the one after `afterId` on. */
  async spent(tasks: readonly string[], afterId: string, limit: number): Promise<SpentJob[]> {
    return this.database.query<SpentJob>(SPENT, [tasks, afterId, limit]);
  }
}
