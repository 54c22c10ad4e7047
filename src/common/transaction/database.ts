import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import type { PoolState } from 'src/common/metrics/metrics';
import { AppConfig } from 'src/config/app-config';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import { ReadReplica } from './read-replica';

/** PostgreSQL cuts what is longer, and then two names may be one. */
const LONGEST_NAME = 63;

/** A statement of a hot path: named once, so that PostgreSQL parses and plans it once per connection. */
export interface Statement {
  /** At most 63 ASCII letters; one text only. */
  name: string;
  text: string;
}

/** The way to PostgreSQL: in the ambient transaction where there is one, else on a connection of a pool. */
@Injectable()
export class Database {
  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    @InjectDataSource() private readonly source: DataSource,
    private readonly replica: ReadReplica,
    private readonly config: AppConfig,
  ) {}

  /** @throws ServiceUnavailable until the first connection is made */
  get manager(): EntityManager {
    if (!this.source.isInitialized) throw new ServiceUnavailable();
    return this.host.isTransactionActive() ? this.host.tx : (this.replica.manager ?? this.host.tx);
  }

  repository<T extends ObjectLiteral>(entity: EntityTarget<T>): Repository<T> {
    return this.manager.getRepository(entity);
  }

  /** Runs a named statement and returns its rows. The rows are what `pg` decodes: the caller names their type. */
  async query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.run(statement, values);
    return result.rows as Row[];
  }

  /** Runs a named statement and returns how many rows it changed. */
  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    const result = await this.run(statement, values);
    return result.rowCount ?? 0;
  }

  /** How busy the connections are. */
  poolState(): PoolState {
    if (!this.source.isInitialized) return { inUse: 0, idle: 0, waiting: 0 };
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  private get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  private async run(statement: Statement, values: readonly unknown[]): Promise<QueryResult> {
    if (statement.name.length > LONGEST_NAME) throw new Error(`The statement name "${statement.name}" is too long`);
    // TypeORM never names a statement; its query runner gives the pg client that the transaction or the replica's reader holds.
    const runner = this.manager.queryRunner;
    const target: Pool | PoolClient = runner ? ((await runner.connect()) as PoolClient) : this.pool;
    const { name, text } = statement;
    return target.query({ ...(this.config.preparesStatements && { name }), text, values: [...values] });
  }
}
