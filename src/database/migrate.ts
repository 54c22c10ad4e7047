import { runMigrations } from 'graphile-worker';
import { Client } from 'pg';
import { AppConfig, processEnvironment } from 'src/config/app-config';
import { createDataSource } from './data-source';
import { letRuntimeRoleIn } from './runtime-role';

/** Any number, the same in every process: who migrates holds it, the others wait their turn. */
const MIGRATION_LOCK = 7_236_001;

const ADD_JOBS = 'graphile_worker.add_jobs(graphile_worker.job_spec[], boolean)';
const MAY_READ_WHOLE_QUEUE = `SELECT FROM pg_proc WHERE oid = '${ADD_JOBS}'::regprocedure AND proconfig IS NULL`;
/**
 * Adding jobs looks for running ones of the same key. Planned while the queue is empty, as it mostly is, that reads the
 * whole queue, and a connection keeps the plan: with 30,000 jobs waiting, a booking took the database 13 ms instead of 3
 * (ADR 0003). The library's own migrations may make the function anew.
 */
const READ_BY_KEY = `ALTER FUNCTION ${ADD_JOBS} SET enable_seqscan TO off`;

/**
 * Brings a database to the schema of this build: the product's migrations, then those of the job queue. Several
 * processes may start it at once; one works, the others find nothing left to do.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = new Client({ connectionString: databaseUrl, application_name: 'mycoach-migrate' });
  await lock.connect();
  const source = createDataSource({ databaseUrl, poolSize: 2 });
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.setOptions({ extra: { lock_timeout: 10_000, application_name: 'mycoach-migrate' } }).initialize();
    const done = await source.runMigrations({ transaction: 'each' });
    await runMigrations({ connectionString: databaseUrl });
    if ((await lock.query(MAY_READ_WHOLE_QUEUE)).rowCount) await lock.query(READ_BY_KEY);
    await letRuntimeRoleIn(lock);
    return done.map(({ name }) => name);
  } finally {
    if (source.isInitialized) await source.destroy();
    // The lock goes with its session.
    await lock.end();
  }
}

async function main(): Promise<void> {
  const { directDatabaseUrl: databaseUrl } = new AppConfig(processEnvironment());
  if (!databaseUrl) throw new Error('DATABASE_URL is not set: which database shall be migrated?');
  const done = await migrate(databaseUrl);
  process.stdout.write(done.length > 0 ? `migrated: ${done.join(', ')}\n` : 'nothing to migrate\n');
}

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
