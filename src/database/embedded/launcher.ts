import { type ChildProcess, execFile, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chown, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Binaries } from './binaries';

const run = promisify(execFile);

interface Account {
  uid: number;
  gid: number;
}

interface Way {
  /** Whom the files of the cluster must belong to; null: whoever runs this process. */
  owner: Account | null;
  /** The identity Node itself takes on before it runs the program. */
  identity: Account | null;
  /** The program that runs the program, with its arguments. */
  prefix: string[];
}

// A short environment of its own: nothing of the caller's secrets, and no PG* variable, reaches the database.
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
// Asks for a setting without starting anything: that needs the programs, their libraries and the way to the data.
const REACHES = 'cd "$1" && "$0" -D "$1" -C port -c config_file=/dev/null >/dev/null';
// initdb also asks for the name of the account it runs as, which a bare container user has not.
const REACHES_AND_HAS_NAME = `${REACHES} && id -un >/dev/null`;

/**
 * Runs the PostgreSQL programs, which refuse to run as root, under an identity they accept and that reaches both the
 * programs and the data.
 */
export class Launcher {
  private constructor(private readonly way: Way) {}

  static async choose(binaries: Binaries, dataDir: string, cluster: string): Promise<Launcher> {
    if (process.platform !== 'linux') return new Launcher({ owner: null, identity: null, prefix: [] });
    const clusterOwner = await ownerOf(cluster);
    const ways = process.getuid?.() === 0 ? await waysOfRoot(clusterOwner) : await waysOfUser();
    const complaints: string[] = [];
    for (const way of ways) {
      const launcher = new Launcher(way);
      const script = clusterOwner ? REACHES : REACHES_AND_HAS_NAME;
      const complaint = await launcher.complaintOf('/bin/sh', ['-c', script, binaries.postgres, dataDir]);
      if (complaint === null) return launcher;
      complaints.push(complaint);
    }
    throw new Error(
      `No account that may run PostgreSQL reaches both ${binaries.postgres} and ${dataDir} (${complaints[0]?.split('\n').at(-1)}). ` +
        'Move the project to a folder other users can enter, install setpriv (package util-linux), ' +
        'or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }

  spawn(program: string, args: string[], options: SpawnOptions): ChildProcess {
    const [file = program, ...rest] = [...this.way.prefix, program, ...args];
    const environment = process.platform === 'win32' ? {} : { env: ENVIRONMENT };
    return spawn(file, rest, { ...options, ...environment, ...this.way.identity, windowsHide: true });
  }

  /** Hands one file or empty folder, just made by this process, to the account the server runs as. */
  async give(path: string): Promise<void> {
    if (this.way.owner) await chown(path, this.way.owner.uid, this.way.owner.gid);
  }

  /** A cluster that was copied, or once ran in another way, belongs to somebody else. */
  async giveAll(folder: string): Promise<void> {
    const { owner } = this.way;
    if (!owner || (await ownerOf(folder))?.uid === owner.uid) return;
    await run('chown', ['-R', `${owner.uid}:${owner.gid}`, folder], { env: ENVIRONMENT });
  }

  /** Null when the program runs and is content. */
  private async complaintOf(program: string, args: string[]): Promise<string | null> {
    try {
      const child = this.spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
      let complaint = '';
      child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number | null];
      return code === 0 ? null : complaint.trim() || `exit code ${code}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}

/**
 * In order of preference. The plain change of user fails where the project or the data lies in a folder closed to
 * others (/root, a private clone). Then the server keeps root's right to enter folders, and nothing else of root:
 * `dac_read_search` where there is one, `dac_override` in a container, which is not given the former. Last, a user
 * namespace, in which root's own files belong to an account that is not root.
 */
async function waysOfRoot(clusterOwner: Account | null): Promise<Way[]> {
  const account = clusterOwner && clusterOwner.uid !== 0 ? clusterOwner : await databaseAccount();
  return [
    { owner: account, identity: account, prefix: [] },
    { owner: account, identity: null, prefix: keepingCapability(account, 'dac_read_search') },
    { owner: account, identity: null, prefix: keepingCapability(account, 'dac_override') },
    { owner: { uid: 0, gid: 0 }, identity: null, prefix: inNamespace(account) },
  ];
}

async function waysOfUser(): Promise<Way[]> {
  const plain = { owner: null, identity: null, prefix: [] };
  const nobody = await findAccount('nobody');
  // For a container's user without a name, which initdb does not accept.
  return nobody ? [plain, { ...plain, prefix: inNamespace(nobody) }] : [plain];
}

function keepingCapability({ uid, gid }: Account, capability: string): string[] {
  // Without `no_setuid_fixup` the system call access(2), by which PostgreSQL looks for its own programs, disregards it.
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--',
  ];
}

function inNamespace({ uid, gid }: Account): string[] {
  return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
}

async function databaseAccount(): Promise<Account> {
  // Two processes may do this at once, and only one can hold the lock on the system's list of users.
  for (let attempt = 1; attempt <= 10; attempt++) {
    const account = await findAccount('postgres');
    if (account) return account;
    if (await createAccount()) continue;
    await delay(100);
  }
  // A read-only system: an account that owns nothing is as good.
  const nobody = await findAccount('nobody');
  if (nobody) return nobody;
  throw new Error('PostgreSQL must not run as root, and the account "postgres" neither exists nor can be created.');
}

async function createAccount(): Promise<boolean> {
  try {
    await run('groupadd', ['--system', '--force', 'postgres'], { env: ENVIRONMENT });
    const rest = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'postgres'];
    await run('useradd', ['--system', '--gid', 'postgres', ...rest], { env: ENVIRONMENT });
    return true;
  } catch {
    return false;
  }
}

async function findAccount(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map((flag) => run('id', [flag, name], { env: ENVIRONMENT }).then(({ stdout }) => Number(stdout))),
    );
    return uid === undefined || gid === undefined ? null : { uid, gid };
  } catch {
    return null;
  }
}

async function ownerOf(path: string): Promise<Account | null> {
  return stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => null,
  );
}
