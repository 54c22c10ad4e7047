import { appendFile, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import sharp from 'sharp';
import { migrate } from 'src/database/migrate';
import { ROOT } from 'test/architecture/sources';
import { registerProved } from 'test/auth/links';
import { bond, confirm } from 'test/booking/dealings';
import { leave, runErasure } from 'test/gdpr/leaving';
import { aCoach, book, expectStatus, type WireBooking, type WireSlot } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { PRODUCTION, SECRETS } from 'test/support/production-settings';
import { keyHolder, type KeyHolder, startProcess } from 'test/support/real-process';
import { describeWithPostgres, runScript, SystemPostgres } from 'test/support/system-postgres';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const BACKUP = join(ROOT, 'ops', 'backup.sh');
const RESTORE = join(ROOT, 'ops', 'restore.sh');
const REAPPLY = join(ROOT, 'dist', 'reapply-erasures.js');
const PASSWORD = 'p@ss:w/rd%41 #?';
const NOW = '2026-03-02T06:00:00Z';
const AFTER_GRACE = '2026-04-01T06:00:00Z';
const NAME = 'Ottoline';

/** What somebody reads on the screen when a script fails. */
function complaint(path: string, args: string[], variables: Record<string, string>): string {
  try {
    return `no complaint: ${runScript(path, args, variables)}`;
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr).trim();
  }
}

async function withPool<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** How many rows each table has, those of the queue too. */
const countsOf = (url: string): Promise<Record<string, number>> =>
  withPool(url, async (pool) => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
       WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const { rows: counted } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
      counts[name] = counted[0]?.count ?? 0;
    }
    return counts;
  });

