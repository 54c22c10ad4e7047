import { Injectable, Logger, type OnModuleInit, type OnModuleDestroy } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

const RETRY_MS = 500;

/**
 * Connects to PostgreSQL, and keeps trying when it is not there yet: a process that starts before its database says
 * 503 until the database comes, and needs no restart. A connection lost later is the pool's to replace.
 */
@Injectable()
export class DatabaseConnector implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DatabaseConnector.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(@InjectDataSource() private readonly source: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  onModuleDestroy(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private async connect(): Promise<void> {
    if (this.source.isInitialized) return;
    try {
      await this.source.initialize();
    } catch (error) {
      this.logger.warn({ err: error }, 'the database is not there yet, trying again');
      this.timer = setTimeout(() => void this.connect(), RETRY_MS);
    }
  }
}
