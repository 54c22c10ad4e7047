import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { run, type Runner, type RunnerOptions, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';

const POLL_MS = 1_000;

/** An attempt that was cut short does not count. */
const HAND_BACK = `
  UPDATE graphile_worker._private_jobs
  SET locked_at = NULL, locked_by = NULL, attempts = greatest(attempts - 1, 0)
  WHERE locked_by = ANY($1)`;

/** What the runners of all lanes have in common. */
export type LaneBase = Pick<RunnerOptions, 'logger' | 'noHandleSignals'> & { pgPool: Pool };

/** One kind of work with hands of its own: where one lane is stuck, the others go on. */
export class JobLane {
  private readonly logger = new Logger(JobLane.name);
  private readonly stopping = new AbortController();
  /** The names under which this lane holds jobs. */
  private readonly holders = new Set<string>();
  private runner: Runner | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly name: string,
    private readonly tasks: TaskList,
    private readonly concurrency: number,
    private readonly base: LaneBase,
  ) {}

  start(): void {
    this.running ??= this.keepRunning();
  }

  /** Claims nothing more, and is done when what runs has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.stopRunner();
    await this.running;
  }

  /** Jobs of a runner that is no more may be taken by anybody. */
  async handBack(): Promise<void> {
    if (this.holders.size === 0) return;
    const { rowCount } = await this.base.pgPool.query(HAND_BACK, [[...this.holders]]);
    if (rowCount) this.logger.warn({ jobs: rowCount, lane: this.name }, 'jobs that were cut short were handed back');
    this.holders.clear();
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
          ...this.base,
          taskList: this.tasks,
          events: this.eventsOfRunner(),
          concurrency: this.concurrency,
          pollInterval: POLL_MS,
          parsedCronItems: [],
        });
        // Asked to stop while it was starting: nobody else would tell it.
        if (this.isStopping()) await this.runner.stop();
        await this.runner.promise;
      } catch (error) {
        this.logger.error({ err: error, lane: this.name }, 'the job queue is out of reach, trying again');
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

  private async stopRunner(): Promise<void> {
    // It refuses to be stopped twice, and then it stops already.
    await this.runner?.stop().catch(() => undefined);
  }
}
