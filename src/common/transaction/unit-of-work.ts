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
      const gathered = new Gathered();
      let last: Promise<unknown> = Promise.resolve();
      const end = async (): Promise<void> => {
        await gathered.write();
        last = gathered.writeLast();
        // It leaves together with COMMIT, which undoes everything when it fails; whoever waits for it is told below.
        last.catch(() => undefined);
      };
      try {
        const result = await this.host.withTransaction(() => this.gathering(gathered, work, end));
        await last;
        gathered.committed();
        return result;
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
    if (!outer || !this.isRunning) return this.run(work);
    const own = new Gathered();
    // What it gathered goes up when the savepoint is released, and is gone when it is rolled back.
    const end = (): void => own.moveTo(outer);
    return this.host.withTransaction(Propagation.Nested, () => this.gathering(own, work, end));
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

  /**
   * The same for a writer that does all it does in one statement, which it sends when it is called: it is written last,
   * and COMMIT is sent without waiting for its answer (ADR 0053).
   */
  gatherLast<T>(writer: Writer<T>, item: T): boolean {
    return this.gathered.getStore()?.addLast(writer, [item]) ?? false;
  }

  /**
   * Has something done when the ambient unit of work is committed, and never when it is rolled back. Nothing that must
   * not be lost: the process may end in between.
   *
   * @returns false when no unit of work runs, so that nobody would do it
   */
  whenCommitted(act: () => void): boolean {
    return this.gathered.getStore()?.addAct(act) ?? false;
  }

  private async gathering<T>(gathered: Gathered, work: () => Promise<T>, end: () => void | Promise<void>): Promise<T> {
    try {
      return await this.gathered.run(gathered, async () => {
        const result = await work();
        await end();
        return result;
      });
    } finally {
      gathered.end();
    }
  }
}
