import { Client, type ClientConfig, type PoolConfig } from 'pg';
import type { AppConfig } from 'src/config/app-config';

/**
 * A connection that is given up with the first answer that does not come in time. The driver would keep it and let the
 * next statement, often the ROLLBACK, wait as long again.
 */
class PromptClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...values: unknown[]) => unknown;
    Object.assign(this, { query: (...values: unknown[]) => this.watched(send(...values)) });
  }

  private watched(answer: unknown): unknown {
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (error instanceof Error && error.message === 'Query read timeout') void this.end();
      });
    return answer;
  }
}

/**
 * Every wait has an end: a database that hangs becomes a 503 in seconds, never a request that hangs with it. The server
 * ends a slow statement by itself; a server that does not even do that is given up half a second later.
 */
export function connectionOptions(config: Pick<AppConfig, 'databaseUrl'>): PoolConfig {
  return {
    connectionString: config.databaseUrl ?? undefined,
    application_name: 'mycoach',
    connectionTimeoutMillis: 2_000,
    statement_timeout: 3_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 3_500,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    Client: PromptClient,
  };
}
