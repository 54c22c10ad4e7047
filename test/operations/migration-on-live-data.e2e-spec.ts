import { createDataSource } from 'src/database/data-source';
import { migrate } from 'src/database/migrate';
import { eventually } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { Traffic } from './traffic';

describe('a migration while people work', () => {
  let database: OwnDatabase;
  let server: RealProcess;
  let people: KeyHolder[];

  beforeAll(async () => {
    database = await OwnDatabase.start();
    people = await Promise.all(Array.from({ length: 4 }, () => keyHolder(database.pool)));
    server = await startProcess({ DATABASE_URL: database.url, RATE_LIMIT_FACTOR: '100000', LOG_LEVEL: 'fatal' });
    // The last one is still to be done.
    const source = await createDataSource({ databaseUrl: database.url, poolSize: 1 }).initialize();
    await source.undoLastMigration({ transaction: 'each' });
    await source.destroy();
  }, 90_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await database.remove();
  }, 30_000);

  const done = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM migrations');
    return rows[0]?.n ?? -1;
  };

  it('gives up after ten seconds on a lock that it does not get, changes nothing, and is done by the next try (trust 63)', async () => {
    const traffic = new Traffic(server, people);
    const before = await done();
    await database.asSomebodyElse(async (somebody) => {
      await somebody.query('BEGIN; LOCK TABLE migrations IN ACCESS EXCLUSIVE MODE');
      const since = performance.now();
      await expect(migrate(database.url)).rejects.toThrow('lock timeout');
      expect(performance.now() - since).toBeGreaterThan(9_000);
      expect(performance.now() - since).toBeLessThan(20_000);
    });
    expect(await done()).toBe(before);
    // Two processes of the next release start at the same time: one migrates, the other finds nothing left to do.
    const results = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(results.map((names) => names.length).sort()).toEqual([0, 1]);
    expect(await done()).toBe(before + 1);
    await traffic.untilWell(5_000);
    const answers = await traffic.stop();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(100);
    await eventually(
      async () => (await server.request('/readyz')).status,
      (status) => status === 200,
    );
  }, 90_000);
});
