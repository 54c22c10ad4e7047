import { setTimeout as pause } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Logger as GraphileLogger, runOnce } from 'graphile-worker';
import { Pool } from 'pg';
import { Lifecycle } from 'src/common/lifecycle/lifecycle';
import { AppConfig } from 'src/config/app-config';
import { directOptions } from 'src/database/connection';
import { JobLane, type LaneBase } from './job-lane';
import { JobRegistry, type MessageChannel } from './job-registry';
import { JobRuns } from './job-runs';

/** How many jobs of a kind a process does at a time: messages by channel, because their providers fail one by one. */
const LANES: Readonly<Record<MessageChannel | 'work', number>> = { work: 3, email: 4, sms: 2, push: 4 };
/** Each lane listens on a connection of its own; claiming and ending a job takes one for a moment. */
const CONNECTIONS = Object.keys(LANES).length + 4;
/** What a job may still take when the process ends. */
const LAST_JOBS_MS = 7_000;
const SETTLE_MS = 10_000;
const SETTLE_STEP_MS = 10;

/** What has been held for long is held by nobody any more, and not worth waiting for. */
const UNSETTLED = `
  SELECT count(*)::int AS waiting FROM graphile_worker._private_jobs
  WHERE run_at <= now() AND attempts < max_attempts AND locked_at IS NULL OR locked_at > now() - interval '30 seconds'`;

/**
 * Works off the queue, with a few connections of its own so that jobs never starve requests. A process of role `api`
 * claims nothing by itself.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private pool: Pool | null = null;
  private lanes: JobLane[] = [];
  private stopped: Promise<void> | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly registry: JobRegistry,
    private readonly runs: JobRuns,
    lifecycle: Lifecycle,
  ) {
    // With the first sign of the end, so that what runs has all the time there is.
    lifecycle.onStopping(() => void this.stop());
  }

  onApplicationBootstrap(): void {
    if (!this.config.runsJobs) return;
    this.lanes = this.openLanes();
    for (const lane of this.lanes) lane.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    for (const lane of this.lanes)
      await lane.handBack().catch((error: unknown) => {
        this.logger.error({ err: error }, 'jobs that were cut short could not be handed back');
      });
    await this.pool?.end();
  }

  /** Works off everything that may run now, and waits for what other processes are at. For the sandbox. */
  async settle(): Promise<void> {
    const base = this.base();
    const taskList = this.runs.tasksOf(this.registry.entries());
    for (let waited = 0; waited < SETTLE_MS; waited += SETTLE_STEP_MS) {
      await runOnce({ ...base, taskList });
      const { rows } = await base.pgPool.query<{ waiting: number }>(UNSETTLED);
      if (rows[0]?.waiting === 0) return;
      await pause(SETTLE_STEP_MS);
    }
  }

  private openLanes(): JobLane[] {
    const base = this.base();
    return Object.entries(LANES).flatMap(([name, concurrency]) => {
      const jobs = this.registry.entries().filter(([, { message }]) => (message?.channel ?? 'work') === name);
      return jobs.length > 0 ? [new JobLane(name, this.runs.tasksOf(jobs), concurrency, base)] : [];
    });
  }

  /** Claims nothing more, and waits for what runs as long as there is time. */
  private stop(): Promise<void> {
    this.stopped ??= this.waitForLastJobs();
    return this.stopped;
  }

  private async waitForLastJobs(): Promise<void> {
    const ended = new AbortController();
    await Promise.race([
      Promise.all(this.lanes.map((lane) => lane.stop())),
      pause(LAST_JOBS_MS, undefined, { signal: ended.signal }).catch(() => undefined),
    ]);
    ended.abort();
  }

  private base(): LaneBase {
    this.pool ??= new Pool({ ...directOptions(this.config), application_name: 'mycoach-jobs', max: CONNECTIONS });
    // Without a listener a lost idle connection would end the process.
    if (this.pool.listenerCount('error') === 0)
      this.pool.on('error', (error) => this.logger.warn({ err: error }, 'a connection of the job queue was lost'));
    return { pgPool: this.pool, noHandleSignals: true, logger: this.quietLogger() };
  }

  private quietLogger(): GraphileLogger {
    // The library declares its enum of levels, but exports it in its types only.
    return new GraphileLogger(() => (level: string, message, meta) => {
      // A job that failed has had its line already, by whoever ran it.
      if (meta?.['failure'] === true) this.logger.verbose(message);
      else if (level === 'error') this.logger.error(message);
      else if (level === 'warning') this.logger.warn(message);
      else this.logger.verbose(message);
    });
  }
}
