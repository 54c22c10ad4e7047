import { randomUUID } from 'node:crypto';
import { AppConfig } from 'src/config/app-config';
import { readEnvironment } from 'src/config/environment';
import { createDataSource } from 'src/database/data-source';
import { DatabaseConnector } from 'src/database/database-connector';
import { aCoach } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { eventually, realTime } from 'test/support/eventually';
import { expectInvariants } from 'test/support/invariants';
import { keepsNamedStatements, PgBouncerServer } from 'test/support/pgbouncer-server';
import { describeWith } from 'test/support/system-servers';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

/** Of the server, shared by two processes with twenty connections each. */
const CONNECTIONS = 6;
const LIMITS = { statement_timeout: '3s', lock_timeout: '2s', idle_in_transaction_session_timeout: '10s' };
const PLACES = 5;

describeWith('pgbouncer', 'two processes behind PgBouncer in transaction mode', () => {
  let direct: TestApp;
  let bouncer: PgBouncerServer;
  let people: TestPerson[];
  let apps: TestApp[] = [];

  const withLimits = async (): Promise<void> => {
    const name = new URL(direct.databaseUrl).pathname.slice(1);
    // For this database alone; an operator sets them for the role.
    for (const [limit, value] of Object.entries(LIMITS))
      await direct.database.query(`ALTER DATABASE ${name} SET ${limit} = '${value}'`);
  };
  const start = (variables: Record<string, string> = {}): Promise<TestApp> =>
    startTestApp({
      DATABASE_URL: bouncer.url,
      DATABASE_DIRECT_URL: direct.databaseUrl,
      DATABASE_POOL_SIZE: '20',
      DATABASE_PREPARED_STATEMENTS: String(keepsNamedStatements()),
      ...variables,
    });

  beforeAll(async () => {
    direct = await startTestApp();
    await direct.setClock('2026-03-02T06:00:00Z');
    await withLimits();
    bouncer = await PgBouncerServer.start(direct.databaseUrl, CONNECTIONS);
    people = await crowd(direct, 120);
    apps = [await start({ ROLE: 'all' }), await start()];
  }, 90_000);
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await bouncer.remove();
    await direct.close();
  }, 30_000);

  const appOf = (index: number): TestApp => {
    const app = apps[index % apps.length];
    if (!app) throw new Error('no process');
    return app;
  };
  const book = async (index: number, person: TestPerson, body: object): Promise<number> =>
    (await appOf(index).client(person.key).post('/bookings').send(body)).status;
  const tally = (statuses: readonly number[]): Record<number, number> =>
    Object.fromEntries([...new Set(statuses)].map((one) => [one, statuses.filter((status) => status === one).length]));

  it('sell five places five times, with fewer connections of the server than they think they have', async () => {
    const coach = await aCoach(direct, { maxSlots: PLACES });
    let most = 0;
    const storm = { isOver: false };
    const watching = (async () => {
      while (!storm.isOver) {
        const { rows } = await direct.database.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity
           WHERE datname = current_database() AND application_name LIKE 'mycoach - %'`,
        );
        most = Math.max(most, rows[0]?.n ?? 0);
        await realTime(10);
      }
    })();
    const body = { coach_id: coach.id, scheduled_at: '2026-03-05T09:00:00Z' };
    const statuses = await Promise.all(people.map((person, index) => book(index, person, body)));
    storm.isOver = true;
    await watching;
    expect(tally(statuses)).toEqual({ 201: PLACES, 409: people.length - PLACES });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(CONNECTIONS);
    await expectInvariants(direct.database);
  });

  it('book, read and cancel again and again without mixing up whose connection is whose', async () => {
    const coaches = await Promise.all([1, 2, 3].map(() => aCoach(direct, { maxSlots: 50 })));
    const story = async (person: TestPerson, index: number): Promise<string[]> => {
      const http = appOf(index).client(person.key);
      const other = appOf(index + 1).client(person.key);
      const coach = coaches[index % coaches.length];
      const at = `2026-03-${String(10 + (index % 5)).padStart(2, '0')}T${String(8 + (index % 9)).padStart(2, '0')}:00:00Z`;
      const made = await http.post('/bookings').send({ coach_id: coach?.id, scheduled_at: at });
      const { id } = made.body as { id: string };
      const read = await other.get(`/bookings/${id}`);
      const me = await http.get('/auth/me');
      const ended = await other.delete(`/bookings/${id}`).send({});
      return [
        `${String(made.status)} ${String(read.status)} ${String(me.status)} ${String(ended.status)}`,
        String((read.body as { client_id: string }).client_id === person.id),
        String((me.body as { user: { id: string } }).user.id === person.id),
      ];
    };
    const stories = await Promise.all(people.slice(0, 48).map(story));
    expect(new Set(stories.map((lines) => lines.join(', ')))).toEqual(new Set(['201 200 200 200, true, true']));
    await expectInvariants(direct.database);
  });

  it('hear of each other: a key revoked on one is refused by the other within a second', async () => {
    const person = await direct.register();
    for (const app of apps) expect((await app.client(person.key).get('/auth/me')).status).toBe(200);
    expect((await appOf(0).client(person.key).delete('/auth/logout')).status).toBe(204);
    const since = performance.now();
    await eventually(
      async () => (await appOf(1).client(person.key).get('/auth/me')).status,
      (status) => status === 401,
    );
    expect(performance.now() - since).toBeLessThan(1_000);
  });

  it('work off jobs, which come through the pooler and are claimed beside it', async () => {
    const email = `zoe-${randomUUID()}@example.com`;
    const person = { first_name: 'Zoé', last_name: 'Martin', email, password: 'Correct-Horse-7', role: 'client' };
    expect((await appOf(1).http.post('/auth/register').send(person)).status).toBe(201);
    const mails = await eventually(
      async () => (await direct.messages({ channel: 'email' })).filter(({ to }) => to === email),
      (found) => found.length > 0,
    );
    expect(mails).toHaveLength(1);
  });

  it('keep the idempotency of two that repeat one request at once', async () => {
    const coach = await aCoach(direct);
    const [person] = people;
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        appOf(index)
          .client(person?.key ?? '')
          .post('/bookings')
          .set('Idempotency-Key', key)
          .send({ coach_id: coach.id, scheduled_at: '2026-03-20T09:00:00Z' }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(made.map(({ body }) => (body as { id: string }).id)).size).toBe(1);
    // One that came while the first ran was told so.
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const { rows } = await direct.database.query('SELECT FROM bookings WHERE coach_id = $1', [coach.id]);
    expect(rows).toHaveLength(1);
  });

  it('end a statement that waits for a lock, by the limits of the role', async () => {
    const [person] = people;
    const holder = await direct.database.connect();
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [person?.id]);
      const since = performance.now();
      const answer = await appOf(0)
        .client(person?.key ?? '')
        .patch('/users/me')
        .send({ first_name: 'Camille' });
      expect(answer.status).toBe(503);
      expect(performance.now() - since).toBeLessThan(3_500);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
    const { status } = await appOf(0)
      .client(person?.key ?? '')
      .patch('/users/me')
      .send({ first_name: 'Camille' });
    expect(status).toBe(200);
  });

  it('answer 503 while the pooler is away, and go on when it is back', async () => {
    const [person] = people;
    const write = async (): Promise<number> =>
      (
        await appOf(0)
          .client(person?.key ?? '')
          .patch('/users/me')
          .send({ first_name: 'Camille' })
      ).status;
    await bouncer.stop();
    expect(await write()).toBe(503);
    await bouncer.start();
    await eventually(write, (status) => status === 200);
  }, 30_000);

  it('serve nobody as long as the role behind the pooler has no time limits', async () => {
    const name = new URL(direct.databaseUrl).pathname.slice(1);
    await direct.database.query(`ALTER DATABASE ${name} RESET lock_timeout`);
    const fresh = await PgBouncerServer.start(direct.databaseUrl, 2);
    const config = new AppConfig(
      readEnvironment(
        { NODE_ENV: 'test', DATABASE_URL: fresh.url, DATABASE_DIRECT_URL: direct.databaseUrl, DATABASE_POOL_SIZE: '2' },
        () => '',
      ),
    );
    const source = createDataSource(config);
    const connector = new DatabaseConnector(source, config);
    await connector.onModuleInit();
    expect(source.isInitialized).toBe(false);
    await withLimits();
    // The connections that the pooler holds were made before.
    await fresh.stop();
    await fresh.start();
    await eventually(
      () => source.isInitialized,
      (isThere) => isThere,
    );
    connector.onModuleDestroy();
    await source.destroy();
    await fresh.remove();
  }, 30_000);
});
