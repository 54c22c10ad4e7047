import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';

/** The library writes the rows in any order. A microsecond between them has them claimed in ours. */
const ADD_JOBS: Statement = {
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
 * once after it, with growing waits between attempts. All jobs of a transaction are written in one statement, at its end.
 */
@Injectable()
export class JobQueue {
  constructor(
    private readonly database: Database,
    private readonly unit: UnitOfWork,
  ) {}

  /** @param options.key an earlier job of the same key that has not run is replaced */
  async add(task: string, payload: JobPayload, options: JobOptions = {}): Promise<void> {
    const { maxAttempts: attempts = ATTEMPTS, key = null, isUrgent = false } = options;
    const job = { task, payload, attempts, key, priority: isUrgent ? URGENT : 0 };
    if (!this.unit.gather(this.write, job)) await this.write([job]);
  }

  private readonly write = async (jobs: readonly NewJob[]): Promise<void> => {
    await this.database.query(ADD_JOBS, [JSON.stringify(lastOfEachKey(jobs))]);
  };
}

/** One statement cannot write a row and replace it: of several jobs of one key only the last would be left anyway. */
function lastOfEachKey(jobs: readonly NewJob[]): NewJob[] {
  const last = new Map(jobs.map((job) => [job.key ?? job, job]));
  return jobs.filter((job) => last.get(job.key ?? job) === job);
}
