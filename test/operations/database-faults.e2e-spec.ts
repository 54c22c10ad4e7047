import { realTime, eventually } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { PRODUCTION } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { type Answered, ask, Traffic } from './traffic';

/** What nobody should wait longer for, with some room for a machine that runs other tests at the same time. */
const PATIENCE_MS = 5_000;

/** Refused in time with the one code that says "try again", or answered. */
function expectPolite(answers: readonly Answered[]): void {
  const rude = answers.filter(
    ({ status, detail, retryAfter, tookMs }) =>
      tookMs > PATIENCE_MS ||
      !(status === 200 || (status === 503 && detail === 'service_unavailable' && Number(retryAfter) > 0)),
  );
  expect(rude).toEqual([]);
}

async function probes(server: RealProcess): Promise<{ livez: number; health: unknown; readyz: unknown }> {
  const [livez, health, readyz] = await Promise.all(
    ['/livez', '/health', '/readyz'].map((path) => server.request(path)),
  );
  return {
    livez: livez?.status ?? 0,
    health: { status: health?.status, body: await health?.json() },
    readyz: { status: readyz?.status, body: await readyz?.json() },
  };
}

const DATABASE_AWAY = {
  livez: 200,
  health: { status: 503, body: expect.objectContaining({ status: 'degraded', db: 'error' }) as unknown },
  readyz: { status: 503, body: { status: 'not_ready', reasons: ['database'] } },
};
const WELL = {
  livez: 200,
  health: { status: 200, body: expect.objectContaining({ status: 'ok', db: 'ok' }) as unknown },
  readyz: { status: 200, body: { status: 'ready' } },
};

