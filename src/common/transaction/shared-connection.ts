import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { AppConfig } from 'src/config/app-config';
import { connectionOptions } from 'src/database/connection';

/**
 * One connection on which all requests read at once what takes the database a moment (`Statement.isBrief`). Statements
 * that come together leave in one write and are answered in one, where a connection of the pool for each of them would
 * cost the process and the database several system calls and a change of process (ADR 0053). Nothing on it may wait for
 * a lock or take long: whatever comes behind waits with it.
 */
@Injectable()
export class SharedConnection implements OnApplicationShutdown {
  private readonly pool: Pool;
  private connecting: Promise<PoolClient> | null = null;
  private held: PoolClient | null = null;

  constructor(config: AppConfig) {
    this.pool = new Pool({ ...connectionOptions(config), application_name: 'mycoach-shared', max: 1 });
    // Without a listener a lost idle connection would end the process.
    this.pool.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connecting?.catch(() => undefined);
    this.giveBack(this.held);
    await this.pool.end();
  }

  /** Connects with the first statement, and again with the next one after a loss. */
  async query(statement: QueryConfig): Promise<QueryResult> {
    const client = await (this.connecting ??= this.connect());
    return client.query(statement);
  }

  private async connect(): Promise<PoolClient> {
    try {
      const client = await this.pool.connect();
      this.held = client;
      // A loss is told more than once, as either, and then another may be held already.
      for (const loss of ['error', 'end'] as const) client.on(loss, () => this.giveBack(client));
      return client;
    } catch (error) {
      this.connecting = null;
      throw error;
    }
  }

  private giveBack(client: PoolClient | null): void {
    if (!client || client !== this.held) return;
    this.held = null;
    this.connecting = null;
    client.release(true);
  }
}
