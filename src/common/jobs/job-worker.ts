import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Logger as GraphileLogger, run, type Runner, runOnce, type TaskList, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import { Lifecycle } from 'src/common/lifecycle/lifecycle';
import { Metrics } from 'src/common/metrics/metrics';
import { AppConfig } from 'src/config/app-config';
import { connectionOptions } from 'src/database/connection';
import type { JobPayload } from './job-queue';
import { type JobHandler, JobRegistry } from './job-registry';

const CONCURRENCY = 4;
const POLL_MS = 1_000;
/** What a job may still take when the process ends. */
const LAST_JOBS_MS = 7_000;
const SETTLE_MS = 10_000;
const SETTLE_STEP_MS = 10;

/** What has been held for long is held by nobody any more, and not worth waiting for. */
const UNSETTLED = `
  SELECT count(*)::int AS waiting FROM graphile_worker._private_jobs
  WHERE run_at <= now() AND attempts < max_attempts AND locked_at IS NULL OR locked_at > now() - interval '30 seconds'`;

/** An attempt that was cut short does not count. */
const HAND_BACK = `
  UPDATE graphile_worker._private_jobs
  SET locked_at = NULL, locked_by = NULL, attempts = greatest(attempts - 1, 0)
  WHERE locked_by = ANY($1)`;

/**
 * Works off the queue, with a few connections of its own so that jobs never starve requests. A process of role `api`
 * claims nothing by itself.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private pool: Pool | null = null;
  private runner: Runner | null = null;
  private running: Promise<void> | null = null;
  private stopped: Promise<void> | null = null;
  private readonly stopping = new AbortController();
  /** The names under which this process holds jobs. */
  private readonly holders = new Set<string>();

  constructor(
    private readonly config: AppConfig,
    private readonly registry: JobRegistry,
    private readonly metrics: Metrics,
    lifecycle: Lifecycle,
  ) {
    // With the first sign of the end, so that what runs has all the time there is.
    lifecycle.onStopping(() => void this.stop());
  }

  onApplicationBootstrap(): void {
    if (this.config.runsJobs) this.running = this.keepRunning();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.handBack().catch((error: unknown) => {
      this.logger.error({ err: error }, 'jobs that were cut short could not be handed back');
    });
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

  /** Claims nothing more, and waits for what runs as long as there is time. */
  private stop(): Promise<void> {
    this.stopped ??= this.waitForLastJobs();
    return this.stopped;
  }

  private async waitForLastJobs(): Promise<void> {
    this.stopping.abort();
    const ended = new AbortController();
    await Promise.race([
      this.stopRunner().then(() => this.running),
      pause(LAST_JOBS_MS, undefined, { signal: ended.signal }).catch(() => undefined),
    ]);
    ended.abort();
  }

  private async stopRunner(): Promise<void> {
    // It refuses to be stopped twice, and then it stops already.
    await this.runner?.stop().catch(() => undefined);
  }

  /**
   * A database that went away can leave the library stuck for good: it never asks again for what it failed to learn at
   * its start, ends a worker that could not write down how its job ended, and lets that job be held for hours. So with
   * the first such failure everything is begun afresh, and what was held is free again.
   */
  private async keepRunning(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.handBack();
        this.runner = await run({
          ...this.shared(),
          events: this.eventsOfRunner(),
          concurrency: CONCURRENCY,
          pollInterval: POLL_MS,
          parsedCronItems: [],
        });
        // Asked to stop while it was starting: nobody else would tell it.
        if (this.isStopping()) await this.runner.stop();
        await this.runner.promise;
      } catch (error) {
        this.logger.error({ err: error }, 'the job queue is out of reach, trying again');
      }
      // A process that only works off jobs has nothing else that keeps it alive while the database is away.
      await pause(POLL_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private eventsOfRunner(): WorkerEvents {
    const events = new EventEmitter() as WorkerEvents;
    events.on('worker:create', ({ worker }) => this.holders.add(worker.workerId));
    for (const failure of ['worker:getJob:error', 'worker:fatalError'] as const)
      events.on(failure, () => void this.stopRunner());
    return events;
  }

  /** Jobs of a runner that is no more may be taken by anybody. */
  private async handBack(): Promise<void> {
    if (this.holders.size === 0) return;
    const { rowCount } = await this.shared().pgPool.query(HAND_BACK, [[...this.holders]]);
    if (rowCount) this.logger.warn({ jobs: rowCount }, 'jobs that were cut short were handed back');
    this.holders.clear();
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
