import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import type { PoolState } from 'src/common/metrics/metrics';
import type { Rows } from 'src/common/paging/page';
import { AppConfig } from 'src/config/app-config';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryRunner,
  type Repository,
} from 'typeorm';
import { ReadReplica } from './read-replica';
import { SharedConnection } from './shared-connection';
import { together } from './together';

/** PostgreSQL cuts what is longer, and then two names may be one. */
const LONGEST_NAME = 63;

/** A statement of a hot path: named once, so that PostgreSQL parses and plans it once per connection. */
export interface Statement {
  /** At most 63 ASCII letters; one text only. */
  name: string;
  text: string;
  /** Read by an index in about a millisecond, waiting for nobody: outside transactions all share a connection. */
  isBrief?: true;
}

/** A connection, or something that has one. */
interface Target {
  query(statement: QueryConfig): Promise<QueryResult>;
}

/** What TypeORM's runner holds once it is connected. */
interface ConnectedRunner extends QueryRunner {
  databaseConnection?: PoolClient;
}

/** The way to PostgreSQL: in the ambient transaction where there is one, else on a connection of a pool. */
@Injectable()
export class Database {
  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    @InjectDataSource() private readonly source: DataSource,
    private readonly replica: ReadReplica,
    private readonly shared: SharedConnection,
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

  /** The first of the rows, null where there is none. */
  async first<Row>(statement: Statement, values: readonly unknown[] = []): Promise<Row | null> {
    const [row] = await this.query<Row>(statement, values);
    return row ?? null;
  }

  /** What stands in the only column of the rows. */
  async values<Value>(statement: Statement, values: readonly unknown[] = []): Promise<Value[]> {
    const rows = await this.query<Record<string, Value>>(statement, values);
    return rows.flatMap((row) => {
      const found = Object.values(row);
      if (found.length > 1) throw new Error(`The statement "${statement.name}" answers more than one column`);
      return found;
    });
  }

  /** What stands in the only column of the first row; null where nothing does, or no row is. */
  async value<Value>(statement: Statement, values: readonly unknown[] = []): Promise<Value | null> {
    const [value = null] = await this.values<Value | null>(statement, values);
    return value;
  }

  /** Runs a named statement and returns how many rows it changed. */
  async execute(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    const result = await this.run(statement, values);
    return result.rowCount ?? 0;
  }

  /**
   * A part of a list, and how many there are in all (`total` of one row): sent together on one connection, so that
   * counting costs no wait of its own.
   */
  async page<Row>(
    list: Statement,
    listed: readonly unknown[],
    count: Statement,
    counted: readonly unknown[],
  ): Promise<Rows<Row>> {
    return this.onOneConnection(async (target) => {
      const [rows, totals] = await together(this.send(target, list, listed), this.send(target, count, counted));
      const [{ total } = { total: 0 }] = totals.rows as { total: number }[];
      return { rows: rows.rows as Row[], total };
    });
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
    const { held } = this;
    // No wait before it is sent: statements reach the database in the order of the calls, which `together` counts on.
    const target: Target =
      (held instanceof Promise ? await held : held) ?? (statement.isBrief ? this.shared : this.pool);
    return this.send(target, statement, values);
  }

  private async onOneConnection<T>(work: (target: Target) => Promise<T>): Promise<T> {
    const held = await this.held;
    if (held) return work(held);
    const client = await this.pool.connect();
    let isLost = true;
    try {
      const result = await work(client);
      isLost = false;
      return result;
    } finally {
      client.release(isLost);
    }
  }

  /** What the transaction, or the reader of the replica, holds. TypeORM never names a statement: its runner has the client. */
  private get held(): PoolClient | Promise<PoolClient> | undefined {
    const runner: ConnectedRunner | undefined = this.manager.queryRunner;
    return runner && (runner.databaseConnection ?? (runner.connect() as Promise<PoolClient>));
  }

  private send(target: Target, { name, text }: Statement, values: readonly unknown[]): Promise<QueryResult> {
    if (name.length > LONGEST_NAME) throw new Error(`The statement name "${name}" is too long`);
    return target.query({ ...(this.config.preparesStatements && { name }), text, values: [...values] });
  }
}
