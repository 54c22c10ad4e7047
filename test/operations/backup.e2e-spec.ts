import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import sharp from 'sharp';
import { migrate } from 'src/database/migrate';
import { ReapplicationService } from 'src/modules/gdpr/erasure/reapplication.service';
import { ROOT } from 'test/architecture/sources';
import { registerProved } from 'test/auth/links';
import { bond, confirm } from 'test/booking/dealings';
import { leave, runErasure } from 'test/gdpr/leaving';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { SECRETS } from 'test/support/production-settings';
import { describeWithPostgres, runScript, SystemPostgres } from 'test/support/system-postgres';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const BACKUP = join(ROOT, 'ops', 'backup.sh');
const RESTORE = join(ROOT, 'ops', 'restore.sh');
const PASSWORD = 'p@ss:w/rd%41 #?';
const NOW = '2026-03-02T06:00:00Z';
const AFTER_GRACE = '2026-04-01T06:00:00Z';

/** What somebody reads on the screen when a script fails. */
function complaint(path: string, args: string[], variables: Record<string, string>): string {
  try {
    return `no complaint: ${runScript(path, args, variables)}`;
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr).trim();
  }
}

/** How many rows each table has. */
async function countsOf(url: string): Promise<Record<string, number>> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const { rows: counted } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
      counts[name] = counted[0]?.count ?? 0;
    }
    return counts;
  } finally {
    await pool.end();
  }
}

describeWithPostgres('a backup and its restore, as the runbook has them', () => {
  let server: SystemPostgres;
  let folder: string;
  let dataDir: string;
  let url: string;
  let app: TestApp;
  let backup: string;
  let counts: Record<string, number>;
  let coach: TestPerson;
  let gone: TestPerson;
  let stays: TestPerson;
  let booking: WireBooking;
  let picture: string;

  const startOn = (database: string, files: string): Promise<TestApp> =>
    startTestApp({ ...SECRETS, DATA_DIR: files }, undefined, { url: database, drop: () => Promise.resolve() });

  beforeAll(async () => {
    server = await SystemPostgres.start();
    folder = await mkdtemp(join(tmpdir(), 'mycoach-backups-'));
    dataDir = join(folder, 'data');
    url = await server.database('mycoach', PASSWORD);
    await migrate(url);
    app = await startOn(url, dataDir);
    await app.setClock(NOW);
    coach = await aCoach(app, { profile: { booking_horizon_days: 120 } });
    gone = await registerProved(app, { first_name: 'Ottoline' });
    stays = await registerProved(app);
    await bond(app, coach, gone, 'active');
    booking = await book(stays, coach.id, '2026-04-20T09:00:00Z');
    await confirm(coach, booking);
    const bytes = await sharp({ create: { width: 400, height: 400, channels: 3, background: '#c86432' } })
      .png()
      .toBuffer();
    const sent = stays.http.post('/users/me/avatar').attach('file', bytes, 'me.png');
    picture = (await expectStatus<{ resolved_photo_url: string }>(sent, 200)).resolved_photo_url;
    backup = runScript(BACKUP, [folder], { DATABASE_URL: url, DATA_DIR: dataDir }).trim();
    counts = await countsOf(url);
    // What comes after a backup is not in it: somebody leaves, and is erased.
    await leave(gone);
    await app.setClock(AFTER_GRACE);
    expect(await runErasure(app)).toBe(1);
    await app.advance(1);
    await app.close();
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

  it('brings everything back into an empty database, where nothing is left to migrate and everything works', async () => {
    const restored = await server.database('restored', PASSWORD);
    const files = join(folder, 'restored');
    // The receipts are kept beside the database, and are newer than the backup.
    await cp(join(dataDir, 'erasures'), join(files, 'erasures'), { recursive: true });
    const said = runScript(RESTORE, [backup], { DATABASE_URL: restored, DATA_DIR: files });
    expect(said).toContain('erasures:reapply');
    expect(await countsOf(restored)).toEqual(counts);
    expect(await migrate(restored)).toEqual([]);

    const again = await startOn(restored, files);
    try {
      await again.setClock(AFTER_GRACE);
      const reapplied = await again.nest.get(ReapplicationService).reapply();
      expect(reapplied).toEqual({ erased: 1, settled: 0, unreadable: [] });
      await again.client(gone.key).get('/users/me').expect(401);
      const read = await expectStatus<{ status: string }>(again.client(stays.key).get(`/bookings/${booking.id}`), 200);
      expect(read.status).toBe('confirmed');
      await again.http.get(picture).expect(200);
      const next = await book({ ...stays, http: again.client(stays.key) }, coach.id, '2026-04-21T09:00:00Z');
      expect(next.id).not.toBe(booking.id);
      await expectInvariants(again.database);
    } finally {
      await again.close();
    }
  }, 120_000);

  it('never goes into a database that has something in it', () => {
    expect(complaint(RESTORE, [backup], { DATABASE_URL: url, DATA_DIR: dataDir })).toMatch(
      /^The database mycoach is not empty, it has \d+ tables: restore into a new one$/,
    );
  });

  it('is refused when a byte of it has changed', async () => {
    const damaged = join(folder, 'damaged');
    await cp(backup, damaged, { recursive: true });
    await appendFile(join(damaged, 'database.dump'), 'x');
    const empty = await server.database('untouched', PASSWORD);
    expect(complaint(RESTORE, [damaged], { DATABASE_URL: empty })).toContain('is damaged');
    expect(await countsOf(empty)).toEqual({});
  });

  it('leaves no half of it behind, and no password among what others see', async () => {
    const wrong = Object.assign(new URL(url), { password: 'another' }).href;
    const before = await readdir(folder);
    const said = complaint(BACKUP, [folder], { DATABASE_URL: wrong });
    expect(said).toContain('password authentication failed');
    expect(said).not.toContain('another');
    expect(await readdir(folder)).toEqual(before);
    expect(complaint(BACKUP, [folder], {})).toBe('DATABASE_URL is not set: which database?');
    expect(complaint(BACKUP, [folder], { DATABASE_URL: 'mysql://a@b/c' })).toContain('no address of a PostgreSQL');
  });
});
