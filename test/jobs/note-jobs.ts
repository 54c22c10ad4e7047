import type { JobPayload } from 'src/common/jobs/job-queue';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { JobWorker } from 'src/common/jobs/job-worker';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { Database } from 'src/common/transaction/database';
import type { TestApp } from 'test/support/test-app';

export interface JobRow {
  attempts: number;
  /** Seconds from when it was let go of. */
  waits: number;
  last_error: string | null;
  locked_by: string | null;
}

export interface LetterRow {
  id: string;
  channel: string;
  type: string;
  user_id: string | null;
  task: string;
  payload: JobPayload;
  attempts: number;
  last_error: string;
}

export const BUSY = new DeliveryFailure('smtp 451', false);
export const REFUSED = new DeliveryFailure('smtp 550', true);

/**
 * Jobs that fail as a test says: `send_note` carries a mail, `send_riddle` a push that nobody can describe, `chore` no
 * message. The owner of the notes keeps in the database what it was told.
 */
export class NoteJobs {
  attempts: string[] = [];
  /** What the owner of the notes was told. */
  hooks: string[] = [];
  hookFault: Error | null = null;
  userId: string | null = null;
  private fault: Error | null = null;

  constructor(private readonly app: TestApp) {
    const registry = app.nest.get(JobRegistry);
    registry.register('send_note', this.deliver, {
      channel: 'email',
      describe: () => Promise.resolve({ type: 'note', userId: this.userId }),
      parked: (payload, code) => this.hear(`parked ${code}`, `parked ${String(payload['text'])}`),
      replayed: (payload) => this.hear('replayed', `replayed ${String(payload['text'])}`),
    });
    registry.register('send_riddle', this.deliver, {
      channel: 'push',
      describe: () => Promise.reject(new Error('claire@example.com has no type')),
    });
    registry.register('chore', this.deliver);
  }

  async reset(): Promise<void> {
    [this.attempts, this.hooks, this.hookFault, this.userId, this.fault] = [[], [], null, null, null];
    await this.app.database.query('DELETE FROM graphile_worker._private_jobs');
    await this.app.database.query('DELETE FROM dead_letters');
    await this.app.database.query('DELETE FROM job_ticks');
    await this.app.setClock('2026-03-02T06:00:00Z');
  }

  async add(task: string, text = 'x'): Promise<void> {
    await this.app.nest.get(JobQueue).add(task, { text });
  }

  /** Runs what is due, and lets it fail. */
  async fail(fault: Error): Promise<void> {
    this.fault = fault;
    await this.settle();
  }

  async succeed(): Promise<void> {
    this.fault = null;
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.app.nest.get(JobWorker).settle();
  }

  async makeDue(): Promise<void> {
    await this.app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
  }

  async jobs(): Promise<JobRow[]> {
    const { rows } = await this.app.database.query<JobRow>(
      `SELECT attempts, extract(epoch FROM run_at - updated_at)::float8 AS waits, last_error, locked_by
       FROM graphile_worker._private_jobs`,
    );
    return rows;
  }

  async letters(): Promise<LetterRow[]> {
    return (await this.app.database.query<LetterRow>('SELECT * FROM dead_letters')).rows;
  }

  /** What its owner has kept of what it was told. */
  async kept(): Promise<string[]> {
    const { rows } = await this.app.database.query<{ job: string }>('SELECT job FROM job_ticks ORDER BY job');
    return rows.map(({ job }) => job);
  }

  private readonly deliver = async ({ text }: JobPayload): Promise<void> => {
    this.attempts.push(String(text));
    if (this.fault) throw this.fault;
    return Promise.resolve();
  };

  private async hear(hook: string, note: string): Promise<void> {
    this.hooks.push(hook);
    const keep = { name: 'hook_note', text: "INSERT INTO job_ticks VALUES ($1, '2026-01-01T00:00:00Z')" };
    await this.app.nest.get(Database).execute(keep, [note]);
    if (this.hookFault) throw this.hookFault;
  }
}
