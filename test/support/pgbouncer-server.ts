import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually';
import { freePort } from './real-process';
import { endProgram, isListening, pathOf, startProgram } from './system-servers';

/** From this version on it keeps named statements for sessions that share connections. */
const KEEPS_NAMES = [1, 21];

/** Whether the one that is installed keeps named statements. */
export function keepsNamedStatements(): boolean {
  const path = pathOf('pgbouncer');
  if (!path) return false;
  const [, major = 0, minor = 0] = /PgBouncer (\d+)\.(\d+)/.exec(String(execFileSync(path, ['--version']))) ?? [];
  const [fromMajor = 0, fromMinor = 0] = KEEPS_NAMES;
  return Number(major) > fromMajor || (Number(major) === fromMajor && Number(minor) >= fromMinor);
}

/** A real PgBouncer in transaction mode before one database, set up as docs/scaling.md says. */
export class PgBouncerServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly target: URL,
  ) {}

  /** @param connections how many of the server all clients share */
  static async start(databaseUrl: string, connections: number): Promise<PgBouncerServer> {
    const folder = await mkdtemp(join(tmpdir(), 'mycoach-pgbouncer-'));
    const bouncer = new PgBouncerServer(await freePort(), folder, new URL(databaseUrl));
    await bouncer.configure(connections);
    await bouncer.start();
    return bouncer;
  }

  /** What the application is told: the password stays between the pooler and the server. */
  get url(): string {
    return `postgres://mycoach@127.0.0.1:${this.port}${this.target.pathname}`;
  }

  async stop(): Promise<void> {
    if (this.child) await endProgram(this.child, 'SIGINT');
  }

  async start(): Promise<void> {
    // It refuses to run as root.
    const user = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
    this.child = startProgram('pgbouncer', ['--quiet', ...user, join(this.folder, 'pgbouncer.ini')]);
    await eventually(() => isListening(this.port), Boolean);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async configure(connections: number): Promise<void> {
    const { hostname, port, pathname, username, password } = this.target;
    const name = pathname.slice(1);
    const named = keepsNamedStatements() ? 'max_prepared_statements = 1000' : '';
    await writeFile(
      join(this.folder, 'pgbouncer.ini'),
      `
[databases]
${name} = host=${hostname} port=${port} dbname=${name} user=${username} password=${decodeURIComponent(password)}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${this.port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${connections}
max_client_conn = 500
query_wait_timeout = 10
application_name_add_host = 1
${named}
`,
    );
    await chmod(this.folder, 0o755);
  }
}
