import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Pool } from 'pg';
import { crowd } from 'test/support/crowd';
import { eventually } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { freePort, type RealProcess, startProcess } from 'test/support/real-process';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

/** The figures by name with labels: `name{a="b"}` to its value. */
type Figures = Map<string, number>;

function read(text: string): Figures {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

const names = (figures: Figures): Set<string> =>
  new Set([...figures.keys()].map((series) => series.split('{')[0] ?? ''));

describe('the figures of a process', () => {
  let app: TestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await startTestApp({ ROLE: 'all' });
    const [somebody] = await crowd(app, 1);
    if (!somebody) throw new Error('nobody is there');
    person = somebody;
  });
  afterAll(() => app.close());

  const figures = async (): Promise<Figures> => {
    const answer = await app.http.get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    return read(answer.text);
  };

  const inFlight = (count: number): Promise<Figures> =>
    eventually(figures, (found) => found.get('mycoach_http_requests_in_flight') === count);

  it('count and time requests by route template, method and status', async () => {
    const series = (status: number): string =>
      `mycoach_http_requests_total{method="GET",route="/bookings/:id",status="${status}"}`;
    const timed = 'mycoach_http_request_duration_seconds_count{method="GET",route="/bookings/:id"}';
    const before = await figures();
    for (let time = 0; time < 3; time += 1) await person.http.get(`/bookings/${randomUUID()}`).expect(404);
    for (let time = 0; time < 2; time += 1) await app.http.get(`/bookings/${randomUUID()}`).expect(401);
    const after = await eventually(figures, (found) => (found.get(timed) ?? 0) >= (before.get(timed) ?? 0) + 5);
    expect((after.get(series(404)) ?? 0) - (before.get(series(404)) ?? 0)).toBe(3);
    expect((after.get(series(401)) ?? 0) - (before.get(series(401)) ?? 0)).toBe(2);
    const buckets = [...after].filter(([name]) => name.startsWith('mycoach_http_request_duration_seconds_bucket'));
    expect(buckets.length).toBeGreaterThan(10);
  });

  it('tell what is in flight, also when somebody leaves before the answer', async () => {
    const url = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    const left = request(`${url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 10 },
    });
    left.on('error', () => undefined);
    left.write('{');
    await inFlight(2);
    left.destroy();
    await inFlight(1);
  });

  it('forget those in flight that waited behind another on a connection that is gone', async () => {
    const socket = connect(Number(new URL(await app.nest.getUrl()).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const holder = await app.database.connect();
    await holder.query('BEGIN; LOCK TABLE gyms IN ACCESS EXCLUSIVE MODE');
    try {
      const waits = `GET /gyms?q=a HTTP/1.1\r\nHost: x\r\nX-API-Key: ${person.key}\r\n\r\n`;
      socket.write(waits + 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5));
      await inFlight(7);
      socket.resetAndDestroy();
      await inFlight(1);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  });

  it('tell of the pool, of the event loop, and of memory', async () => {
    const found = await figures();
    for (const state of ['in_use', 'idle', 'waiting'])
      expect(found.get(`mycoach_database_connections{state="${state}"}`)).toBeGreaterThanOrEqual(0);
    for (const name of ['mycoach_nodejs_eventloop_lag_p99_seconds', 'mycoach_process_resident_memory_bytes'])
      expect(found.get(name)).toBeGreaterThan(0);
  });

  it('tell of jobs by name and outcome, and how long the queue is and has been waiting', async () => {
    await app.register();
    await app.messages();
    const done = await eventually(
      figures,
      (found) => found.get('mycoach_jobs_total{job="send_account_mail",outcome="done"}') === 1,
    );
    expect(done.get('mycoach_job_queue_depth{state="ready"}')).toBe(0);
    expect(done.get('mycoach_job_queue_oldest_seconds')).toBe(0);
    // Of a kind that nobody here works off, one of them waiting and one out of attempts.
    await app.database.query(
      `SELECT graphile_worker.add_job('nobodys', '{}'::json, run_at := now() - interval '90 seconds', max_attempts := n)
       FROM unnest(ARRAY[5, 1]) AS n`,
    );
    await app.database.query(`UPDATE graphile_worker._private_jobs SET attempts = 1 WHERE max_attempts = 1`);
    const waiting = await figures();
    expect(waiting.get('mycoach_job_queue_depth{state="ready"}')).toBe(1);
    expect(waiting.get('mycoach_job_queue_depth{state="dead"}')).toBe(1);
    expect(waiting.get('mycoach_job_queue_oldest_seconds')).toBeGreaterThanOrEqual(90);
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
  });

  it('do not grow in number with what callers make up', async () => {
    const strange = async (): Promise<void> => {
      const made = randomUUID();
      await Promise.all([
        app.http.get(`/${made}`),
        app.http.get(`/${made}/${made}?q=${made}`),
        person.http.get(`/bookings/${made}`),
        app.http.get(`/coaches/${made}/slots`),
        app.http.get(`/static/avatars/${made}.svg`),
        app.http.delete(`/auth/api-keys/${made}`),
        app.http.get('/livez').set('X-Request-Id', made).set('User-Agent', made).set('Origin', `https://${made}`),
      ]);
    };
    await strange();
    // The answer of the last request is counted a moment after it has come.
    await figures();
    const before = [...(await figures()).keys()].sort();
    for (let time = 0; time < 50; time += 1) await strange();
    expect([...(await figures()).keys()].sort()).toEqual(before);
    expect(before.filter((series) => /[0-9a-f]{8}-[0-9a-f]{4}/.test(series))).toEqual([]);
  });

  it('have the names of the runbook', async () => {
    const found = names(await figures());
    for (const name of [
      'mycoach_http_requests_total',
      'mycoach_http_request_duration_seconds_bucket',
      'mycoach_http_requests_in_flight',
      'mycoach_database_connections',
      'mycoach_database_replica_lag_seconds',
      'mycoach_jobs_total',
      'mycoach_job_queue_depth',
      'mycoach_job_queue_oldest_seconds',
      'mycoach_deliveries_total',
      'mycoach_messages',
      'mycoach_messages_oldest_seconds',
      'mycoach_nodejs_eventloop_lag_p99_seconds',
    ])
      expect(found).toContain(name);
  });
});

