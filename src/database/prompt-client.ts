import { Client, type ClientConfig, type QueryConfig } from 'pg';

/** What TypeORM begins a transaction with. */
const START = 'START TRANSACTION';
const STARTED = { command: 'START', rowCount: null, oid: 0, rows: [], fields: [] };
/** What changes nothing that outlives it: locks, of which one outside a transaction is gone with its statement. */
const READ = /^\s*SELECT\s/;
/** The only functions that write and are asked by SELECT. */
const WRITING = 'graphile_worker.';

/**
 * A connection that sends statements as they come, without waiting for the answer to the one before (ADR 0053), those of
 * one turn in one write. A transaction begins with its first statement, in the same write. The connection is given up
 * with the first answer that does not come in time: the driver would keep it and let the next statement, often the
 * ROLLBACK, wait as long again.
 */
export class PromptClient extends Client {
  private readonly send: (...values: unknown[]) => unknown;
  private isGathering = false;
  /** Somebody believes in a transaction that is begun with the next statement. */
  private isToStart = false;
  /** Until the database has answered that it is begun. */
  private starting: Promise<void> | null = null;
  /** Why it is not: nothing may run that believes in it. */
  private failure: Error | null = null;

  constructor(config?: string | ClientConfig) {
    super(config);
    // Whoever waits for an answer is told of the loss; an error that nobody listens to would end the process.
    this.on('error', () => undefined);
    this.send = this.query.bind(this);
    Object.assign(this, { query: (...values: unknown[]) => this.ask(values) });
  }

  private ask(values: unknown[]): unknown {
    const text = textOf(values[0]);
    if (text === START) {
      this.isToStart = true;
      return Promise.resolve(STARTED);
    }
    if (this.isToStart) this.start();
    // What writes is not sent before it is certain that it can be undone.
    if (this.starting && !isRead(text)) return this.starting.then(() => this.ask(values));
    const { failure } = this;
    if (text === 'ROLLBACK') this.failure = null;
    else if (failure) return Promise.reject(failure);
    return this.transmit(values);
  }

  private start(): void {
    this.isToStart = false;
    const answer = this.transmit([START]) as Promise<unknown>;
    this.starting = answer
      .then(
        () => undefined,
        (error: unknown) => {
          this.failure = error instanceof Error ? error : new Error(String(error));
        },
      )
      .finally(() => {
        this.starting = null;
      });
  }

  private transmit(values: unknown[]): unknown {
    this.gather();
    return this.watched(this.send(...values));
  }

  /** A system call for each statement would cost more than many a statement does. */
  private gather(): void {
    if (this.isGathering) return;
    this.isGathering = true;
    const { stream } = this.connection;
    stream.cork();
    process.nextTick(() => {
      this.isGathering = false;
      stream.uncork();
    });
  }

  private watched(answer: unknown): unknown {
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') void this.end();
      });
    return answer;
  }
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : ((query as QueryConfig | undefined)?.text ?? '');
}

function isRead(text: string): boolean {
  return READ.test(text) && !text.includes(WRITING);
}
