import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from 'src/config/app-config';
import { DeadLetters } from './dead-letters';
import { JobRepository } from './job.repository';

const EVERY_MS = 30_000;

/**
 * Gives back the jobs of processes that were killed. The library would let them be held for four hours, and a link to
 * reset a password is dead after one. Should such a job still be running somewhere, in a process that could not reach the
 * database for two minutes, it runs twice, which changes nothing.
 * A message whose last attempt was cut short that way is parked.
 */
@Injectable()
export class AbandonedJobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AbandonedJobs.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly jobs: JobRepository,
    private readonly letters: DeadLetters,
    private readonly config: AppConfig,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.runsJobs) return;
    void this.free();
    this.timer = setInterval(() => void this.free(), EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Returns how many jobs were given back. */
  async free(): Promise<number> {
    try {
      const freed = await this.jobs.freeAbandoned();
      if (freed > 0) this.logger.warn({ jobs: freed }, 'jobs of a process that is no more were given back');
      await this.letters.parkSpent();
      return freed;
    } catch (error) {
      this.logger.warn({ err: error }, 'abandoned jobs could not be looked for, trying again');
      return 0;
    }
  }
}
