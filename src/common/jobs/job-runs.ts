import { randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { Job, TaskList } from 'graphile-worker';
import { type JobOutcome, Metrics } from 'src/common/metrics/metrics';
import { DeliveryFailure } from 'src/common/outbound/delivery-failure';
import { DeadLetters } from './dead-letters';
import { type Ending, endingOf, errorCodeOf } from './ending.rules';
import type { JobPayload } from './job-queue';
import { type JobRun, type RegisteredJob } from './job-registry';
import { type HeldJob, JobRepository } from './job.repository';

const RANDOM_STEPS = 1_000_000;
/** Four times in the two minutes after which a job counts as abandoned. */
const RENEW_MS = 30_000;

/**
 * Runs a job, and says how it ended when it failed. The library knows one answer to a failure, its own wait after its
 * own formula. So the row is let go of here, with the wait and the attempts that are right; what the library writes
 * after that is for a job that it holds, and finds none.
 */
@Injectable()
export class JobRuns {
  private readonly logger = new Logger(JobRuns.name);

  constructor(
    private readonly jobs: JobRepository,
    private readonly letters: DeadLetters,
    private readonly metrics: Metrics,
  ) {}

  /** What the library is to run. */
  tasksOf(jobs: readonly (readonly [string, RegisteredJob])[]): TaskList {
    return Object.fromEntries(
      jobs.map(([task, registered]) => [
        task,
        (_payload, { job }) => this.run(heldJob(task, job), registered, runOf(job)),
      ]),
    );
  }

  private async run(job: HeldJob, { handler, message }: RegisteredJob, run: JobRun): Promise<void> {
    let outcome: JobOutcome = 'done';
    const renewal = setInterval(() => void this.renew(job), RENEW_MS).unref();
    try {
      await handler(job.payload, run);
    } catch (error) {
      const ending = endingOf(error, run, randomInt(RANDOM_STEPS) / RANDOM_STEPS);
      outcome = ending.outcome;
      this.tell(job, ending, error);
      const isEnded = ending.outcome === 'dead' && message && (await this.isParked(job, message, errorCodeOf(error)));
      if (isEnded) return;
      await this.jobs.release(job, ending, message ? errorCodeOf(error) : textOf(error));
      // The library deletes what ends in order.
      throw error;
    } finally {
      clearInterval(renewal);
      this.metrics.jobEnded(job.task, outcome);
      if (message) this.metrics.deliveryEnded(message.channel, outcome);
    }
  }

  private async renew(job: HeldJob): Promise<void> {
    try {
      if (!(await this.jobs.renew(job)))
        this.logger.warn({ job: job.task }, 'a job that still runs is held by another');
    } catch (error) {
      this.logger.warn({ err: error, job: job.task }, 'the lease of a job could not be renewed, trying again');
    }
  }

  /** What cannot be parked now keeps its row without attempts, and is parked by whoever looks after such rows. */
  private async isParked(job: HeldJob, message: NonNullable<RegisteredJob['message']>, code: string): Promise<boolean> {
    try {
      return await this.letters.park(job, message, code);
    } catch (error) {
      this.logger.error({ err: error, job: job.task }, 'a dead letter could not be parked, trying again');
      return false;
    }
  }

  private tell(job: HeldJob, ending: Ending, error: unknown): void {
    const line = { job: job.task, attempt: job.attempts, code: errorCodeOf(error) };
    if (ending.outcome === 'postponed') this.logger.debug(line, 'a job waits for its provider');
    else if (ending.outcome === 'dead') this.logger.error({ ...line, ...foreseen(error) }, 'a job failed for good');
    else this.logger.warn({ ...line, ...foreseen(error), waitMs: ending.waitMs }, 'a job failed and is tried again');
  }
}

/** A failure that nobody foresaw is told in full, as every other fault of ours. */
function foreseen(error: unknown): { err?: unknown } {
  return error instanceof DeliveryFailure ? {} : { err: error };
}

function textOf(error: unknown): string {
  return error instanceof Error && error.message ? error.message : errorCodeOf(error);
}

function heldJob(task: string, { id, payload, attempts, locked_by: holder }: Job): HeldJob {
  return { id, task, payload: payload as JobPayload, attempts, holder };
}

function runOf({ attempts, max_attempts }: Job): JobRun {
  return { attempt: attempts, isLast: attempts >= max_attempts };
}
