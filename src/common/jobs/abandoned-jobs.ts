import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { AppConfig } from 'src/config/app-config';

const EVERY_MS = 30_000;

/** Leases are real time, by the database's own clock. No job takes longer: what waits for the outside has a timeout. */
const FREE: Statement = {
  name: 'jobs_free_abandoned',
  text: `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
         WHERE locked_at < now() - interval '2 minutes'`,
};

/**
 * Gives back the jobs of processes that were killed. The library would let them be held for four hours, and a link to
 * reset a password is dead after one. Should such a job still be running somewhere it runs twice, which changes nothing.
 */
@Injectable()
export class AbandonedJobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AbandonedJobs.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
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

  /** Returns how many jobs may be taken again. */
  async free(): Promise<number> {
    try {
      const freed = await this.database.execute(FREE);
      if (freed > 0) this.logger.warn({ jobs: freed }, 'jobs of a process that is no more were given back');
      return freed;
    } catch (error) {
      this.logger.warn({ err: error }, 'abandoned jobs could not be looked for, trying again');
      return 0;
    }
  }
}
