import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Binaries } from './binaries';
import type { Launcher } from './launcher';
import {
  clusterDir,
  connectTo,
  DATABASE,
  hasCode,
  isServerOf,
  passwordFile,
  readLockFile,
  readPassword,
  serverUrl,
  SUPERUSER,
} from './running-server';
import { ServerProcess } from './server-process';

const DRAFT = 'postgres.draft-';
const START_ATTEMPTS = 6;
const START_DEADLINE_MS = 60_000;
const FAST_SHUTDOWN_MS = 15_000;
const LOG_LINES = 12;

// A small machine shared with an editor and a browser: little write-ahead log, no replication, no just-in-time compiler.
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_line_prefix=%m [%p] ',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'max_wal_size=512MB',
  'jit=off',
];

/** The cluster in `<dataDir>/postgres`. Whoever calls it holds the keeper's lock of that directory. */
export class Cluster {
  private readonly folder: string;
  private readonly log: string;

  constructor(
    private readonly dataDir: string,
    private readonly binaries: Binaries,
    private readonly launcher: Launcher,
  ) {
    this.folder = clusterDir(dataDir);
    this.log = join(dataDir, 'postgres.log');
  }

  /** Makes the cluster when there is none. It is made aside and renamed when complete, so half a one is never used. */
  async initialise(signal: AbortSignal): Promise<void> {
    await this.removeDrafts();
    if ((await readPassword(this.folder)) !== null) return this.launcher.giveAll(this.folder);
    await this.setIncompleteAside();

    const draft = await mkdtemp(join(this.dataDir, DRAFT));
    const password = randomBytes(24).toString('base64url');
    const handedOver = `${draft}.password`;
    await this.launcher.give(draft);
    await writeFile(handedOver, password, { mode: 0o600 });
    await this.launcher.give(handedOver);
    await this.runInitdb(draft, handedOver, signal);
    await rename(handedOver, passwordFile(draft));
    await rename(draft, this.folder);
  }

  /** The server of a keeper that was killed goes on alone; it has to end before another can start. */
  async stopOrphan(): Promise<void> {
    const lockFile = await readLockFile(this.folder);
    if (!lockFile) return;
    if (!(await isServerOf(this.folder, lockFile.pid))) return this.claimLockFile();
    this.signal(lockFile.pid, 'SIGINT');
    const hasEnded = async (): Promise<boolean> => !(await isServerOf(this.folder, lockFile.pid));
    if (await poll(hasEnded, FAST_SHUTDOWN_MS)) return;
    this.signal(lockFile.pid, 'SIGQUIT');
    if (await poll(hasEnded, FAST_SHUTDOWN_MS)) return;
    throw new Error(`An embedded PostgreSQL that nobody looks after (process ${lockFile.pid}) does not stop.`);
  }

