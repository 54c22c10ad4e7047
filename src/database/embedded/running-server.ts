import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

export const DATABASE = 'mycoach';
export const SUPERUSER = 'mycoach';

/** The cluster's own lock file, as PostgreSQL writes it. */
export interface LockFile {
  path: string;
  text: string;
  pid: number;
  port: number;
  isReady: boolean;
}

export function clusterDir(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/** Written last when a cluster is made: a folder without it never became a cluster. */
export function passwordFile(cluster: string): string {
  return join(cluster, 'mycoach.password');
}

export function serverUrl(password: string, port: number, database = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The url of the live server of this data directory, whoever started it, or null. */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  const cluster = clusterDir(dataDir);
  const lockFile = await readLockFile(cluster);
  const password = await readPassword(cluster);
  if (!lockFile?.isReady || password === null) return null;
  const url = serverUrl(password, lockFile.port);
  // A left-over lock file names a port that may be somebody else's by now: only the password tells.
  return (await canConnect(url)) ? url : null;
}

export async function readPassword(cluster: string): Promise<string | null> {
  return readOrNull(passwordFile(cluster));
}

export async function readLockFile(cluster: string): Promise<LockFile | null> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readOrNull(path);
  if (text === null) return null;
  const lines = text.split('\n');
  return { path, text, pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/** Whether the process of a lock file is a PostgreSQL of this cluster, and not one that got its number later. */
export async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  return isAlive(pid) && (await commandLine(pid)).includes(cluster);
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    codes.includes(error.code)
  );
}

export async function connectTo(url: string): Promise<Client> {
  // `ssl` is named so that PGSSLMODE of the surroundings has no say.
  const client = new Client({ connectionString: url, ssl: false, connectionTimeoutMillis: 5_000 });
  // A server that goes away must not take the process with it; the next query tells.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function canConnect(url: string): Promise<boolean> {
  try {
    const client = await connectTo(url);
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    if (!hasCode(error, 'EACCES', 'EPERM')) throw error;
    throw new Error(
      `The embedded database was made by another user: ${path} cannot be read. Run as that user, or delete the folder.`,
      { cause: error },
    );
  }
}

/** Empty for a dead process that nobody has collected yet, and where the system does not tell. */
async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return words.replaceAll('\0', ' ');
  }
  if (process.platform === 'win32') return '';
  return new Promise((resolve) => {
    execFile('ps', ['-ww', '-o', 'args=', '-p', String(pid)], (error, stdout) => resolve(error ? '' : stdout));
  });
}
