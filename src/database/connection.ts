import type { PoolConfig } from 'pg';
import type { AppConfig } from 'src/config/app-config';
import { PromptClient } from './prompt-client';

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
