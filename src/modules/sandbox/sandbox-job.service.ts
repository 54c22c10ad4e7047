import { Injectable } from '@nestjs/common';
import { JobWorker } from 'src/common/jobs/job-worker';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { orThrow } from 'src/common/errors/domain.error';
import { type ClockState, SandboxClockService } from './sandbox-clock.service';
import { JobNotFound } from './sandbox.errors';

/** A job that did something, and the moment of the product's clock at which it did. */
export interface JobRun {
  name: string;
  at: Date;
}

export interface Advance extends ClockState {
  jobsRun: JobRun[];
}

export interface SingleRun extends JobRun {
  /** Rows that it changed. */
  processed: number;
}

interface Tick {
  job: PeriodicJob;
  atMs: number;
  dueMs: number;
}

/** A job that says it has work and changes nothing is not asked for ever: so many ticks, then it is left. */
const FRUITLESS_TICKS = 3;

/** What one job did in this advance. */
interface History {
  lastMs: number;
  fruitless: number;
  dueMs: number;
}

/** Runs periodic jobs by hand, and those that fall due while the clock is advanced. */
@Injectable()
export class SandboxJobService {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: SandboxClockService,
    private readonly jobs: PeriodicJobs,
    private readonly worker: JobWorker,
  ) {}

  /**
   * Runs one job now, whether it is due or not, and sends what it gave to send.
   *
   * @throws JobNotFound
   */
  async run(name: string): Promise<SingleRun> {
    const job = orThrow(this.jobs.get(name), JobNotFound);
    const at = this.clock.state().now;
    const processed = await job.run();
    await this.worker.settle();
    return { name, at, processed };
  }

  /**
   * Moves the clock by so many seconds, from one due moment to the next, and runs the jobs that fall due on the way, in
   * order. A clock that followed real time stands still from here on; one that ran on from another time still does.
   */
  async advance(seconds: number): Promise<Advance> {
    // Two advances at once would pull the clock to and fro.
    const travel = this.turn.catch(() => undefined).then(() => this.travel(seconds));
    this.turn = travel;
    return travel;
  }

  private async travel(seconds: number): Promise<Advance> {
    const { now, moved, frozen } = this.clock.state();
    const targetMs = now.getTime() + seconds * 1_000;
    await this.clock.freezeAt(now.getTime());
    const jobsRun = await this.runDue(now.getTime(), targetMs);
    if (moved && !frozen) await this.clock.runFrom(targetMs);
    else await this.clock.freezeAt(targetMs);
    await this.worker.settle();
    return { ...this.clock.state(), jobsRun };
  }

  private async runDue(fromMs: number, targetMs: number): Promise<JobRun[]> {
    const done: JobRun[] = [];
    const histories = new Map<string, History>();
    let nowMs = fromMs;
    for (;;) {
      const tick = await this.nextTick(nowMs, histories);
      if (!tick || tick.atMs > targetMs) return done;
      nowMs = tick.atMs;
      await this.clock.freezeAt(nowMs);
      const changed = await tick.job.run();
      await this.worker.settle();
      remember(histories, tick, changed);
      if (changed > 0) done.push({ name: tick.job.name, at: new Date(nowMs) });
    }
  }

  /** The earliest tick with work, of several at one moment that of the job registered first. */
  private async nextTick(nowMs: number, histories: ReadonlyMap<string, History>): Promise<Tick | null> {
    let earliest: Tick | null = null;
    for (const job of this.jobs.all()) {
      const due = await job.nextDue();
      if (!due) continue;
      const dueMs = due.getTime();
      const history = histories.get(job.name);
      if (history && history.fruitless >= FRUITLESS_TICKS && history.dueMs === dueMs) continue;
      // The clock never goes back for work that is overdue.
      const atMs = job.schedule.tickFrom(Math.max(dueMs, nowMs, history ? history.lastMs + 1 : nowMs));
      if (!earliest || atMs < earliest.atMs) earliest = { job, atMs, dueMs };
    }
    return earliest;
  }
}

function remember(histories: Map<string, History>, { job, atMs, dueMs }: Tick, changed: number): void {
  const before = histories.get(job.name);
  const again = changed === 0 && before?.dueMs === dueMs;
  histories.set(job.name, { lastMs: atMs, dueMs, fruitless: changed > 0 ? 0 : again ? before.fruitless + 1 : 1 });
  // What this run changed may be work for the others.
  if (changed > 0) for (const history of histories.values()) history.fruitless = 0;
}
