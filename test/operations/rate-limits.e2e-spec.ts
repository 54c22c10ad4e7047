import { Pool } from 'pg';
import { newApiKey } from 'src/modules/auth/keys/api-key.format';
import { crowd } from 'test/support/crowd';
import { eventually } from 'test/support/eventually';
import { keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { describeWith, RedisServer } from 'test/support/system-servers';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { type Answered, ask } from './traffic';

const PUBLIC = '/static/avatars/default_male.svg';
const UNLIMITED = ['/health', '/livez', '/readyz', '/metrics', '/sandbox/clock'];

const tally = (statuses: readonly number[]): Record<number, number> =>
  Object.fromEntries([...new Set(statuses)].map((status) => [status, statuses.filter((one) => one === status).length]));

/** Not all at once: a few sockets are enough to count wrong if counting can go wrong. */
async function inBatches<T>(times: number, send: (index: number) => PromiseLike<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let begin = 0; begin < times; begin += 20)
    answers.push(
      ...(await Promise.all(Array.from({ length: Math.min(20, times - begin) }, (_, index) => send(begin + index)))),
    );
  return answers;
}

describe('the request limits of one process', () => {
  let app: TestApp;
  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    app = await startTestApp({ RATE_LIMIT_FACTOR: '1', ...variables });
  };
  afterEach(() => app.close());

  it('let exactly 300 requests a minute through for one key, and tell each caller where he stands', async () => {
    await start();
    const [one, other] = await crowd(app, 2);
    const answers = await inBatches(310, () => app.client(one?.key ?? '').get('/auth/me'));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 300, 429: 10 });
    const remaining = answers.map(({ headers }) => Number(headers['ratelimit-remaining'])).sort((a, b) => b - a);
    expect(remaining).toEqual([...Array.from({ length: 300 }, (_, index) => 299 - index), ...Array(10).fill(0)]);
    for (const { status, headers, body } of answers) {
      expect(headers['ratelimit-limit']).toBe('300');
      const reset = Number(headers['ratelimit-reset']);
      expect(reset).toBeGreaterThan(0);
      expect(reset).toBeLessThanOrEqual(60);
      expect(headers['retry-after']).toBe(status === 429 ? String(reset) : undefined);
      if (status === 429) expect(body).toMatchObject({ detail: 'too_many_requests', retry_after: reset });
    }
    // Neither another key nor somebody without one is any nearer to his limit.
    const others = await app.client(other?.key ?? '').get('/auth/me');
    expect(others.headers['ratelimit-remaining']).toBe('299');
    const stranger = await app.http.get(PUBLIC);
    expect(stranger.headers['ratelimit-remaining']).toBe('119');
  });

  it('let exactly 120 requests a minute through for one address: public ones, and those whose key is missing or refused', async () => {
    await start();
    const [{ key } = { key: '' }] = await crowd(app, 1);
    expect((await app.client(key).get('/auth/me')).status).toBe(200);
    const send = (index: number): PromiseLike<{ status: number; headers: Record<string, string> }> => {
      if (index % 3 === 0) return app.http.get(PUBLIC);
      return index % 3 === 1 ? app.http.get('/auth/me') : app.client(newApiKey()).get('/auth/me');
    };
    const answers = await inBatches(123, send);
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 40, 401: 80, 429: 3 });
    expect(new Set(answers.map(({ headers }) => headers['ratelimit-limit']))).toEqual(new Set(['120']));
    // A good key has its own counter, except where no key is needed: there the address counts too.
    expect((await app.client(key).get('/auth/me')).status).toBe(200);
    expect((await app.client(key).get(PUBLIC)).status).toBe(429);
    for (const path of UNLIMITED) {
      const { status, headers } = await app.http.get(path);
      expect([path, status, headers['ratelimit-limit']]).toEqual([path, 200, undefined]);
    }
  });

  it('do not hold for probes, metrics and the sandbox', async () => {
    await start({ RATE_LIMIT_FACTOR: '0.01' });
    for (const path of UNLIMITED)
      expect(tally((await inBatches(20, () => app.http.get(path))).map(({ status }) => status))).toEqual({ 200: 20 });
  });

  it('trust 39: count the address of the connection, whatever the caller claims', async () => {
    await start({ RATE_LIMIT_FACTOR: '0.1' });
    const answers = await inBatches(15, (index) => app.http.get(PUBLIC).set('X-Forwarded-For', `10.0.0.${index}`));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 12, 429: 3 });
  });

  it('trust 39: count the address that the proxy before it saw, and nothing further to the left', async () => {
    await start({ RATE_LIMIT_FACTOR: '0.1', TRUST_PROXY_HOPS: '1' });
    const send = (claimed: string, seen: string): PromiseLike<{ status: number }> =>
      app.http.get(PUBLIC).set('X-Forwarded-For', `${claimed}, ${seen}`);
    const one = await inBatches(15, (index) => send(`10.0.0.${index}`, '192.0.2.1'));
    expect(tally(one.map(({ status }) => status))).toEqual({ 200: 12, 429: 3 });
    const other = await inBatches(12, () => send('192.0.2.1', '192.0.2.2'));
    expect(tally(other.map(({ status }) => status))).toEqual({ 200: 12 });
  });

  it('trust 39: count all addresses of a network of IPv6 as one caller', async () => {
    await start({ RATE_LIMIT_FACTOR: '0.1', TRUST_PROXY_HOPS: '1' });
    const send = (address: string): PromiseLike<{ status: number }> =>
      app.http.get(PUBLIC).set('X-Forwarded-For', address);
    const one = await inBatches(15, (index) => send(`2001:db8:0:7:${index}::1`));
    expect(tally(one.map(({ status }) => status))).toEqual({ 200: 12, 429: 3 });
    const next = await inBatches(12, () => send('2001:db8:0:8::1'));
    expect(tally(next.map(({ status }) => status))).toEqual({ 200: 12 });
  });
});

