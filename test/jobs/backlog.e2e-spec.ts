import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

/** A plan is made for all values once a statement has run so often. */
const UNTIL_PLANNED = 6;
const WAITING = 20_000;
/** Pages that PostgreSQL looks at, in memory or not. */
const A_FEW_PAGES = 150;

const ADD = `SELECT count(*) FROM graphile_worker.add_jobs(
  ARRAY[('deliver_mail', '{}', NULL, NULL, 5, NULL, 0, NULL)::graphile_worker.job_spec])`;

interface Explained {
  'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }];
}

describe('a queue that has grown long', () => {
  let testDatabase: TestDatabase;
  let database: Client;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Client(testDatabase.url);
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await testDatabase.drop();
  });

  it('is not read through to add to it, by a connection that has known it empty', async () => {
    for (let time = 0; time < UNTIL_PLANNED; time += 1) await database.query(ADD);
    await database.query(
      `INSERT INTO graphile_worker._private_jobs (task_id, payload, max_attempts)
       SELECT id, '{}', 5 FROM graphile_worker._private_tasks, generate_series(1, $1) WHERE identifier = 'deliver_mail'`,
      [WAITING],
    );
    const { rows } = await database.query<Explained>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${ADD}`);
    const plan = rows[0]?.['QUERY PLAN'][0].Plan;
    const pages = (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(A_FEW_PAGES);
  });
});
