import { Injectable, Logger, type OnModuleInit, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AppConfig } from 'src/config/app-config';
import { DataSource } from 'typeorm';
import { MISSING_LIMITS } from './connection';

const RETRY_MS = 500;

/**
 * Connects to PostgreSQL, and keeps trying when it is not there yet: a process that starts before its database says
 * 503 until the database comes, and needs no restart. A connection lost later is the pool's to replace.
 */
@Injectable()
export class DatabaseConnector implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DatabaseConnector.name);
  private timer: NodeJS.Timeout | null = null;
  private isOver = false;

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly config: AppConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  onModuleDestroy(): void {
    this.isOver = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async connect(): Promise<void> {
    if (this.source.isInitialized || this.isOver) return;
    try {
      await this.source.initialize();
      if (this.config.isPooled) await this.refuseWithoutLimits();
    } catch (error) {
      this.logger.warn({ err: error }, 'the database is not there yet, trying again');
      this.timer = setTimeout(() => void this.connect(), RETRY_MS);
    }
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