describe('the limits of signing in, over two processes without Redis', () => {
  let testDatabase: TestDatabase;
  let servers: RealProcess[] = [];

  const start = (): Promise<RealProcess> => startProcess({ DATABASE_URL: testDatabase.url, LOG_LEVEL: 'fatal' });
  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    servers = await Promise.all([start(), start()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await testDatabase.drop();
  }, 30_000);

  const send = (path: string, index: number, body: object): Promise<Answered> => {
    const server = servers[index % servers.length];
    if (!server) throw new Error('no process');
    return ask(server, path, { method: 'POST', body: JSON.stringify(body) });
  };

  it('are counted together, and survive a restart', async () => {
    const login = (index: number): Promise<Answered> =>
      send('/auth/login', index, { email: `nobody-${index}@example.com`, password: 'Wrong-Horse-7' });
    const register = (index: number): Promise<Answered> =>
      send('/auth/register', index, {
        first_name: 'Zoé',
        last_name: 'Martin',
        email: `zoe-${index}@example.com`,
        password: 'Correct-Horse-7',
        role: 'client',
      });
    const logins = await Promise.all(Array.from({ length: 14 }, (_, index) => login(index)));
    expect(tally(logins.map(({ status }) => status))).toEqual({ 401: 10, 429: 4 });
    const registrations = await Promise.all(Array.from({ length: 8 }, (_, index) => register(index)));
    expect(tally(registrations.map(({ status }) => status))).toEqual({ 201: 5, 429: 3 });

    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
    servers = await Promise.all([start(), start()]);
    for (const index of [0, 1]) {
      const refused = await login(index);
      expect(refused).toMatchObject({ status: 429, detail: 'too_many_requests' });
      expect(Number(refused.retryAfter)).toBeGreaterThan(0);
      expect(await register(index)).toMatchObject({ status: 429 });
    }
  }, 60_000);
});

describeWith('redis-server', 'the request limits of two processes that share a Redis', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let redis: RedisServer;
  let servers: RealProcess[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    redis = await RedisServer.start();
    const start = (): Promise<RealProcess> =>
      startProcess({
        DATABASE_URL: testDatabase.url,
        REDIS_URL: redis.url,
        RATE_LIMIT_FACTOR: '0.1',
        LOG_LEVEL: 'fatal',
      });
    servers = await Promise.all([start(), start()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await redis.remove();
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  const serverOf = (index: number): RealProcess => {
    const server = servers[index % servers.length];
    if (!server) throw new Error('no process');
    return server;
  };
  /** What becomes of 80 requests of one new key, half of them to each process. */
  const accepted = async (): Promise<{ answers: Answered[]; count: number }> => {
    const { key } = await keyHolder(database);
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => ask(serverOf(index), '/auth/me', { key })),
    );
    return { answers, count: answers.filter(({ status }) => status === 200).length };
  };

  it('trust 41: let exactly as many through as one process would, for a key', async () => {
    const { answers, count } = await accepted();
    expect(count).toBe(30);
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 30, 429: 50 });
  });

  it('trust 41: let exactly as many through as one process would, for an address', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => ask(serverOf(index), PUBLIC)));
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 12, 429: 28 });
  });

  it('are kept by each process for itself while Redis is away, and shared again when it is back', async () => {
    await redis.stop();
    const { answers, count } = await accepted();
    expect(count).toBe(60);
    expect(answers.filter(({ status }) => status !== 200 && status !== 429)).toEqual([]);
    await redis.start();
    await eventually(
      async () => (await accepted()).count,
      (found) => found === 30,
      { withinMs: 5_000, stepMs: 200 },
    );
  }, 30_000);

  it('hold nobody up while Redis is frozen', async () => {
    redis.freeze();
    const { answers, count } = await accepted();
    redis.thaw();
    expect(count).toBe(60);
    expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(2_000);
    await eventually(
      async () => (await accepted()).count,
      (found) => found === 30,
      { withinMs: 5_000, stepMs: 200 },
    );
  }, 30_000);
});