/** What the process tells of its pool. */
async function connections(server: RealProcess): Promise<{ inUse: number; waiting: number }> {
  const text = await (await server.request('/metrics')).text();
  const figure = (state: string): number =>
    Number(new RegExp(`^mycoach_database_connections\\{state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
  return { inUse: figure('in_use'), waiting: figure('waiting') };
}

async function mailsTo(database: OwnDatabase, email: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM sandbox_messages WHERE channel = 'email' AND recipient = $1`,
    [email],
  );
  return rows[0]?.n ?? 0;
}

/** Somebody registers, and the queue sends the mail: nobody reads the mailbox through HTTP, which would send it too. */
async function expectJobsDone(server: RealProcess, database: OwnDatabase): Promise<void> {
  const email = `late-${String(performance.now())}@example.com`;
  const form = { first_name: 'Zoé', last_name: 'Martin', email, password: 'Correct-Horse-7', role: 'client' };
  const { status } = await ask(server, '/auth/register', { method: 'POST', body: JSON.stringify(form) });
  expect(status).toBe(201);
  await eventually(
    () => mailsTo(database, email),
    (count) => count === 1,
    { withinMs: 10_000 },
  );
}

describe('a process whose database', () => {
  let database: OwnDatabase;
  let server: RealProcess;
  let people: KeyHolder[];
  let begun: Traffic[] = [];

  beforeAll(async () => {
    database = await OwnDatabase.start();
    people = await Promise.all(Array.from({ length: 6 }, () => keyHolder(database.pool)));
    server = await startProcess({
      DATABASE_URL: database.url,
      DATABASE_POOL_SIZE: '4',
      RATE_LIMIT_FACTOR: '10000',
      LOG_LEVEL: 'fatal',
    });
  }, 60_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await database.remove();
  }, 30_000);

  afterEach(async () => {
    // Also of a test that failed.
    await Promise.all(begun.map((traffic) => traffic.stop()));
    begun = [];
    // Whatever happened, no connection is lost to the pool.
    await eventually(
      () => connections(server),
      ({ inUse, waiting }) => inUse === 0 && waiting === 0,
    );
  }, 20_000);

  const begin = (): Traffic => {
    const traffic = new Traffic(server, people);
    begun.push(traffic);
    return traffic;
  };

  const person = (): KeyHolder => {
    const [first] = people;
    if (!first) throw new Error('nobody is there');
    return first;
  };

  it.each([
    ['is killed', () => database.crash()],
    ['is stopped hard', () => database.stopImmediately()],
  ])(
    '%s answers 503 until it is back, and recovers by itself',
    async (_, end) => {
      const traffic = begin();
      await traffic.untilWell(5_000);
      await end();
      await eventually(
        () => traffic.answers.at(-1)?.status,
        (status) => status === 503,
      );
      expect(await probes(server)).toEqual(DATABASE_AWAY);
      await realTime(1_500);
      expect(await probes(server)).toEqual(DATABASE_AWAY);
      await database.start();
      expect(await traffic.untilWell(5_000)).toBeLessThan(2_000);
      expectPolite(await traffic.stop());
      expect(await probes(server)).toEqual(WELL);
      await expectJobsDone(server, database);
      expect(server.child.exitCode).toBeNull();
    },
    60_000,
  );

  it('loses all sessions at once goes on after a moment', async () => {
    const traffic = begin();
    await traffic.untilWell(5_000);
    for (let time = 0; time < 3; time += 1) {
      await eventually(
        () => database.terminateSessions(),
        (count) => count > 0,
      );
      expect(await traffic.untilWell(5_000)).toBeLessThan(2_000);
    }
    const answers = await traffic.stop();
    expectPolite(answers);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(10);
    await expectJobsDone(server, database);
  }, 60_000);

  it('freezes refuses everybody in seconds, and goes on with the thaw', async () => {
    const traffic = begin();
    await traffic.untilWell(5_000);
    await database.freeze();
    const frozenAt = performance.now();
    await eventually(
      () => traffic.answers.at(-1)?.status,
      (status) => status === 503,
      { withinMs: PATIENCE_MS },
    );
    for (let time = 0; time < 3; time += 1) expect(await probes(server)).toEqual(DATABASE_AWAY);
    expect((await ask(server, '/livez')).tookMs).toBeLessThan(500);
    await eventually(
      () => performance.now() - frozenAt,
      (ms) => ms > 8_000,
    );
    await database.thaw();
    expect(await traffic.untilWell(5_000)).toBeLessThan(2_000);
    expectPolite(await traffic.stop());
    await eventually(
      () => probes(server),
      (found) => found.readyz !== undefined,
    );
    expect(await probes(server)).toEqual(WELL);
    await expectJobsDone(server, database);
  }, 60_000);

  it('has all its connections taken refuses with 503 in two seconds, says that it lives, and recovers at once', async () => {
    const { key } = person();
    // Their keys are known by then: looking one up would wait already.
    for (const one of people) expect(await ask(server, '/auth/me', { key: one.key })).toMatchObject({ status: 200 });
    await database.asSomebodyElse(async (somebody) => {
      await somebody.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
      // The first reads on connections of the pool, the second on the one that brief reads share.
      const routes = ['/users/me', '/auth/me'];
      const waiting = Promise.all(routes.flatMap((route) => people.map((one) => ask(server, route, { key: one.key }))));
      await eventually(
        () => connections(server),
        ({ inUse }) => inUse === 4,
      );
      expect((await ask(server, '/livez')).status).toBe(200);
      const answers = await waiting;
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 503));
      expectPolite(answers);
    });
    const after = await ask(server, '/auth/me', { key });
    expect(after).toMatchObject({ status: 200 });
    expect(after.tookMs).toBeLessThan(1_000);
  });

  it('holds a row that somebody wants gives up on it, and lets the others read meanwhile', async () => {
    const { key, id } = person();
    const change = { key, method: 'PATCH', body: JSON.stringify({ first_name: 'Anne' }) };
    await database.asSomebodyElse(async (somebody) => {
      await somebody.query('BEGIN');
      await somebody.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [id]);
      const waiting = Promise.all(Array.from({ length: 6 }, () => ask(server, '/users/me', change)));
      const reads = await Promise.all(Array.from({ length: 10 }, () => ask(server, '/auth/me', { key })));
      expect(reads.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
      const answers = await waiting;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
      expectPolite(answers);
    });
    expect(await ask(server, '/users/me', change)).toMatchObject({ status: 200 });
  });

  it('falls silent towards the one connection that hears of revoked keys refuses them within a second all the same', async () => {
    const holder = await keyHolder(database.pool);
    expect(await ask(server, '/auth/me', { key: holder.key })).toMatchObject({ status: 200 });
    database.cut('mycoach-listen');
    await database.pool.query('UPDATE api_keys SET revoked_at = now() WHERE user_id = $1', [holder.id]);
    const since = performance.now();
    await eventually(
      async () => (await ask(server, '/auth/me', { key: holder.key })).status,
      (status) => status === 401,
      { withinMs: 5_000 },
    );
    expect(performance.now() - since).toBeLessThan(1_300);
    // It notices by itself, and listens anew.
    await eventually(
      async () => {
        const { rows } = await database.pool.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'mycoach-listen'
             AND backend_start > now() - interval '4 seconds'`,
        );
        return rows[0]?.n;
      },
      (count) => count === 1,
    );
  }, 30_000);
});

describe('a process of production that starts before its database', () => {
  let database: OwnDatabase;
  let server: RealProcess;

  beforeAll(async () => {
    database = await OwnDatabase.start({ migrated: false });
    await database.stopImmediately();
    server = await startProcess({ ...PRODUCTION, DATABASE_URL: database.url, LOG_LEVEL: 'fatal' });
  }, 60_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await database.remove();
  }, 30_000);

  it('waits for it, then for its migrations, and serves without a restart', async () => {
    const login = { method: 'POST', body: JSON.stringify({ email: 'a@example.com', password: 'Wrong-Horse-7' }) };
    expect(await probes(server)).toEqual(DATABASE_AWAY);
    expectPolite([await ask(server, '/auth/login', login)]);
    expect(await ask(server, '/auth/login', login)).toMatchObject({ status: 503 });

    await database.start();
    await eventually(
      async () => (await probes(server)).readyz,
      (readyz) => JSON.stringify(readyz).includes('migrations_pending'),
      { withinMs: 5_000 },
    );
    expect(await ask(server, '/auth/login', login)).toMatchObject({ status: 503, detail: 'service_unavailable' });

    await database.migrate();
    await eventually(
      async () => (await server.request('/readyz')).status,
      (status) => status === 200,
      {
        withinMs: 2_000,
      },
    );
    expect(await ask(server, '/auth/login', login)).toMatchObject({ status: 401, detail: 'invalid_credentials' });
    const holder = await keyHolder(database.pool);
    expect(await ask(server, '/auth/me', { key: holder.key })).toMatchObject({ status: 200 });
  }, 60_000);
});
