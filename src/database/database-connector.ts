import { Injectable, Logger, type OnModuleInit, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AppConfig } from 'src/config/app-config';
import { DataSource } from 'typeorm';
import { MISSING_LIMITS } from './connection';
import { DatabaseRefused } from './database-refused';

const RETRY_MS = 500;

/**
 * What has to be so before anybody is served from the database. False = it cannot be told yet, and is asked again.
 *
 * @throws DatabaseRefused when it will never be so
 */
export type Demand = () => Promise<boolean>;

/**
 * Connects to PostgreSQL, and keeps trying when it is not there yet: a process that starts before its database says
 * 503 until the database comes, and needs no restart. A connection lost later is the pool's to replace. A database that
 * does not meet the demands of this process ends it: at once, or when it comes.
 */
@Injectable()
export class DatabaseConnector implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DatabaseConnector.name);
  private timer: NodeJS.Timeout | null = null;
  private isOver = false;
  private readonly demands: Demand[] = [];

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly config: AppConfig,
  ) {}

  /** To be called while the application is put together: demands are met before it is initialized. */
  demand(demand: Demand): void {
    this.demands.push(demand);
  }

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  onModuleDestroy(): void {
    this.isOver = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async connect(): Promise<void> {
    if (this.isOver) return;
    try {
      if (!this.source.isInitialized) await this.open();
      if (await this.areDemandsMet()) return;
    } catch (error) {
      if (error instanceof DatabaseRefused) {
        await this.source.destroy();
        throw error;
      }
      this.logger.warn({ err: error }, 'the database is not there yet, trying again');
    }
    // What is refused that late is nobody's to catch: the process ends, as it would have at the start.
    this.timer = setTimeout(() => void this.connect(), RETRY_MS);
  }

  private async open(): Promise<void> {
    await this.source.initialize();
    if (this.config.isPooled) await this.refuseWithoutLimits();
  }

  private async areDemandsMet(): Promise<boolean> {
    for (const isMet of this.demands) if (!(await isMet())) return false;
    return true;
  }

  /** A pooler takes no limits of ours, so the role must bring them: what hangs would hold a connection of everybody's. */
  private async refuseWithoutLimits(): Promise<void> {
    try {
      const missing = await this.source.query<{ name: string }[]>(MISSING_LIMITS);
      if (missing.length === 0) return;
      const names = missing.map(({ name }) => name).join(', ');
      throw new Error(`The role behind the pooler has no ${names}: see docs/scaling.md`);
    } catch (error) {
      await this.source.destroy();
      throw error;
    }
  }
}
