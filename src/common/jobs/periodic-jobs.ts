import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { earliest } from 'src/common/clock/earliest';
import { Database, type Statement } from 'src/common/transaction/database';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { JobQueue } from './job-queue';
import { JobRegistry } from './job-registry';
import type { Schedule } from './schedule';

const RUN_PERIODIC = 'run_periodic_job';

/** A tick is claimed within seconds; a week of them tells an operator whether a job ran. */
const KEPT_MS = 7 * DAY_MS;

const CLAIM_TICK: Statement = {
  name: 'claim_tick',
  text: `WITH bygone AS (DELETE FROM job_ticks WHERE job = $1 AND tick < $3)
         INSERT INTO job_ticks (job, tick) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING job`,
};

/** Work that recurs by the product's clock. Running it twice, late or in two processes leaves the same state. */
export interface PeriodicJob {
  /** One of the contract's job names. */
  readonly name: string;
  readonly schedule: Schedule;
  /** The earliest moment at which there is work by what the database holds now, or null. */
  nextDue(): Promise<Date | null>;
  /** Does what is due and answers how many rows it changed. */
  run(): Promise<number>;
}

/** All periodic jobs, and the tick rows that make each tick happen once however many processes run. */
@Injectable()
export class PeriodicJobs implements OnModuleInit {
  private readonly logger = new Logger(PeriodicJobs.name);
  private readonly jobs = new Map<string, PeriodicJob>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly registry: JobRegistry,
  ) {}

  onModuleInit(): void {
    this.registry.register(RUN_PERIODIC, async ({ job }) => {
      await this.jobs.get(String(job))?.run();
    });
  }

  /** Two modules may each have a part of one job: whichever of them ticks, both parts run. */
  register(job: PeriodicJob): void {
    const known = this.jobs.get(job.name);
    this.jobs.set(job.name, known ? joined(known, job) : job);
  }

  get(name: string): PeriodicJob | undefined {
    return this.jobs.get(name);
  }

  all(): PeriodicJob[] {
    return [...this.jobs.values()];
  }

  /** Called by `@Cron` in every process: the first one to write the tick's row queues the work. */
  async tick(job: PeriodicJob): Promise<void> {
    try {
      await this.claim(job);
    } catch (error) {
      // The next tick finds the same rows, so a tick missed while the database is away is only late.
      this.logger.error({ err: error, job: job.name }, 'a periodic job could not be queued');
    }
  }

  @Transactional()
  private async claim(job: PeriodicJob): Promise<void> {
    const tick = new Date(job.schedule.tickAt(this.clock.nowMs()));
    const claimed = await this.database.query(CLAIM_TICK, [job.name, tick, new Date(tick.getTime() - KEPT_MS)]);
    if (claimed.length > 0) await this.queue.add(RUN_PERIODIC, { job: job.name });
  }
}

function joined(one: PeriodicJob, other: PeriodicJob): PeriodicJob {
  const { name, schedule } = one;
  if (other.schedule.cron !== schedule.cron) throw new Error(`The parts of the job "${name}" tick at different times`);
  return {
    name,
    schedule,
    nextDue: async () => earliest(await one.nextDue(), await other.nextDue()),
    run: async () => {
      // One part that fails does not keep the other from its work; the failure is told all the same.
      const runs = await Promise.allSettled([one.run(), other.run()]);
      for (const run of runs) if (run.status === 'rejected') throw run.reason;
      return runs.reduce((changed, run) => changed + (run.status === 'fulfilled' ? run.value : 0), 0);
    },
  };
}
