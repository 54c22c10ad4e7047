import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from 'src/database/embedded/embedded-server';
import { clusterDir, isAlive, readLockFile } from 'src/database/embedded/running-server';
import { migrate } from 'src/database/migrate';
import { eventually } from './eventually';
import { freePort } from './real-process';

/**
 * A PostgreSQL that a test may break: a cluster of its own behind a relay, whose address stays the same however often the
 * server is ended and started. Without a server the relay refuses connections, as the machine of one would.
 */
export class OwnDatabase {
  private readonly sessions = new Set<Session>();
  private serverUrl = '';

  private constructor(
    private readonly dataDir: string,
    private readonly port: number,
    private relay: Server | null,
    private server: EmbeddedServer | null,
    private readonly flags: readonly string[],
    /** Straight to the server, for assertions; made anew with every start. */
    public pool: Pool,
  ) {}

  /** @param options.flags settings of PostgreSQL, as in `fsync=off` */
  static async start(options: { migrated?: boolean; flags?: readonly string[] } = {}): Promise<OwnDatabase> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mycoach-own-'));
    await chmod(dataDir, 0o755);
    const database = new OwnDatabase(dataDir, await freePort(), null, null, options.flags ?? [], new Pool());
    await database.start();
    if (options.migrated !== false) await database.migrate();
    return database;
  }

  /** What the application is told. */
  get url(): string {
    return Object.assign(new URL(this.serverUrl), { port: String(this.port) }).href;
  }

  /** Where its files lie, and where it really listens. */
  get whereabouts(): { dataDir: string; serverUrl: string } {
    return { dataDir: this.dataDir, serverUrl: this.serverUrl };
  }

  async migrate(): Promise<void> {
    await migrate(this.serverUrl);
  }

  async start(): Promise<void> {
    const flags = ['fsync=off', 'max_connections=60', ...this.flags];
    this.server = await startEmbeddedServer({ dataDir: this.dataDir, flags });
    this.serverUrl = this.server.url;
    this.pool = new Pool({ connectionString: this.serverUrl, max: 3 });
    this.pool.on('error', () => undefined);
    await this.open();
  }

  /** The whole server gone from one moment to the next, as by `kill -9` of all its processes or a power cut. */
  async crash(): Promise<void> {
    const processes = await this.processes();
    for (const pid of processes) signal(pid, 'SIGKILL');
    await this.close();
    await this.server?.stop();
    await eventually(
      () => processes.filter(isAlive).length,
      (alive) => alive === 0,
    );
    await this.pool.end();
    this.server = null;
  }

  /** `pg_ctl -m immediate`: every backend is told to quit without a word. */
  async stopImmediately(): Promise<void> {
    const [postmaster] = await this.processes();
    if (postmaster !== undefined) signal(postmaster, 'SIGQUIT');
    await this.server?.stop();
    await this.close();
    await this.pool.end();
    this.server = null;
  }

  /** Every process of the server stands still and its connections stay open. */
  async freeze(): Promise<void> {
    for (const pid of await this.processes()) signal(pid, 'SIGSTOP');
  }

  async thaw(): Promise<void> {
    for (const pid of await this.processes()) signal(pid, 'SIGCONT');
  }

  /** Nothing of the sessions of this name passes any more, and nobody is told: a cable that was pulled. */
  cut(application: string): void {
    for (const session of this.sessions) if (session.startsAs(application)) session.mute();
  }

  /** Ends all sessions of the application at once. */
  async terminateSessions(): Promise<number> {
    const { rowCount } = await this.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'mycoach%'`,
    );
    return rowCount ?? 0;
  }

  /** A session of somebody else, who may hold locks while `work` lasts. */
  async asSomebodyElse(work: (session: Client) => Promise<void>): Promise<void> {
    const session = new Client(this.serverUrl);
    session.on('error', () => undefined);
    await session.connect();
    try {
      await work(session);
    } finally {
      await session.end();
    }
  }

  async remove(): Promise<void> {
    if (this.server) {
      await this.thaw();
      await this.close();
      await this.pool.end();
      await this.server.stop();
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async open(): Promise<void> {
    const target = Number(new URL(this.serverUrl).port);
    const relay = createServer((incoming) => {
      const session = new Session(incoming, connect(target, '127.0.0.1'));
      this.sessions.add(session);
      incoming.once('close', () => this.sessions.delete(session));
    });
    relay.listen(this.port, '127.0.0.1');
    await once(relay, 'listening');
    this.relay = relay;
  }

  private async close(): Promise<void> {
    const { relay } = this;
    this.relay = null;
    if (!relay) return;
    const closed = once(relay, 'close');
    relay.close();
    for (const session of this.sessions) session.end();
    await closed;
  }

  /** The postmaster first, then its children. */
  private async processes(): Promise<number[]> {
    const lockFile = await readLockFile(clusterDir(this.dataDir));
    if (!lockFile) return [];
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => parentOf(pid) === lockFile.pid);
    return [lockFile.pid, ...children];
  }
}

/** One connection of the application with its counterpart at the server. */
class Session {
  private firstWords = '';

  constructor(
    private readonly incoming: Socket,
    private readonly outgoing: Socket,
  ) {
    incoming.once('data', (chunk) => (this.firstWords = chunk.toString('latin1')));
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
  }

  /** The name is in the first packet. */
  startsAs(application: string): boolean {
    return this.firstWords.includes(`application_name\0${application}\0`);
  }

  mute(): void {
    this.incoming.pause();
    this.outgoing.pause();
  }

  end(): void {
    this.incoming.destroy();
  }
}

function parentOf(pid: number): number | null {
  try {
    // `pid (name) state parent …`; the name may hold anything.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return null;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone by itself.
  }
}
