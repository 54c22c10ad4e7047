import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from 'src/database/embedded/embedded-server';
import { tryKeeperLock } from 'src/database/embedded/keeper-lock';
import { eventually } from 'test/support/eventually';

export const BUILT = join(resolve(__dirname, '../..'), 'dist/database/embedded');
export const FAST = ['fsync=off'];

/** The servers, processes and folders of one test, which are gone after it. */
export class EmbeddedServers {
  private readonly folders: string[] = [];
  private readonly dataDirs: string[] = [];
  private readonly servers: EmbeddedServer[] = [];
  private readonly children: ChildProcess[] = [];

  async clear(): Promise<void> {
    await Promise.all(this.servers.splice(0).map((server) => server.stop()));
    for (const child of this.children.splice(0)) child.kill('SIGKILL');
    await Promise.all(this.dataDirs.splice(0).map((dataDir) => until(() => isUnattended(dataDir))));
    await Promise.all(this.folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  }

  /** A process that is killed after the test. */
  adopt(child: ChildProcess): void {
    this.children.push(child);
  }

  async newFolder(): Promise<string> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'mycoach-embedded-'));
    await chmod(folder, 0o755);
    this.folders.push(folder);
    return folder;
  }

  async start(dataDir: string, flags = FAST, keeperPath = join(BUILT, 'keeper.js')): Promise<EmbeddedServer> {
    this.dataDirs.push(dataDir);
    const server = await startEmbeddedServer({ dataDir, flags, keeperPath });
    this.servers.push(server);
    return server;
  }

  /** A process that owns a server and, asked to stop, says so and goes on. */
  ownerProcess(dataDir: string): ChildProcess {
    const program = `
      const { startEmbeddedServer } = require(${JSON.stringify(join(BUILT, 'embedded-server.js'))});
      process.on('SIGTERM', () => console.log('asked to stop'));
      setInterval(() => {}, 1000);
      startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, flags: ['fsync=off'] }).then(({ url }) => console.log(url));`;
    this.dataDirs.push(dataDir);
    const child = spawn(process.execPath, ['-e', program], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.adopt(child);
    return child;
  }

  /** Such a process whose server is up. */
  async startInProcess(
    dataDir: string,
  ): Promise<{ process: ChildProcess; url: string; output: () => Promise<string> }> {
    const child = this.ownerProcess(dataDir);
    if (!child.stdout) throw new Error('the process has no output');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const output = async (): Promise<string> => String((await lines.next()).value);
    return { process: child, url: await output(), output };
  }
}

export async function query(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

export async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** The keeper is the server's parent. */
export async function keeperPid(server: number): Promise<number> {
  if (process.platform !== 'linux') {
    return Number((await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(server)])).stdout);
  }
  const status = await readFile(`/proc/${server}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(condition, (holds) => holds, { withinMs: 15_000 });
}

/** The keeper of a process that was just killed may still be stopping the server. */
export async function isUnattended(dataDir: string): Promise<boolean> {
  const lock = await tryKeeperLock(dataDir);
  lock?.close();
  return lock !== null;
}
