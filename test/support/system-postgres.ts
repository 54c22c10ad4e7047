import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Launcher } from 'src/database/embedded/launcher';
import { eventually } from './eventually';
import { freePort } from './real-process';

const VERSIONS = '/usr/lib/postgresql';
const SUPERUSER = 'postgres';
const PASSWORD = 'only-of-this-test';
const ROLES = join(__dirname, '..', '..', 'docker', 'database-roles.sql');

/** The programs of the newest PostgreSQL that the system has, server and clients of one version; null without one. */
function systemPostgres(): string | null {
  if (!existsSync(VERSIONS)) return null;
  const folders = readdirSync(VERSIONS)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(VERSIONS, version, 'bin'));
  const isWhole = (folder: string): boolean =>
    ['initdb', 'postgres', 'pg_dump', 'pg_restore', 'psql'].every((name) => existsSync(join(folder, name)));
  return folders.find(isWhole) ?? null;
}

/** A suite for the programs of PostgreSQL that an operator uses. Where they are missing it says so and is left out. */
export function describeWithPostgres(title: string, suite: () => void): void {
  // A machine without them shall still run all other tests.
  const run = systemPostgres() ? describe : describe.skip;
  const hint = 'left out: there are no programs of PostgreSQL here, try apt-get install postgresql';
  run(systemPostgres() ? title : `${title} (${hint})`, suite);
}

/** A server of the system's PostgreSQL, of the same version as its pg_dump, with no settings of ours. */
export class SystemPostgres {
  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<SystemPostgres> {
    const programs = systemPostgres() ?? '';
    const folder = await mkdtemp(join(tmpdir(), 'mycoach-system-postgres-'));
    await chmod(folder, 0o755);
    const [data, password] = [join(folder, 'data'), join(folder, 'password')];
    const binaries = {
      initdb: join(programs, 'initdb'),
      postgres: join(programs, 'postgres'),
      pgCtl: join(programs, 'pg_ctl'),
    };
    const launcher = await Launcher.choose(binaries, folder, data);
    await writeFile(password, PASSWORD, { mode: 0o600 });
    for (const path of [folder, password]) await launcher.give(path);
    const making = [`--pgdata=${data}`, `--username=${SUPERUSER}`, `--pwfile=${password}`, '--auth=scram-sha-256'];
    const initdb = launcher.spawn(binaries.initdb, [...making, '--encoding=UTF8', '--locale=C', '--no-sync'], {
      stdio: 'ignore',
    });
    const [code] = (await once(initdb, 'close')) as [number | null];
    if (code !== 0) throw new Error(`initdb ended with ${String(code)}`);
    const port = await freePort();
    const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const child = launcher.spawn(binaries.postgres, ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
      stdio: 'ignore',
    });
    const server = new SystemPostgres(folder, port, child);
    await eventually(() => server.ask('SELECT').then(Boolean, () => false), Boolean, { withinMs: 30_000 });
    return server;
  }

  /** As its superuser, in a database that nothing of ours is in. */
  get address(): string {
    return this.url('postgres', SUPERUSER, PASSWORD);
  }

  /** What psql and its like need to be the superuser. */
  get superuser(): Record<string, string> {
    return { PGHOST: '127.0.0.1', PGPORT: String(this.port), PGUSER: SUPERUSER, PGPASSWORD: PASSWORD };
  }

  /** An empty database of the superuser. */
  async database(name: string): Promise<string> {
    await this.ask(`CREATE DATABASE ${name}`);
    return this.url(name, SUPERUSER, PASSWORD);
  }

  /** An empty database as an operator makes it, and its addresses for both roles. */
  async databaseWithRoles(name: string, password: string): Promise<Record<'owner' | 'app' | 'superuser', string>> {
    const superuser = await this.database(name);
    const secrets = await mkdtemp(join(tmpdir(), 'mycoach-passwords-'));
    try {
      for (const role of ['owner', 'app']) await writeFile(join(secrets, `database_${role}_password`), password);
      const variables = { ...this.superuser, PGDATABASE: name };
      runScript('psql', ['--no-psqlrc', '--quiet', `--set=secrets=${secrets}`, `--file=${ROLES}`], variables);
    } finally {
      await rm(secrets, { recursive: true, force: true });
    }
    const urlOf = (role: string): string => this.url(name, role, password);
    return { owner: urlOf('mycoach_owner'), app: urlOf('mycoach_app'), superuser };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  private url(database: string, user: string, password: string): string {
    return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${this.port}/${database}`;
  }

  private async ask(sql: string): Promise<true> {
    const client = new Client(this.address);
    try {
      await client.connect();
      await client.query(sql);
      return true;
    } finally {
      await client.end();
    }
  }
}

/** Where programs are looked for, with those of that PostgreSQL before any others. */
export function pathWithPostgres(): string {
  return `${systemPostgres() ?? ''}:${process.env['PATH'] ?? ''}`;
}

/** What an operator's script prints. @throws when it fails */
export function runScript(path: string, args: string[], variables: Record<string, string>): string {
  const env = { PATH: pathWithPostgres(), ...variables };
  return execFileSync(path, args, { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}