describeWithPostgres('a backup and its restore, as the runbook has them', () => {
  let server: SystemPostgres;
  let folder: string;
  let dataDir: string;
  let source: Record<'owner' | 'app' | 'superuser', string>;
  let backup: string;
  let counts: Record<string, number>;
  let coach: TestPerson;
  let gone: TestPerson;
  let stays: TestPerson;
  let booking: WireBooking;
  let picture: string;
  let former: { url: string; person: KeyHolder };

  /** A life under the role of the processes, and an erasure that comes after the backup. */
  async function live(app: TestApp): Promise<void> {
    await app.setClock(NOW);
    coach = await aCoach(app, { profile: { booking_horizon_days: 120 } });
    gone = await registerProved(app, { first_name: NAME });
    stays = await registerProved(app);
    await bond(app, coach, gone, 'active');
    booking = await book(stays, coach.id, '2026-04-20T09:00:00Z');
    await confirm(coach, booking);
    const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#c86432' } })
      .png()
      .toBuffer();
    const sent = stays.http.post('/users/me/avatar').attach('file', bytes, 'me.png');
    picture = (await expectStatus<{ resolved_photo_url: string }>(sent, 200)).resolved_photo_url;
    backup = runScript(BACKUP, [folder], { DATABASE_URL: source.owner, DATA_DIR: dataDir }).trim();
    counts = await countsOf(source.owner);
    await leave(gone);
    await app.setClock(AFTER_GRACE);
    expect(await runErasure(app)).toBe(1);
    await app.advance(1);
  }

  beforeAll(async () => {
    server = await SystemPostgres.start();
    folder = await mkdtemp(join(tmpdir(), 'mycoach-backups-'));
    dataDir = join(folder, 'data');
    // Before there are the roles: what an older release has left behind.
    const url = await server.database('former');
    await migrate(url);
    former = { url, person: await withPool(url, (pool) => keyHolder(pool)) };
    source = await server.databaseWithRoles('mycoach', PASSWORD);
    await migrate(source.owner);
    const app = await startTestApp({ ...SECRETS, DATABASE_URL: source.app, DATA_DIR: dataDir }, undefined, {
      url: source.superuser,
      drop: () => Promise.resolve(),
    });
    await live(app).finally(() => app.close());
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has the database, the pictures and what proves them whole, and no receipt of an erasure', async () => {
    expect(backup).toMatch(/\/mycoach-\d{8}T\d{6}Z$/);
    expect((await readdir(backup)).sort()).toEqual(['SHA256SUMS', 'database.dump', 'files.tar']);
    expect(await readdir(join(dataDir, 'erasures'))).toHaveLength(1);
    const packed = runScript('/bin/tar', ['--list', '--file', join(backup, 'files.tar')], {});
    expect(packed).toMatch(/^photos\/\S+/m);
    expect(packed).not.toContain('erasures');
  });

  it('brings everything back into an empty database, erases again who was erased since, and serves (trust 60)', async () => {
    const restored = await server.databaseWithRoles('restored', PASSWORD);
    const files = join(folder, 'restored');
    // The receipts are kept beside the database, and are newer than the backup.
    await cp(join(dataDir, 'erasures'), join(files, 'erasures'), { recursive: true });
    const said = runScript(RESTORE, [backup], { DATABASE_URL: restored.owner, DATA_DIR: files });
    expect(said).toContain('erasures:reapply');
    expect(await countsOf(restored.owner)).toEqual(counts);
    expect(counts['graphile_worker._private_jobs']).toBeGreaterThan(0);
    expect(await migrate(restored.owner)).toEqual([]);
    const variables = { ...PRODUCTION, DATABASE_URL: restored.app, DATA_DIR: files };
    expect(await named(restored.owner)).toBe(1);
    expect(runScript(process.execPath, [REAPPLY], variables)).toBe('Erased again: 1. Nothing to do for: 0.\n');
    expect(await named(restored.owner)).toBe(0);
    await expectServed(variables);
    await withPool(restored.owner, (pool) => expectInvariants(pool));
  }, 120_000);

  const named = (url: string): Promise<number | undefined> =>
    withPool(url, async (pool) => {
      const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM users WHERE first_name = $1', [
        NAME,
      ]);
      return rows[0]?.n;
    });

  /** A process of production on it: people, their bookings and pictures are there, and the next session is booked. */
  async function expectServed(variables: Record<string, string>): Promise<void> {
    const process = await startProcess({ ...variables, ROLE: 'api' }, { readyPath: '/readyz' });
    const ask = async <T>(path: string, key: string, body?: object): Promise<[number, T]> => {
      const headers = { 'x-api-key': key, 'content-type': 'application/json' };
      const method = body ? 'POST' : 'GET';
      const answer = await process.request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      return [answer.status, (await answer.json()) as T];
    };
    try {
      expect((await ask('/users/me', gone.key))[0]).toBe(401);
      const [, read] = await ask<WireBooking>(`/bookings/${booking.id}`, stays.key);
      expect(read).toMatchObject({ id: booking.id, status: 'confirmed' });
      expect((await process.request(picture)).status).toBe(200);
      const [, { slots }] = await ask<{ slots: WireSlot[] }>(`/coaches/${coach.id}/slots`, stays.key);
      const wish = { coach_id: coach.id, scheduled_at: slots.at(-1)?.scheduled_at };
      const [status, next] = await ask<WireBooking>('/bookings', stays.key, wish);
      expect([status, next.status]).toEqual([201, 'pending_coach_validation']);
    } finally {
      expect(await process.stop()).toBe(0);
    }
  }

  it('is not made by the role of the processes, from which rows are hidden', async () => {
    const variables = { DATABASE_URL: source.app, DATA_DIR: dataDir };
    expect(complaint(BACKUP, [folder], variables)).toMatch(
      /^mycoach_app does not see all rows of \d+ tables: back up as the owner of the tables or as a superuser$/,
    );
    // What PostgreSQL says of it by itself.
    expect(complaint('pg_dump', ['--file=/dev/null', source.app], {})).toContain('row-level security policy');
    const bySuperuser = join(folder, 'by-superuser');
    await mkdir(bySuperuser);
    const other = runScript(BACKUP, [bySuperuser], { DATABASE_URL: source.superuser }).trim();
    expect(await readdir(other)).toContain('database.dump');
  });

  it('moves a database that one superuser has made to the two roles', async () => {
    const moved = await server.databaseWithRoles('moved', PASSWORD);
    const place = join(folder, 'former');
    await mkdir(place);
    const made = runScript(BACKUP, [place], { DATABASE_URL: former.url }).trim();
    runScript(RESTORE, [made], { DATABASE_URL: moved.owner });
    expect(await migrate(moved.owner)).toEqual([]);
    const { rows } = await withPool(moved.app, (pool) =>
      pool.query<{ email: string; others: number; jobs: number }>(
        `SELECT email, (SELECT count(*)::int FROM pg_class WHERE relowner <> 'mycoach_owner'::regrole
                        AND relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace)) AS others,
                (SELECT count(*)::int FROM graphile_worker._private_jobs) AS jobs FROM users`,
      ),
    );
    expect(rows).toEqual([{ email: former.person.email, others: 0, jobs: 0 }]);
    await withPool(moved.app, async (pool) => {
      await pool.query(`SELECT graphile_worker.add_job('any')`);
      expect((await pool.query('SELECT FROM graphile_worker._private_jobs')).rowCount).toBe(1);
      await expect(pool.query('CREATE TABLE mine (id int)')).rejects.toThrow('permission denied');
      await expect(pool.query('UPDATE package_movements SET delta = 9')).rejects.toThrow('permission denied');
    });
  }, 60_000);

  it('never goes into a database that has something in it', () => {
    expect(complaint(RESTORE, [backup], { DATABASE_URL: source.owner, DATA_DIR: dataDir })).toMatch(
      /^The database mycoach is not empty, it has \d+ tables: restore into a new one$/,
    );
  });

  it('is refused when a byte of it has changed', async () => {
    const damaged = join(folder, 'damaged');
    await cp(backup, damaged, { recursive: true });
    await appendFile(join(damaged, 'database.dump'), 'x');
    const empty = await server.databaseWithRoles('untouched', PASSWORD);
    expect(complaint(RESTORE, [damaged], { DATABASE_URL: empty.owner })).toContain('is damaged');
    expect(await countsOf(empty.owner)).toEqual({});
  });

  it('leaves no half of it behind, and no password among what others see', async () => {
    const wrong = Object.assign(new URL(source.owner), { password: 'another' }).href;
    const before = await readdir(folder);
    const said = complaint(BACKUP, [folder], { DATABASE_URL: wrong });
    expect(said).toContain('password authentication failed');
    expect(said).not.toContain('another');
    expect(await readdir(folder)).toEqual(before);
    expect(complaint(BACKUP, [folder], {})).toBe('DATABASE_URL is not set: which database?');
    expect(complaint(BACKUP, [folder], { DATABASE_URL: 'mysql://a@b/c' })).toContain('no address of a PostgreSQL');
  });
});
