import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Propagation, TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ServiceUnavailable } from 'src/common/errors/domain.error';
import { AppConfig } from 'src/config/app-config';
import { Gathered, type Writer } from './gathered';
import { isDatabaseUnavailable, isSerializationFailure } from './sql-state';
import { TransactionGate } from './transaction-gate';

const ATTEMPTS = 3;

/** One business act, all or nothing. Acts called within it join it. */
@Injectable()
export class UnitOfWork {
  private readonly gate: TransactionGate;
  private readonly gathered = new AsyncLocalStorage<Gathered>();

  constructor(
    private readonly host: TransactionHost<TransactionalAdapterTypeOrm>,
    @InjectDataSource() private readonly source: DataSource,
    config: AppConfig,
  ) {
    // A connection or two are left for plain reads: a rush of writes does not keep people from looking.
    this.gate = new TransactionGate(Math.max(1, config.poolSize - 2));
  }

  /**
   * Runs `work` in the ambient transaction, or opens one. A deadlock or serialisation failure re-runs the whole of
   * the outermost unit, at most three times: retrying one statement of an aborted transaction cannot succeed.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.host.isTransactionActive()) return work();
    if (!this.source.isInitialized) throw new ServiceUnavailable();
    await this.gate.enter();
    let isThrough = true;
    try {
      return await this.attempt(work);
    } catch (error) {
      isThrough = !isDatabaseUnavailable(error);
      throw error;
    } finally {
      this.gate.leave(isThrough);
    }
  }

  /** Whether one runs here and now, which what is written next belongs to. */
  get isRunning(): boolean {
    return this.host.isTransactionActive();
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.host.withTransaction(() => this.gathering(work, (gathered) => gathered.write()));
      } catch (error) {
        if (attempt >= ATTEMPTS || !isSerializationFailure(error)) throw error;
        // Two transactions that met once should not meet again at the same instant.
        await pause(randomInt(5, 25 * attempt));
      }
    }
  }

  /** Runs `work` under a savepoint: its failure undoes only itself, and is the caller's to handle. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.gathered.getStore();
    // What it gathered goes up when the savepoint is released, and is gone when it is rolled back.
    const end = async (own: Gathered): Promise<void> => (outer ? own.moveTo(outer) : own.write());
    return this.host.withTransaction(Propagation.Nested, () => this.gathering(work, end));
  }

  /**
   * Keeps an item until the ambient unit of work is about to commit, and has all of them written there at once, in the
   * order they came. Nothing is written when the unit is rolled back, and each re-run gathers anew.
   *
   * @returns false when no unit of work runs, so that nobody would write it
   */
  gather<T>(writer: Writer<T>, item: T): boolean {
    return this.gathered.getStore()?.add(writer, [item]) ?? false;
  }

  private async gathering<T>(work: () => Promise<T>, end: (gathered: Gathered) => Promise<void>): Promise<T> {
    const gathered = new Gathered();
    try {
      return await this.gathered.run(gathered, async () => {
        const result = await work();
        await end(gathered);
        return result;
      });
    } finally {
      gathered.end();
    }
  }
}
