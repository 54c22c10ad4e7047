import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Client, Pool } from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from 'src/database/embedded/embedded-server';
import { clusterDir } from 'src/database/embedded/running-server';
import { eventually } from './eventually';
import { OwnDatabase } from './own-database';
import { Relay } from './relay';

/** What a server needs so that another may follow it. */
const FOLLOWED = ['wal_level=replica', 'max_wal_senders=4', 'wal_keep_size=256MB'];
/** Of the process, not of the data. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts']);

/** A migrated cluster that a replica may follow. */
export async function startPrimary(): Promise<OwnDatabase> {
  return OwnDatabase.start({ flags: FOLLOWED });
}

/** A real streaming replica, made while its primary runs, behind an address that stays the same when it is away. */
export class Replica {
  private server: EmbeddedServer | null = null;
  /** Straight to the replica. */
  pool = new Pool();

  private constructor(
    private readonly dataDir: string,
    private readonly primary: OwnDatabase,
    private readonly relay: Relay,
  ) {}

  static async of(primary: OwnDatabase): Promise<Replica> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mycoach-replica-'));
    await chmod(dataDir, 0o755);
    await copyRunning(primary, dataDir);
    const replica = new Replica(dataDir, primary, await Relay.open());
    await replica.start();
    await eventually(
      () => replica.lacks(),
      (bytes) => bytes === 0,
    );
    return replica;
  }

  get url(): string {
    return this.relay.urlFor(this.server?.url ?? this.primary.url);
  }

  async start(): Promise<void> {
    const { hostname, port, username, password } = new URL(this.primary.whereabouts.serverUrl);
    const follow = `host=${hostname} port=${port} user=${username} password=${password} application_name=standby`;
    const flags = ['fsync=off', 'max_connections=60', 'wal_retrieve_retry_interval=100ms', ...FOLLOWED];
    this.server = await startEmbeddedServer({ dataDir: this.dataDir, flags: [...flags, `primary_conninfo=${follow}`] });
    this.pool = new Pool({ connectionString: this.server.url, max: 2 });
    this.pool.on('error', () => undefined);
    this.relay.leadTo(Number(new URL(this.server.url).port));
  }

  async stop(): Promise<void> {
    this.relay.leadTo(null);
    await this.pool.end();
    await this.server?.stop();
    this.server = null;
  }

  /** It answers, and shows nothing new. */
  async pause(): Promise<void> {
    await this.pool.query('SELECT pg_wal_replay_pause()');
    const state = async (): Promise<string | undefined> =>
      (await this.pool.query<{ state: string }>('SELECT pg_get_wal_replay_pause_state() AS state')).rows[0]?.state;
    await eventually(state, (found) => found === 'paused');
  }

  async resume(): Promise<void> {
    await this.pool.query('SELECT pg_wal_replay_resume()');
  }

  /** Its connections stay open, and nothing passes. */
  mute(): void {
    this.relay.mute();
  }

  unmute(): void {
    this.relay.unmute();
  }

  /** How many messages to it, since it was asked last, held this text: that of a statement, or its name. */
  takeCountOf(text: string): number {
    return this.relay.takeCountOf(text);
  }

  /** Bytes of the primary’s log that it has not shown yet. */
  async lacks(): Promise<number> {
    const { rows: written } = await this.primary.pool.query<{ position: string }>(
      'SELECT pg_current_wal_lsn() AS position',
    );
    const { rows } = await this.pool.query<{ bytes: string }>(
      'SELECT greatest(0, $1::pg_lsn - coalesce(pg_last_wal_replay_lsn(), $2)) AS bytes',
      [written[0]?.position, '0/0'],
    );
    return Number(rows[0]?.bytes);
  }

  async remove(): Promise<void> {
    if (this.server) await this.stop();
    await this.relay.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** As an operator would with `pg_basebackup`, which the embedded PostgreSQL does not bring. */
async function copyRunning(primary: OwnDatabase, dataDir: string): Promise<void> {
  const from = clusterDir(primary.whereabouts.dataDir);
  const to = clusterDir(dataDir);
  const session = new Client(primary.whereabouts.serverUrl);
  await session.connect();
  try {
    await session.query(`SELECT pg_backup_start('replica', true)`);
    // The log itself comes by the stream.
    const isCopied = (path: string): boolean => !NOT_COPIED.has(basename(path)) && !isLogFile(path);
    await cp(from, to, { recursive: true, filter: isCopied });
    const { rows } = await session.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
  } finally {
    await session.end();
  }
  await writeFile(join(to, 'standby.signal'), '');
  await chmod(to, 0o700);
}

function isLogFile(path: string): boolean {
  return basename(dirname(path)) === 'pg_wal' && /^[0-9A-F]{24}$/.test(basename(path));
}
