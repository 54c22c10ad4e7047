import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { JobNotice } from './job-notice';

/**
 * What the library's `add_jobs` comes to for jobs without a key whose tasks it knows, at half of its cost and without
 * its notice (ADR 0003). A task that it does not know is refused by the table. A microsecond between the rows has them
 * claimed in our order.
 */
const ADD: Statement = {
  name: 'job_add',
  text: `INSERT INTO graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, priority)
         SELECT (SELECT id FROM graphile_worker._private_tasks WHERE identifier = task), payload,
           now() + (place - 1) * interval '1 microsecond', attempts, priority
         FROM ROWS FROM (json_to_recordset($1::json) AS (task text, payload json, attempts smallint, priority smallint))
                WITH ORDINALITY AS job (task, payload, attempts, priority, place)`,
};
/** The library writes the rows in any order too. */
const ADD_BY_LIBRARY: Statement = {
  name: 'add_jobs',
  text: `SELECT count(*) FROM graphile_worker.add_jobs(ARRAY(
           SELECT (task, payload, NULL, now() + (place - 1) * interval '1 microsecond', attempts, key, priority, NULL)
                    ::graphile_worker.job_spec
           FROM ROWS FROM (json_to_recordset($1::json) AS (task text, payload json, attempts smallint, key text,
                                                          priority smallint))
                  WITH ORDINALITY AS job (task, payload, attempts, key, priority, place)))`,
};
const ATTEMPTS = 5;
/** The library takes the lowest number first; everything else has 0. */
const URGENT = -10;

/** Ids and plain values. A secret that must be sent travels encrypted. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

interface JobOptions {
  maxAttempts?: number;
  key?: string;
  /** Somebody waits for it: it goes before all others of its lane that are due. */
  isUrgent?: boolean;
}

interface NewJob {
  task: string;
  payload: JobPayload;
  attempts: number;
  key: string | null;
  priority: number;
}

/**
 * Work for after the commit. The job is a row written in the ambient transaction: rolled back with it, run at least
 * once after it, with growing waits between attempts. All jobs of a transaction are written in one statement, sent with
 * its COMMIT.
 */
@Injectable()
export class JobQueue {
  /** Tasks that the library has been given a job of: it has a row for each, and never removes one. */
  private readonly known = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly unit: UnitOfWork,
    private readonly notice: JobNotice,
  ) {}

  /** @param options.key an earlier job of the same key that has not run is replaced */
  async add(task: string, payload: JobPayload, options: JobOptions = {}): Promise<void> {
    const { maxAttempts: attempts = ATTEMPTS, key = null, isUrgent = false } = options;
    const job = { task, payload, attempts, key, priority: isUrgent ? URGENT : 0 };
    if (!this.unit.gatherLast(this.write, job)) await this.write([job]);
  }

  /** Sends one statement at once, and nothing after it. */
  private readonly write = (jobs: readonly NewJob[]): Promise<void> => {
    const isPlain = jobs.every(({ key, task }) => key === null && this.known.has(task));
    return isPlain ? this.writeRows(jobs) : this.writeByLibrary(lastOfEachKey(jobs));
  };

  private async writeRows(jobs: readonly NewJob[]): Promise<void> {
    const written = this.database.execute(ADD, [JSON.stringify(jobs)]);
    const ring = (): void => this.notice.ring(jobs.length);
    const isToBeRung = this.unit.whenCommitted(ring);
    try {
      await written;
      if (!isToBeRung) ring();
    } catch (error) {
      // It may be another database by now, whose library knows none of them.
      this.known.clear();
      throw error;
    }
  }

  private async writeByLibrary(jobs: readonly NewJob[]): Promise<void> {
    const written = this.database.query(ADD_BY_LIBRARY, [JSON.stringify(jobs)]);
    const remember = (): void => {
      for (const { task } of jobs) this.known.add(task);
    };
    const isToBeRemembered = this.unit.whenCommitted(remember);
    await written;
    if (!isToBeRemembered) remember();
  }
}

/** One statement cannot write a row and replace it: of several jobs of one key only the last would be left anyway. */
function lastOfEachKey(jobs: readonly NewJob[]): NewJob[] {
  const last = new Map(jobs.map((job) => [job.key ?? job, job]));
  return jobs.filter((job) => last.get(job.key ?? job) === job);
}
