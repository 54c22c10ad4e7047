import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Reapplication, ReapplicationService } from 'src/modules/gdpr/erasure/reapplication.service';
import { bond, confirm } from 'test/booking/dealings';
import { registerProved } from 'test/auth/links';
import { aCoach, book } from 'test/support/coaching';
import { S3Server } from 'test/support/s3-server';
import { copyTestDatabase } from 'test/support/test-database';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { leave, runErasure, statusOf } from './leaving';

const NOW = '2026-03-02T06:00:00Z';
const DUE = '2026-04-01T06:00:00Z';
const NAME = 'Ottoline';

describe.each(['a folder', 'a bucket'])('a backup from before an erasure, with the receipts in %s', (place) => {
  let folder: string;
  let bucket: S3Server;
  let variables: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-receipts-'));
    bucket = await S3Server.start();
    variables = { DATA_DIR: folder, ...(place === 'a bucket' && bucket.variables) };
  });
  afterAll(async () => {
    await bucket.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const reapply = (app: TestApp): Promise<Reapplication> => app.nest.get(ReapplicationService).reapply();
  const filed = async (): Promise<string[]> =>
    place === 'a bucket' ? [...bucket.objects.keys()] : readdir(join(folder, 'erasures'));

  it('is brought back to it before anybody is served, once, and nobody else is touched (trust 60)', async () => {
    const before = await startTestApp(variables);
    await before.setClock(NOW);
    const coach = await aCoach(before, { profile: { booking_horizon_days: 120 } });
    const gone = await registerProved(before, { first_name: NAME });
    const stays = await registerProved(before, { first_name: NAME });
    await bond(before, coach, gone, 'active');
    const coming = await book(gone, coach.id, '2026-04-20T09:00:00Z');
    await confirm(coach, coming);
    // The backup is older than the wish to leave.
    const backup = await copyTestDatabase(before.databaseUrl);
    try {
      await leave(gone);
      await before.setClock(DUE);
      expect(await runErasure(before)).toBe(1);
      await before.advance(1);
      expect(await filed()).toHaveLength(1);
      await expectBroughtBack(backup.url, { gone, stays, coach });
    } finally {
      await before.close();
      await backup.drop();
    }
  }, 60_000);

  async function expectBroughtBack(
    url: string,
    { gone, stays, coach }: Record<'gone' | 'stays' | 'coach', TestPerson>,
  ): Promise<void> {
    const restored = await startTestApp({ ...variables, DATABASE_URL: url });
    const database = new Client(url);
    await database.connect();
    const status = async ({ id }: TestPerson): Promise<unknown> =>
      (await database.query<{ status: string }>('SELECT status FROM users WHERE id = $1', [id])).rows[0]?.status;
    try {
      await restored.setClock('2026-04-03T06:00:00Z');
      expect(await status(gone)).toBe('active');
      expect(await reapply(restored)).toEqual({ erased: 1, settled: 0, unreadable: [] });
      expect(await status(gone)).toBe('deleted');
      expect(await status(stays)).toBe('active');
      const { rows } = await database.query(
        `SELECT (SELECT count(*)::int FROM users WHERE first_name = '${NAME}') AS named,
                (SELECT string_agg(status, ',') FROM bookings WHERE client_id = $1) AS bookings,
                (SELECT count(*)::int FROM notifications WHERE user_id = $2 AND about_user_ids @> ARRAY[$1::uuid])
                  AS inboxes,
                (SELECT erased_at FROM erasure_receipts WHERE user_id = $1) AS at`,
        [gone.id, coach.id],
      );
      expect(rows).toEqual([
        { named: 1, bookings: 'cancelled_by_client', inboxes: 0, at: new Date('2026-04-03T06:00:00Z') },
      ]);
      // Nobody is mailed that he wished to leave, who wished it long ago.
      const mails = await database.query(`SELECT FROM notifications WHERE type = 'deletion_requested'`);
      expect(mails.rowCount).toBe(0);
      expect(await reapply(restored)).toEqual({ erased: 0, settled: 1, unreadable: [] });
    } finally {
      await database.end();
      await restored.close();
    }
  }

  it('tells of files that are no receipts, and goes on', async () => {
    if (place === 'a folder') await writeFile(join(folder, 'erasures', 'notes.txt'), 'not one of ours');
    else
      bucket.objects.set('erasures/notes.txt', {
        bytes: Buffer.from('not one of ours'),
        contentType: 'text/plain',
        metadata: {},
      });
    const app = await startTestApp(variables);
    try {
      expect(await reapply(app)).toEqual({ erased: 0, settled: 1, unreadable: ['notes.txt'] });
      expect(await statusOf(app, { id: '00000000-0000-0000-0000-000000000000' })).toBeUndefined();
    } finally {
      await app.close();
    }
  }, 60_000);
});
