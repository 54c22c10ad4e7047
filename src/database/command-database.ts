import type { AppConfig } from 'src/config/app-config';
import { findRunningServer, startEmbeddedServer } from './embedded/embedded-server';
import { migrate } from './migrate';

/** Something that whoever runs a command can mend; told without a stack. */
export class CommandRefused extends Error {}

/**
 * The database that a command works on: `DATABASE_URL`, a development server that runs, or one that is started for as
 * long as the work takes.
 *
 * @throws CommandRefused in production without `DATABASE_URL`
 */
export async function withDatabase<T>(config: AppConfig, work: (url: string) => Promise<T>): Promise<T> {
  const url = config.directDatabaseUrl ?? (await findRunningServer(config.dataDir));
  if (url !== null) return work(url);
  if (config.isProduction) throw new CommandRefused('DATABASE_URL is not set');
  const server = await startEmbeddedServer({ dataDir: config.dataDir });
  try {
    await migrate(server.url);
    return await work(server.url);
  } finally {
    await server.stop();
  }
}
