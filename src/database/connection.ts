import { Client, type ClientConfig, type PoolConfig } from 'pg';
import type { AppConfig } from 'src/config/app-config';

/**
 * A connection that sends statements as they come, without waiting for the answer to the one before (ADR 0053), those of
 * one turn in one write. It is given up with the first answer that does not come in time: the driver would keep it and
 * let the next statement, often the ROLLBACK, wait as long again.
 */
class PromptClient extends Client {
  private isGathering = false;

  constructor(config?: string | ClientConfig) {
    super(config);
    // Whoever waits for an answer is told of the loss; an error that nobody listens to would end the process.
    this.on('error', () => undefined);
    const send = this.query.bind(this) as (...values: unknown[]) => unknown;
    Object.assign(this, {
      query: (...values: unknown[]) => {
        this.gather();
        return this.watched(send(...values));
      },
    });
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

type Where = Pick<AppConfig, 'databaseUrl' | 'isPooled'>;

/** What ends a wait on the server's side. A pooler takes none of them: there the role has to bring them. */
const SERVER_LIMITS = { statement_timeout: 3_000, lock_timeout: 2_000, idle_in_transaction_session_timeout: 10_000 };
/** A replica that is slow has a primary behind it. */
const REPLICA_LIMITS = { ...SERVER_LIMITS, statement_timeout: 1_000 };

/**
 * Every wait has an end: a database that hangs becomes a 503 in seconds, never a request that hangs with it. The server
 * ends a slow statement by itself; a server that does not even do that is given up half a second later.
 */
export function connectionOptions({ databaseUrl, isPooled }: Where): PoolConfig {
  return {
    connectionString: databaseUrl ?? undefined,
    application_name: 'mycoach',
    connectionTimeoutMillis: 2_000,
    ...(!isPooled && SERVER_LIMITS),
    query_timeout: 3_500,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    pipeline: true,
    Client: PromptClient,
  };
}

/** The same for what a pooler in transaction mode cannot give: a session of one's own. */
export function directOptions({ directDatabaseUrl }: Pick<AppConfig, 'directDatabaseUrl'>): PoolConfig {
  return connectionOptions({ databaseUrl: directDatabaseUrl, isPooled: false });
}

/** The same for a replica, which is given up sooner. What stands before the primary may stand before the replica too. */
export function replicaOptions(config: Pick<AppConfig, 'isPooled' | 'replicaUrl' | 'poolSize'>): PoolConfig {
  return {
    ...connectionOptions({ databaseUrl: config.replicaUrl, isPooled: config.isPooled }),
    application_name: 'mycoach-replica',
    max: config.poolSize,
    connectionTimeoutMillis: 500,
    ...(!config.isPooled && REPLICA_LIMITS),
    query_timeout: 1_500,
  };
}

/** The limits that a session must have and this one has not. */
export const MISSING_LIMITS = `
  SELECT name FROM pg_settings WHERE name IN (${Object.keys(SERVER_LIMITS)
    .map((name) => `'${name}'`)
    .join(', ')}) AND setting = '0' ORDER BY name`;
