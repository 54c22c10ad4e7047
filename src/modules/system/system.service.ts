import { Injectable } from '@nestjs/common';
import { TypeOrmHealthIndicator } from '@nestjs/terminus';
import { Lifecycle } from 'src/common/lifecycle/lifecycle';
import { sqlState } from 'src/common/transaction/sql-state';
import { AppConfig } from 'src/config/app-config';
import { VERSION } from 'src/config/version';
import { SystemRepository } from './system.repository';

const PING_MS = 1_500;
const UNDEFINED_TABLE = '42P01';

/** What probes and operators ask of a process. */
@Injectable()
export class SystemService {
  private isMigrated = false;

  constructor(
    private readonly config: AppConfig,
    private readonly indicator: TypeOrmHealthIndicator,
    private readonly schema: SystemRepository,
    private readonly lifecycle: Lifecycle,
  ) {}

  async health(): Promise<{ database: boolean; version: string; environment: string }> {
    return { database: await this.databaseAnswers(), version: VERSION, environment: this.config.environment };
  }

  /** Why no traffic should come here; empty = ready. */
  async unreadiness(): Promise<string[]> {
    const reasons = this.lifecycle.isStopping ? ['shutting_down'] : [];
    if (!(await this.databaseAnswers())) return [...reasons, 'database'];
    try {
      return (await this.hasPendingMigrations()) ? [...reasons, 'migrations_pending'] : reasons;
    } catch {
      // It went away in between.
      return [...reasons, 'database'];
    }
  }

  private async databaseAnswers(): Promise<boolean> {
    try {
      const { database } = await this.indicator.pingCheck('database', { timeout: PING_MS });
      return database.status === 'up';
    } catch {
      return false;
    }
  }

  private async hasPendingMigrations(): Promise<boolean> {
    // Migrations only move forward: once this build has seen its own, it need not ask again.
    if (this.isMigrated) return false;
    try {
      this.isMigrated = (await this.schema.pendingMigrations()).length === 0;
    } catch (error) {
      if (sqlState(error) !== UNDEFINED_TABLE) throw error;
    }
    return !this.isMigrated;
  }
}
