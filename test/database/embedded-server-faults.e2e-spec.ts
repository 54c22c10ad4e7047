import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRunningServer } from 'src/database/embedded/embedded-server';
import { clusterDir, isServerOf } from 'src/database/embedded/running-server';
import { EmbeddedServers, isUnattended, keeperPid, query, serverPid, until } from './embedded-servers';

const isRoot = process.getuid?.() === 0;

describe('The embedded server', () => {
  const servers = new EmbeddedServers();

  afterEach(() => servers.clear());

  it('ends when its owner is killed with -9', async () => {
    const dataDir = await servers.newFolder();
    const { process: owner, url } = await servers.startInProcess(dataDir);
    const pid = await serverPid(dataDir);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    owner.kill('SIGKILL');

    await until(async () => !(await isServerOf(clusterDir(dataDir), pid)));
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('stays while its owner, asked to stop, still works', async () => {
    const dataDir = await servers.newFolder();
    const { process: owner, url, output } = await servers.startInProcess(dataDir);
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
    const dataDir = await servers.newFolder();
    const { process: owner, url } = await servers.startInProcess(dataDir);
    await query(url, 'CREATE TABLE kept ()');
    const orphan = await serverPid(dataDir);
    process.kill(await keeperPid(orphan), 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(await isServerOf(clusterDir(dataDir), orphan)).toBe(true);

    const next = await servers.start(dataDir);

    expect(next.owned).toBe(true);
    expect(await isServerOf(clusterDir(dataDir), orphan)).toBe(false);
    expect(await query(next.url, "SELECT to_regclass('kept') IS NOT NULL AS kept")).toEqual([{ kept: true }]);
  });

  it('starts over the lock file of a killed server, also when its number belongs to another program', async () => {
    const dataDir = await servers.newFolder();
    const { process: owner } = await servers.startInProcess(dataDir);
    const lockFile = join(dataDir, 'postgres/postmaster.pid');
    const pid = await serverPid(dataDir);
    const { uid, gid } = await stat(lockFile);
    process.kill(pid, 'SIGKILL');
    owner.kill('SIGKILL');
    await until(async () => !(await isServerOf(clusterDir(dataDir), pid)));
    // A program of the same user: the only kind that PostgreSQL would take for a server of its own.
    const stranger = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    servers.adopt(stranger);
    const text = await readFile(lockFile, 'utf8');
    await writeFile(lockFile, text.replace(String(pid), String(stranger.pid)));

    const next = await servers.start(dataDir);

    expect(next.owned).toBe(true);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(stranger.exitCode).toBeNull();
  });

  it('makes its data directory anew when that was interrupted', async () => {
    const dataDir = await servers.newFolder();
    await mkdir(join(dataDir, 'postgres.draft-abc/base'), { recursive: true });
    await mkdir(join(dataDir, 'postgres/base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');

    const { url } = await servers.start(dataDir);

    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).toEqual([
      'postgres',
      expect.stringMatching(/^postgres\.incomplete-/),
      'postgres.log',
    ]);
  });

  it('leaves nothing half-made behind when its owner dies in the first start', async () => {
    const dataDir = await servers.newFolder();
    const owner = servers.ownerProcess(dataDir);
    await until(() => readdir(dataDir).then((names) => names.some((name) => name.startsWith('postgres.draft-'))));
    owner.kill('SIGKILL');
    await once(owner, 'exit');

    const next = await servers.start(dataDir);

    expect(next.owned).toBe(true);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });
});