describe('a process of production', () => {
  const TOKEN = 'a-token-for-the-figures-of-this-test';
  let testDatabase: TestDatabase;
  const servers: RealProcess[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
  });
  afterAll(async () => {
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual(servers.map(() => 0));
    await testDatabase.drop();
  }, 30_000);

  const start = async (
    variables: Record<string, string>,
    readyPath: string | null = '/livez',
  ): Promise<RealProcess> => {
    const settings = { ...PRODUCTION, DATABASE_URL: testDatabase.url, LOG_LEVEL: 'error', ...variables };
    const server = await startProcess(settings, { readyPath });
    servers.push(server);
    return server;
  };
  const statusOf = async (server: RealProcess, authorization?: string): Promise<[number, unknown]> => {
    const answer = await server.request('/metrics', { headers: { ...(authorization && { authorization }) } });
    const text = await answer.text();
    return [answer.status, answer.ok ? text.includes('mycoach_http_requests_total') : JSON.parse(text).detail];
  };

  it('shows its figures to who has the token, and to nobody else', async () => {
    const server = await start({ METRICS_TOKEN: TOKEN });
    expect(await statusOf(server, `Bearer ${TOKEN}`)).toEqual([200, true]);
    for (const wrong of [undefined, 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN])
      expect(await statusOf(server, wrong)).toEqual([401, 'metrics_token_invalid']);
  }, 40_000);

  it('shows them to nobody where no token is set', async () => {
    const server = await start({});
    for (const wrong of [undefined, 'Bearer ', 'Bearer null', 'Bearer undefined'])
      expect(await statusOf(server, wrong)).toEqual([401, 'metrics_token_invalid']);
  }, 40_000);

  it.each(['api', 'worker'])(
    'shows them on a port of their own, without a token and with nothing beside them: ROLE=%s',
    async (role) => {
      const port = await freePort();
      const server = await start({ METRICS_PORT: String(port), ROLE: role }, role === 'api' ? '/livez' : null);
      const own = (path: string, init?: RequestInit): Promise<number> =>
        fetch(`http://127.0.0.1:${port}${path}`, init).then(
          ({ status }) => status,
          () => 0,
        );
      await eventually(
        () => own('/metrics'),
        (status) => status === 200,
        { withinMs: 20_000 },
      );
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(names(read(await answer.text()))).toContain('mycoach_job_queue_depth');
      for (const path of ['/', '/health', '/livez', '/auth/me', '/metrics/', '/docs'])
        expect([path, await own(path)]).toEqual([path, 404]);
      // The worker answers no other HTTP at all.
      if (role === 'worker') await expect(server.request('/livez')).rejects.toThrow();
      else expect((await statusOf(server))[0]).toBe(401);
    },
    40_000,
  );

  it('shows them quickly also while the database does not answer', async () => {
    const server = await start({ METRICS_TOKEN: TOKEN, DATABASE_POOL_SIZE: '1' });
    const pool = new Pool({ connectionString: testDatabase.url, max: 1 });
    const holder = await pool.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE graphile_worker._private_jobs IN ACCESS EXCLUSIVE MODE');
      const since = performance.now();
      expect(await statusOf(server, `Bearer ${TOKEN}`)).toEqual([200, true]);
      expect(performance.now() - since).toBeLessThan(1_500);
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
      await pool.end();
    }
  }, 40_000);

  it('trust 40: allows browsers the one web application that is configured', async () => {
    const server = await start({ METRICS_TOKEN: TOKEN });
    const allowed = async (origin: string): Promise<string | null> =>
      (await server.request('/livez', { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await allowed('https://app.mycoach.example')).toBe('https://app.mycoach.example');
    for (const origin of ['http://localhost:3000', 'http://localhost:8000', 'https://evil.example'])
      expect(await allowed(origin)).toBeNull();
  }, 40_000);
});
