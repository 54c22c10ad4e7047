import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Logger as GraphileLogger, run, type Runner, runOnce, type TaskList } from 'graphile-worker';
import { Pool } from 'pg';
import { Metrics } from 'src/common/metrics/metrics';
import { AppConfig } from 'src/config/app-config';
import { connectionOptions } from 'src/database/connection';
import type { JobPayload } from './job-queue';
import { type JobHandler, JobRegistry } from './job-registry';

const CONCURRENCY = 4;
const POLL_MS = 1_000;
const SETTLE_MS = 10_000;
const SETTLE_STEP_MS = 10;

const UNSETTLED = `
  SELECT count(*)::int AS waiting FROM graphile_worker._private_jobs
  WHERE run_at <= now() AND attempts < max_attempts OR locked_at IS NOT NULL`;

/**
 * Works off the queue, with a few connections of its own so that jobs never starve requests. A process of role `api`
 * claims nothing by itself.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private pool: Pool | null = null;
  private runner: Runner | null = null;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly registry: JobRegistry,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.runsJobs) void this.keepRunning();
  }

  /** Claims nothing more and waits for what runs; what does not end in time is handed back to the queue. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.runner?.stop().catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }

  /** Works off everything that may run now, and waits for what other processes are at. For the sandbox. */
  async settle(): Promise<void> {
    const { pgPool } = this.shared();
    for (let waited = 0; waited < SETTLE_MS; waited += SETTLE_STEP_MS) {
      await runOnce(this.shared());
      const { rows } = await pgPool.query<{ waiting: number }>(UNSETTLED);
      if (rows[0]?.waiting === 0) return;
      await pause(SETTLE_STEP_MS);
    }
  }

  /** The library gives up after some errors in a row: a database that comes back finds the worker back too. */
  private async keepRunning(): Promise<void> {
    const options = { concurrency: CONCURRENCY, pollInterval: POLL_MS, parsedCronItems: [] };
    while (!this.isStopped()) {
      try {
        this.runner = await run({ ...this.shared(), ...options });
        await this.runner.promise;
      } catch (error) {
        this.logger.error({ err: error }, 'the job queue is out of reach, trying again');
      }
      await pause(POLL_MS, undefined, { ref: false });
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private shared(): { pgPool: Pool; taskList: TaskList; noHandleSignals: true; logger: GraphileLogger } {
    this.pool ??= new Pool({ ...connectionOptions(this.config), application_name: 'mycoach-jobs', max: CONCURRENCY });
    // Without a listener a lost idle connection would end the process.
    if (this.pool.listenerCount('error') === 0)
      this.pool.on('error', (error) => this.logger.warn({ err: error }, 'a connection of the job queue was lost'));
    return { pgPool: this.pool, taskList: this.taskList(), noHandleSignals: true, logger: this.quietLogger() };
  }

  private taskList(): TaskList {
    return Object.fromEntries(
      this.registry.entries().map(([task, handler]) => [task, (payload) => this.measured(task, handler, payload)]),
    );
  }

  private async measured(task: string, handler: JobHandler, payload: unknown): Promise<void> {
    try {
      await handler(payload as JobPayload);
      this.metrics.jobEnded(task, 'done');
    } catch (error) {
      this.metrics.jobEnded(task, 'failed');
      throw error;
    }
  }

  private quietLogger(): GraphileLogger {
    // The library declares its enum of levels, but exports it in its types only.
    return new GraphileLogger(() => (level: string, message) => {
      if (level === 'error') this.logger.error(message);
      else if (level === 'warning') this.logger.warn(message);
      else this.logger.verbose(message);
    });
  }
}
