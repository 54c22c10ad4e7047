import type { PoolConfig } from 'pg';
import type { AppConfig } from 'src/config/app-config';

/** Every wait has an end: a database that hangs becomes a 503 in seconds, never a request that hangs with it. */
export function connectionOptions(config: Pick<AppConfig, 'databaseUrl'>): PoolConfig {
  return {
    connectionString: config.databaseUrl ?? undefined,
    application_name: 'mycoach',
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 6_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  };
}
