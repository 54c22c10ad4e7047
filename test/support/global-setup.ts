import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
// Relative: the names src/… and test/… exist inside the tests only.
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded/embedded-server';
import { isAlive } from '../../src/database/embedded/running-server';

export interface TestCluster {
  server: EmbeddedServer;
  dataDir: string;
}

declare global {
  var testCluster: TestCluster | undefined;
}

const TEMPLATE = 'mycoach_template';
const FOLDER = 'mycoach-test-';
const KEEPER = resolve(__dirname, '../../dist/database/embedded/keeper.js');
const MIGRATE = resolve(__dirname, '../../dist/database/migrate.js');
const SEED = resolve(__dirname, '../../dist/database/seed.js');

// Nothing of a test run has to survive a power cut.
const FLAGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

/** One cluster a run with a migrated template that holds the exercises, from which every test database is a copy. */
export default async function setUp(): Promise<void> {
  if (![KEEPER, MIGRATE, SEED].every((path) => existsSync(path)))
    throw new Error('dist/ is missing, run npm run build');
  await removeInterruptedRuns();
  const dataDir = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedServer({ dataDir, flags: FLAGS, keeperPath: KEEPER });
  globalThis.testCluster = { server, dataDir };
  await makeTemplate(server.url);
  process.env.TEST_CLUSTER_URL = server.url;
}

async function makeTemplate(clusterUrl: string): Promise<void> {
  const admin = new Client(clusterUrl);
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${TEMPLATE}`);
    const { href } = Object.assign(new URL(clusterUrl), { pathname: `/${TEMPLATE}` });
    await runBuilt(href, MIGRATE);
    // The catalogue is the same everywhere; what tests make themselves, clubs for one, is not there.
    await runBuilt(href, SEED, 'exercises/');
    await admin.query(`ALTER DATABASE ${TEMPLATE} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  } finally {
    await admin.end();
  }
}

async function runBuilt(url: string, ...command: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: url },
    });
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${command[0] ?? ''} failed. Is it from these sources? Run npm run build.\n${output}`, {
      cause: error,
    });
  }
}

/** A run ended by Ctrl-C has no tear-down: its server went with it, its folder did not. */
async function removeInterruptedRuns(): Promise<void> {
  const names = (await readdir(tmpdir())).filter(
    (name) => name.startsWith(FOLDER) && !isAlive(Number(name.slice(FOLDER.length).split('-')[0])),
  );
  const remove = (name: string): Promise<void> => rm(join(tmpdir(), name), { recursive: true, force: true });
  // Another user's folder is his.
  await Promise.all(names.map((name) => remove(name).catch(() => undefined)));
}
