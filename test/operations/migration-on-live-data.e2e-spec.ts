import { randomUUID } from 'node:crypto';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { createDataSource } from 'src/database/data-source';
import { migrate } from 'src/database/migrate';
import { eventually } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { SECRETS } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { ask, Traffic } from './traffic';

/** A text as the processes keep it in the inbox. */
function sealed(id: string, body: string): string {
  const cipher = new FieldCipher(new AppConfig(readEnvironment({ NODE_ENV: 'test', ...SECRETS }, () => '')));
  cipher.keeps({ table: 'notifications', columns: ['body'], rowId: 'id' });
  return cipher.encrypt({ table: 'notifications', column: 'body', rowId: id }, body);
}

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

  /** What a next release may add without the word of this one (docs/runbook.md). */
  async function addNextRelease({ id }: KeyHolder): Promise<void> {
    const { rows } = await database.pool.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    expect(rows.length).toBeGreaterThan(50);
    for (const { name } of rows)
      await database.pool.query(
        `ALTER TABLE ${name} ADD COLUMN next_release text NOT NULL DEFAULT 'later', ADD COLUMN also_next int`,
      );
    await database.pool.query('CREATE TABLE next_things (user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE)');
    await database.pool.query('CREATE INDEX next_index ON users (next_release)');
    await database.pool.query(`SELECT graphile_worker.add_job('job_of_the_next_release')`);
    const told = randomUUID();
    await database.pool.query(
      `INSERT INTO notifications (id, user_id, type, fact, title, body, data, created_at)
       VALUES ($1, $2, 'told_by_the_next_release', 'once', 'New', $3, '{}', now())`,
      [told, id, sealed(told, 'Something new')],
    );
    await database.pool.query(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Next9999999999999')`);
  }

  const jobsOf = async (isNext: boolean): Promise<{ attempts: number; locked_at: Date | null }[]> =>
    (
      await database.pool.query<{ attempts: number; locked_at: Date | null }>(
        `SELECT attempts, locked_at FROM graphile_worker.jobs WHERE (task_identifier = 'job_of_the_next_release') = $1`,
        [isNext],
      )
    ).rows;

  it('is lived with by the release before, which leaves what it does not know to the next one', async () => {
    const [person] = people;
    if (!person) throw new Error('nobody is there');
    const traffic = new Traffic(server, people);
    await traffic.untilWell(5_000);
    await addNextRelease(person);
    await traffic.untilWell(5_000);
    const answers = await traffic.stop();
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
    // Gone back to: it starts on what it does not know.
    const again = await startProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'fatal' }, { readyPath: '/readyz' });
    try {
      const body = { role: 'client', first_name: 'Tom', last_name: 'Baker', password: 'Correct-Horse-7' };
      const init = { method: 'POST', body: JSON.stringify({ ...body, email: 'tom@example.com' }) };
      expect(await ask(again, '/auth/register', init)).toMatchObject({ status: 201 });
      const inbox = await again.request('/notifications', { headers: { 'x-api-key': person.key } });
      expect(await inbox.json()).toMatchObject({
        items: [{ type: 'told_by_the_next_release', title: 'New', body: 'Something new' }],
      });
      await eventually(
        () => jobsOf(false),
        (found) => found.length === 0,
      );
      expect(await jobsOf(true)).toEqual([{ attempts: 0, locked_at: null }]);
    } finally {
      expect(await again.stop()).toBe(0);
    }
  }, 90_000);
});
