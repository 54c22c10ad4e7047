import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type KeeperOptions, type KeeperReport, parseReport } from './keeper-protocol';

export { findRunningServer } from './running-server';

export interface EmbeddedServerOptions {
  /** The data lies in `<dataDir>/postgres`, and the server's log beside it. */
  dataDir: string;
  /** Settings of PostgreSQL, as in `fsync=off`. */
  flags?: string[];
  /** The compiled keeper; by default the one beside this file, or the one in `dist/` when run from the sources. */
  keeperPath?: string;
}

export interface EmbeddedServer {
  url: string;
  /** False when another process started it: then `stop` leaves it running. */
  owned: boolean;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL without anything to install, on a free port of this machine only. It ends with this process,
 * however that ends. A server that already runs on the same data is joined.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const keeper = spawnKeeper(options.keeperPath ?? defaultKeeperPath(), {
    dataDir: resolve(options.dataDir),
    flags: options.flags ?? [],
  });
  const report = await firstReport(keeper);
  if ('error' in report) throw new Error(report.error);
  if (!report.owned) return { ...report, stop: () => Promise.resolve() };
  letGo(keeper);
  return { ...report, stop: () => stopKeeper(keeper) };
}

function defaultKeeperPath(): string {
  const beside = join(__dirname, 'keeper.js');
  const built = resolve(__dirname, '../../../dist/database/embedded/keeper.js');
  const found = [beside, built].find((path) => existsSync(path));
  if (found === undefined) throw new Error('dist/ is missing, run npm run build');
  return found;
}

function spawnKeeper(path: string, options: KeeperOptions): ChildProcess {
  return spawn(process.execPath, [path, JSON.stringify(options)], {
    // A session of its own: Ctrl-C in the terminal is for the application, which may still need the database.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

async function firstReport(keeper: ChildProcess): Promise<KeeperReport> {
  let complaint = '';
  keeper.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((resolve, reject) => {
    keeper.once('error', reject);
    keeper.once('close', () => reject(new Error(`The keeper of the embedded database failed.\n${complaint.trim()}`)));
    if (!keeper.stdout) return;
    createInterface(keeper.stdout).once('line', (line) => {
      try {
        resolve(parseReport(line));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  });
}

/** A script that has done its work may end without a word; the keeper then stops the server. */
function letGo(keeper: ChildProcess): void {
  keeper.unref();
  for (const stream of keeper.stdio) if (stream instanceof Socket) stream.unref();
}

async function stopKeeper(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  const exit = once(keeper, 'exit');
  keeper.stdin?.end();
  await exit;
}
