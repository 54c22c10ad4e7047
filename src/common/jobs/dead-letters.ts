import { Injectable, Logger } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { batches } from 'src/common/paging/batches';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { DeadLetterRepository } from './dead-letter.repository';
import { errorCodeOf } from './ending.rules';
import { type JobPayload, JobQueue } from './job-queue';
import { JobRegistry, type MessageJob } from './job-registry';
import { type HeldJob, JobRepository, type SpentJob } from './job.repository';

const BATCH = 100;
/** What our own runs write as the last error. Anything else may hold a text. */
const CODE = /^[\w./:-]+( [\w./:-]+){0,2}$/;

/** Messages that could not be delivered are parked here, for somebody to look at and send again. */
@Injectable()
export class DeadLetters {
  private readonly logger = new Logger(DeadLetters.name);

  constructor(
    private readonly registry: JobRegistry,
    private readonly queue: JobQueue,
    private readonly jobs: JobRepository,
    private readonly letters: DeadLetterRepository,
    private readonly clock: Clock,
  ) {}

  /** Ends a job and parks its message. Answers false when the job is in other hands by now, and nothing was done. */
  async park(job: HeldJob, message: MessageJob, errorCode: string): Promise<boolean> {
    const matter = await this.describe(job, message);
    const isParked = await this.move(job, message, matter, errorCode);
    if (isParked)
      this.logger.error(
        { job: job.task, channel: message.channel, type: matter.type, attempts: job.attempts, code: errorCode },
        'a message could not be delivered and was parked',
      );
    return isParked;
  }

  /**
   * Parks what used up its attempts with nobody there to park it: its process was killed during the last one, or the
   * database went away. Those that cannot be parked do not stand before the others.
   */
  async parkSpent(): Promise<void> {
    const tasks = this.registry.messageTasks();
    const all = batches<SpentJob>(BATCH, (last) => this.jobs.spent(tasks, last?.id ?? '0', BATCH));
    for await (const spent of all) for (const job of spent) await this.parkLate(job);
  }

  /** Sends a letter again. Answers false when it is not there, or somebody else has just done so. */
  @Transactional()
  async replay(id: string): Promise<boolean> {
    const parked = await this.letters.take(id);
    if (!parked) return false;
    await this.registry.find(parked.task)?.message?.replayed?.(parked.payload);
    await this.queue.add(parked.task, parked.payload);
    return true;
  }

  @Transactional()
  private async move(
    job: HeldJob,
    message: MessageJob,
    matter: { type: string; userId: string | null },
    lastError: string,
  ): Promise<boolean> {
    if (!(await this.jobs.remove(job))) return false;
    const { task, payload, attempts } = job;
    const { channel } = message;
    await this.letters.insert({ channel, ...matter, task, payload, attempts, lastError, createdAt: this.clock.now() });
    await message.parked?.(payload, lastError);
    return true;
  }

  private async parkLate(job: SpentJob): Promise<void> {
    const message = this.registry.find(job.task)?.message;
    if (!message) return;
    const { lastError } = job;
    try {
      await this.park(job, message, lastError !== null && CODE.test(lastError) ? lastError : 'abandoned');
    } catch (error) {
      // The others are not kept waiting for it, and it is looked at again.
      this.logger.error({ err: error, job: job.task }, 'a dead letter could not be parked, trying again');
    }
  }

  /** A message that breaks whoever looks at it is parked all the same, under the name of its job. */
  private async describe(
    { task, payload }: { task: string; payload: JobPayload },
    message: MessageJob,
  ): Promise<{ type: string; userId: string | null }> {
    try {
      return await message.describe(payload);
    } catch (error) {
      this.logger.warn({ job: task, code: errorCodeOf(error) }, 'nobody can say what a dead letter is about');
      return { type: task, userId: null };
    }
  }
}
