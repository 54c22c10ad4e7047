import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, NestLogger } from 'src/common/logging/logger';
import { JobWorker } from 'src/common/jobs/job-worker';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { fullLife, type FullLife } from './full-life';
import { leave, statusOf } from './leaving';
import { tracesInDatabase, tracesInFiles } from './traces';

const THIRTY_DAYS = 30 * 86_400;

type Sums = Record<string, unknown>;

/** Somebody who did everything once leaves: nothing that he wrote or was is found again (trust 59). */
describe.each(['client', 'coach'] as const)('after the erasure of a %s', (who) => {
  let app: TestApp;
  let folder: string;
  let life: FullLife;
  let before: Sums;
  const log: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mycoach-forgotten-'));
    app = await startTestApp({ DATA_DIR: folder });
    app.nest.useLogger(new NestLogger(createLogger('trace', { write: (line) => void log.push(line) })));
    life = await fullLife(app);
    const planted = await tracesInDatabase(app, life.words[who].entries());
    // The search finds what is there: or its silence at the end would say nothing.
    expect(new Set(planted.map((trace) => trace.split(': ')[1])).size).toBeGreaterThan(15);
    await leave(life[who]);
    // Sessions of others take their course meanwhile: what is compared is the erasure alone.
    await app.advance(THIRTY_DAYS - 3_600);
    before = await sumsOf(app);
    await app.advance(2 * 86_400);
    await app.nest.get(JobWorker).settle();
  }, 180_000);
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const stayer = (): TestPerson => (who === 'client' ? life.coach : life.client);

  /**
   * What may not be found. A plan stays with the client who follows it, and what a coach noted of a client's training is
   * the client's.
   */
  const words = (): [field: string, text: string][] => {
    const stays = who === 'coach' ? /^plans\.|^planned_sessions\.|^exercise_sets\.coached_notes$/ : /^never$/;
    const planted = [...life.words[who].entries(), ...life.words.between.entries()];
    return planted.filter(([field]) => !stays.test(field));
  };

  it('the account is nobody’s', async () => {
    expect(await statusOf(app, life[who])).toBe('deleted');
  });

  it('no word of his is anywhere in the database, its queue included, not even behind our own keys', async () => {
    expect(await tracesInDatabase(app, [...words(), ['address', life[who].email]])).toEqual([]);
  });

  it('nor in a file, nor in the log', async () => {
    expect(await tracesInFiles(folder, words())).toEqual([]);
    const written = log.join('\n').toLowerCase();
    expect(written).toContain('mycoach');
    expect(life.words[who].entries().filter(([, word]) => written.includes(word.toLowerCase()))).toEqual([]);
    const photos = await readdir(join(folder, 'photos'));
    // One is left: that of the other one.
    expect(photos).toHaveLength(1);
  });

  it('sums of money and sessions are what they were', async () => {
    expect(await sumsOf(app)).toEqual(before);
    await expectInvariants(app.database);
  });

  it('the other one meets a deleted user in his own language, and can still take his data away', async () => {
    const bookings = await stayer()
      .http.get('/bookings?limit=100')
      .set('Accept-Language', 'fr')
      .query({ as: who === 'client' ? 'coach' : 'client' });
    expect(bookings.status).toBe(200);
    const { items } = bookings.body as { items: Record<string, unknown>[] };
    const names = items.filter((item) => item[`${who}_id`] === life[who].id).map((item) => item[`${who}_name`]);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names)).toEqual(new Set(['Utilisateur supprimé']));
    const everything = await stayer().http.get('/users/me/export').buffer(true);
    expect(everything.status).toBe(200);
    expect(words().filter(([, word]) => everything.text.includes(word))).toEqual([]);
  });

  it('a receipt is left that says nothing of him', async () => {
    const { rows } = await app.database.query<{ user_id: string }>('SELECT user_id FROM erasure_receipts');
    expect(rows).toEqual([{ user_id: life[who].id }]);
  });

  it('an admin finds nobody to look at', async () => {
    const q = life.words[who].text('last_name');
    expect(await expectStatus(life.admin.http.get(`/admin/users?q=${q}`), 200)).toMatchObject({ total: 0 });
  });
});

/** What must not change by an erasure but for what the closing itself cancels: cents and sessions. */
async function sumsOf(app: TestApp): Promise<Sums> {
  const { rows } = await app.database.query<Sums>(
    `SELECT (SELECT count(*)::int FROM bookings) AS bookings,
            (SELECT coalesce(sum(price_cents), 0)::int FROM bookings) AS prices,
            (SELECT count(*)::int FROM payments) AS payments,
            (SELECT coalesce(sum(amount_cents), 0)::int FROM payments) AS amounts,
            (SELECT coalesce(sum(price_cents), 0)::int FROM packages) AS packages,
            (SELECT coalesce(sum(remaining + used), 0)::int FROM packages) AS sessions`,
  );
  return rows[0] ?? {};
}
