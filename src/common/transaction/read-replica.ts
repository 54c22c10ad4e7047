import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Pool } from 'pg';
import { AppConfig } from 'src/config/app-config';
import { replicaOptions } from 'src/database/connection';
import { DataSource, type EntityManager } from 'typeorm';
import { ReplicaWatch } from './replica-watch';
import { isDatabaseUnavailable } from './sql-state';

/**
 * A copy of the database that may be some moments old, for what many read and nobody has just written himself. Without
 * one, or while it is away or too far behind, everything is read from the primary, and nobody need know.
 */
@Injectable()
export class ReadReplica implements OnApplicationShutdown {
  private readonly logger = new Logger(ReadReplica.name);
  private readonly reads = new AsyncLocalStorage<EntityManager>();
  private readonly pool: Pool | null;

  constructor(
    config: AppConfig,
    private readonly watch: ReplicaWatch,
    @InjectDataSource() private readonly source: DataSource,
  ) {
    this.pool = config.replicaUrl === null ? null : new Pool(replicaOptions(config));
    // Without a listener a lost idle connection would end the process.
    this.pool?.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }

  /** How much of what the primary has it may lack; 0 without one. */
  get lagSeconds(): number {
    return this.pool === null ? 0 : this.watch.lagMs / 1_000;
  }

  /** What reads here and now on a connection to the replica; null = the primary is read. */
  get manager(): EntityManager | null {
    return this.reads.getStore() ?? null;
  }

  /**
   * Has what `work` reads come from the replica. What that cannot do, or not in time, is done again from the beginning at
   * the primary: `work` only reads. What it does in a transaction goes to the primary in any case.
   *
   * @param isRecentEnough asked of the replica first; false = the primary is read
   */
  async reading<T>(work: () => Promise<T>, isRecentEnough?: () => Promise<boolean>): Promise<T> {
    const { pool } = this;
    if (!pool || !this.watch.isNear) return work();
    try {
      const read = await this.through(pool, async () => {
        const isRecent = isRecentEnough === undefined || (await isRecentEnough());
        return isRecent ? { result: await work() } : null;
      });
      if (read) return read.result;
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      this.watch.doubt();
      this.logger.warn({ err: error }, 'the replica could not answer: the primary is read');
    }
    return work();
  }

  private async through<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let isLost = true;
    try {
      const runner = this.source.createQueryRunner();
      runner.connect = () => Promise.resolve(client);
      const read = await this.reads.run(this.source.createEntityManager(runner), work);
      isLost = false;
      return read;
    } catch (error) {
      isLost = isDatabaseUnavailable(error);
      throw error;
    } finally {
      client.release(isLost);
    }
  }
}
