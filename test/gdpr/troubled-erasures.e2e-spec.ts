import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ReapplicationService } from 'src/modules/gdpr/erasure/reapplication.service';
import type { TestApp, TestPerson } from 'test/support/test-app';
import { type Departures, DUE, LEFT, runErasure, startDepartures, statusOf } from './leaving';
import type { TroubledPart } from './troubled-part';

describe('trouble with one erasure', () => {
  let departures: Departures;
  let app: TestApp;
  let folder: string;
  let part: TroubledPart;
  const leaver = (): Promise<TestPerson> => departures.leaver();

  beforeAll(async () => {
    departures = await startDepartures();
    ({ app, folder, part } = departures);
  });
  beforeEach(async () => {
    await app.setClock(LEFT);
    part.arrange(0, 1);
  });
  afterAll(() => departures.close());

  it('keeps nobody else waiting', async () => {
    const people = [await leaver(), await leaver(), await leaver()];
    await app.setClock(DUE);
    part.arrange(1, 1);
    expect((await app.http.post('/sandbox/jobs/anonymise_accounts/run')).status).toBe(500);
    const statuses = await Promise.all(people.map((person) => statusOf(app, person)));
    expect(statuses.sort()).toEqual(['deleted', 'deleted', 'deletion_pending']);
    expect(await runErasure(app)).toBe(1);
  });

  it('keeps nobody waiting for an account that cannot be settled', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    const stray = await leaver();
    await app.database.query(`UPDATE users SET status = 'deleted' WHERE id = $1`, [stray.id]);
    expect((await app.http.post('/sandbox/jobs/anonymise_accounts/run')).status).toBe(500);
    expect(await statusOf(app, person)).toBe('deleted');
    await app.database.query('DELETE FROM deletion_requests WHERE user_id = $1', [stray.id]);
  });

  it('keeps nobody waiting for a store of receipts that is away, and files them when it is back', async () => {
    const [first, second] = [await leaver(), await leaver()];
    const filed = join(folder, 'erasures');
    await app.setClock(DUE);
    await runErasure(app);
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await app.database.query('UPDATE erasure_receipts SET filed_at = NULL');
    await app.setClock(LEFT);
    const late = await leaver();
    await app.setClock(DUE);
    await rm(filed, { recursive: true, force: true });
    await writeFile(filed, 'where the folder should be');
    expect((await app.http.post('/sandbox/jobs/anonymise_accounts/run')).status).not.toBe(200);
    expect(await statusOf(app, late)).toBe('deleted');
    await rm(filed);
    await runErasure(app);
    const names = [first, second, late].map(({ id }) => `${id}.json`);
    expect(await readdir(filed)).toEqual(expect.arrayContaining(names));
  });

  it('keeps nobody waiting, either, when a backup has brought people back', async () => {
    const people = [await leaver(), await leaver()];
    await app.setClock(DUE);
    await runErasure(app);
    await app.advance(1);
    const ids = people.map(({ id }) => id);
    await app.database.query('DELETE FROM erasure_receipts WHERE user_id = ANY ($1)', [ids]);
    await app.database.query(`UPDATE users SET status = 'active' WHERE id = ANY ($1)`, [ids]);
    const statuses = async (): Promise<unknown[]> =>
      (await Promise.all(people.map((person) => statusOf(app, person)))).sort();
    part.arrange(1, 1);
    const reapply = (): Promise<unknown> => app.nest.get(ReapplicationService).reapply();
    await expect(reapply()).rejects.toThrow('somebody could not be erased again');
    expect(await statuses()).toEqual(['deleted', 'deletion_pending']);
    await expect(reapply()).resolves.toMatchObject({ erased: 1 });
    expect(await statuses()).toEqual(['deleted', 'deleted']);
  });

  it('is told where a backup has brought somebody back, and the clock is behind his erasure', async () => {
    const person = await leaver();
    await app.setClock(DUE);
    await runErasure(app);
    await app.advance(1);
    await app.database.query('DELETE FROM erasure_receipts WHERE user_id = $1', [person.id]);
    await app.database.query(`UPDATE users SET status = 'active' WHERE id = $1`, [person.id]);
    await app.setClock(LEFT);
    const reapply = (): Promise<unknown> => app.nest.get(ReapplicationService).reapply();
    await expect(reapply()).rejects.toThrow('somebody could not be erased again');
    await app.setClock(DUE);
    await expect(reapply()).resolves.toMatchObject({ erased: 1 });
    expect(await statusOf(app, person)).toBe('deleted');
  });
});
