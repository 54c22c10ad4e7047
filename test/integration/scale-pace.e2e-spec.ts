import { startTestApp, type TestApp } from 'test/support/test-app';
import { WithingsServer } from 'test/support/withings-server';
import { connectScale, refusedImport, settle } from './scales';

/** A turn of each line every ten seconds. */
const SLOW = { WITHINGS_CALLS_PER_MINUTE: '24' };

let withings: WithingsServer;
const apps: TestApp[] = [];

beforeAll(async () => (withings = await new WithingsServer().start()));
afterAll(() => withings.stop());
beforeEach(() => withings.forget());
afterEach(async () => {
  for (const app of apps.splice(0).reverse()) await app.close();
});

async function start(variables: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({ ...withings.variables, ...SLOW, ...variables });
  apps.push(app);
  return app;
}

const calls = (): number => withings.requestsTo('/measure').length + withings.requestsTo('/notify').length;

describe('the pace at which Withings is asked', () => {
  it('spreads jobs: each comes back for its own turn, and none loses an attempt by it', async () => {
    const app = await start();
    const person = await app.register();
    await connectScale(app, withings, person);
    expect(calls()).toBe(1);
    const waiting = async () => {
      const { rows } = await app.database.query<{ attempts: number; waits: number }>(
        `SELECT attempts, extract(epoch FROM run_at - now())::float8 AS waits FROM graphile_worker.jobs
         WHERE task_identifier IN ('read_scale', 'subscribe_scale')`,
      );
      return rows;
    };
    const [later] = await waiting();
    expect(later?.attempts).toBe(0);
    expect(later?.waits).toBeGreaterThan(5);
    expect(later?.waits).toBeLessThanOrEqual(9);
    await app.database.query(
      "UPDATE provider_turns SET turn_at = now(); UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'",
    );
    await settle(app);
    expect([calls(), await waiting()]).toEqual([2, []]);
  });

  it('has turns saved up for people who wait, all processes together', async () => {
    const app = await start();
    const other = await start({ DATABASE_URL: app.databaseUrl });
    const person = await app.register();
    await connectScale(app, withings, person);
    withings.requests.length = 0;
    const elsewhere = { ...person, http: other.client(person.key) };
    for (let turn = 0; turn < 21; turn += 1) {
      const answer = await (turn % 2 === 0 ? person : elsewhere).http.get('/integrations/scale/import');
      expect(answer.status).toBe(200);
    }
    const refused = await elsewhere.http.get('/integrations/scale/import');
    expect([refused.status, refused.body]).toMatchObject([502, { detail: 'provider_error' }]);
    const { retry_after: retryAfter } = refused.body as { retry_after: number };
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(5);
    expect(await refusedImport(person)).toEqual([502, 'provider_error']);
    expect(withings.requestsTo('/measure')).toHaveLength(21);
  });

  it('leaves Withings alone for a while when it fails for one after another', async () => {
    const app = await start({ WITHINGS_CALLS_PER_MINUTE: '100000' });
    const people = await Promise.all(Array.from({ length: 6 }, () => app.register()));
    for (const person of people) await connectScale(app, withings, person);
    withings.fail('/measure', { status: 500 }, Infinity);
    withings.requests.length = 0;
    for (const person of people) expect(await refusedImport(person)).toEqual([502, 'provider_error']);
    expect(withings.requestsTo('/measure')).toHaveLength(5);
  });
});