  /** Starts the server and answers its url once the application's database can be used. */
  async start(flags: string[], signal: AbortSignal): Promise<{ url: string; server: ServerProcess }> {
    const password = await readPassword(this.folder);
    if (password === null) throw new Error(`The password of the embedded database is missing in ${this.folder}.`);
    // A start can fail for reasons that pass: somebody else took the free port, or the last processes of a server that
    // was killed still hold its memory.
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      const server = await this.spawnServer(port, flags);
      try {
        const client = await this.firstConnection(serverUrl(password, port, 'postgres'), server, signal);
        await createDatabase(client);
        return { url: serverUrl(password, port), server };
      } catch (error) {
        const wasRunning = server.endedBecause === null;
        await this.stop(server);
        if (wasRunning || signal.aborted || attempt === START_ATTEMPTS) throw await this.withLog(error);
        await delay(100 * attempt);
      }
    }
  }

  /** Open transactions are rolled back and everything is written; only a server that hangs is ended the hard way. */
  async stop(server: ServerProcess): Promise<void> {
    const hasEnded = (): boolean => server.endedBecause !== null;
    if (hasEnded() || server.pid === undefined) return;
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      this.signal(server.pid, signal);
      if (await poll(hasEnded, FAST_SHUTDOWN_MS)) return;
    }
  }

  private async runInitdb(draft: string, passwordPath: string, signal: AbortSignal): Promise<void> {
    const args = [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordPath}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Sorting and letter case that are the same on every machine, whatever locales it has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ];
    const child = this.launcher.spawn(this.binaries.initdb, args, { stdio: ['ignore', 'ignore', 'pipe'], signal });
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return;
    throw new Error(`The embedded PostgreSQL could not make its data directory ${this.folder}.\n${complaint.trim()}`);
  }

  private async spawnServer(port: number, flags: string[]): Promise<ServerProcess> {
    // The server writes into a file and not into a pipe, so that it can end in order even when its keeper was killed.
    const log = await open(this.log, 'w', 0o600);
    try {
      const settings = [...SETTINGS, `port=${port}`, ...flags].flatMap((setting) => ['-c', setting]);
      const args = ['-D', this.folder, ...settings];
      return new ServerProcess(
        this.launcher.spawn(this.binaries.postgres, args, { stdio: ['ignore', log.fd, log.fd] }),
      );
    } finally {
      await log.close();
    }
  }

  private async firstConnection(url: string, server: ServerProcess, signal: AbortSignal): Promise<Client> {
    const end = performance.now() + START_DEADLINE_MS;
    while (server.endedBecause === null && !signal.aborted && performance.now() < end) {
      try {
        return await connectTo(url);
      } catch (error) {
        // A server that starts or recovers refuses in many ways; only a wrong password stays wrong.
        if (hasCode(error, '28P01', '28000')) throw error;
        await delay(20);
      }
    }
    throw new Error(server.endedBecause ?? (signal.aborted ? 'nobody waits for it any more' : 'it does not answer'));
  }

  /**
   * PostgreSQL refuses to start while the process of its lock file lives, even when the number now belongs to another
   * program. The file is not removed, for it also says which memory the old processes may still hold: it gets the
   * number of this process, which PostgreSQL, as our child, knows is no other server.
   */
  private async claimLockFile(): Promise<void> {
    const lockFile = await readLockFile(this.folder);
    if (!lockFile || process.platform === 'win32') return;
    const claimed = `${lockFile.path}.claimed`;
    await writeFile(claimed, lockFile.text.replace(/^.*/, String(process.pid)), { mode: 0o600 });
    await this.launcher.give(claimed);
    await rename(claimed, lockFile.path);
  }

  private async removeDrafts(): Promise<void> {
    const names = (await readdir(this.dataDir)).filter((name) => name.startsWith(DRAFT));
    // An initdb that lost its keeper may still be writing: what cannot go now goes the next time.
    await Promise.all(
      names.map((name) => rm(join(this.dataDir, name), { recursive: true, force: true }).catch(() => undefined)),
    );
  }

  private async setIncompleteAside(): Promise<void> {
    try {
      await rename(this.folder, `${this.folder}.incomplete-${randomBytes(4).toString('hex')}`);
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error;
    }
  }

  private signal(pid: number, signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void {
    if (process.platform === 'win32') {
      this.launcher.spawn(this.binaries.pgCtl, ['kill', signal.slice('SIG'.length), String(pid)], { stdio: 'ignore' });
      return;
    }
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!hasCode(error, 'ESRCH')) throw error;
    }
  }

  private async withLog(error: unknown): Promise<Error> {
    const lines = (await readFile(this.log, 'utf8').catch(() => '')).trim().split('\n').slice(-LOG_LINES);
    const reason = error instanceof Error ? error.message : String(error);
    return new Error(
      `The embedded PostgreSQL did not start: ${reason}. The last lines of ${this.log}:\n${lines.join('\n')}`,
      { cause: error },
    );
  }
}

async function createDatabase(client: Client): Promise<void> {
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gives no free port.');
  return address.port;
}

async function poll(isDone: () => boolean | Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (!(await isDone())) {
    if (performance.now() > end) return false;
    await delay(20);
  }
  return true;
}
