import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { findRunningServer } from 'src/database/embedded/running-server';
import { eventually } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { SmtpServer } from 'test/support/smtp-server';
import { ask } from './traffic';

const SUPERVISOR_MS = 10_000;

interface JobRow {
  task: string;
  attempts: number;
  is_locked: boolean;
}

/** The port must let go at once, so that a balancer turns to another process. */
async function isRefused(server: RealProcess): Promise<boolean> {
  return server.request('/livez', { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );
}

describe('a process that is asked to stop', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let holder: KeyHolder;
  let smtp: SmtpServer;
  const servers: RealProcess[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    holder = await keyHolder(database);
  });
  beforeEach(async () => {
    smtp = await SmtpServer.start();
    smtp.hold();
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.kill()));
    await smtp.stop();
    await database.query('DELETE FROM graphile_worker._private_jobs');
  });
  afterAll(async () => {
    await database.end();
    await testDatabase.drop();
  });

  const start = async (variables: Record<string, string> = {}): Promise<RealProcess> => {
    const server = await startProcess({ DATABASE_URL: testDatabase.url, ...variables });
    servers.push(server);
    return server;
  };
  /** Sends mails for real. */
  const startProduction = (): Promise<RealProcess> => start({ ...PRODUCTION, SMTP_URL: smtp.url });

  const register = async (server: RealProcess): Promise<string> => {
    const email = `stop-${String(performance.now())}@example.com`;
    const form = { first_name: 'Zoé', last_name: 'Martin', email, password: 'Correct-Horse-7', role: 'client' };
    expect((await ask(server, '/auth/register', { method: 'POST', body: JSON.stringify(form) })).status).toBe(201);
    return email;
  };
  // The processes tick by real time: what a minute brings of its own does not belong to the story.
  const jobs = async (): Promise<JobRow[]> => {
    const { rows } = await database.query<JobRow>(
      `SELECT task_identifier AS task, attempts, locked_at IS NOT NULL AS is_locked FROM graphile_worker.jobs
       WHERE task_identifier <> 'run_periodic_job'`,
    );
    return rows;
  };

  it('says on /readyz that it is shutting down, while it still answers whoever comes', async () => {
    const server = await start();
    const since = performance.now();
    server.child.kill('SIGTERM');
    const readyz = await eventually(
      async () => {
        const answer = await server.request('/readyz', { headers: { connection: 'close' } });
        return { status: answer.status, body: await answer.json() };
      },
      ({ status }) => status === 503,
      { withinMs: 1_000 },
    );
    expect(readyz.body).toEqual({ status: 'not_ready', reasons: ['shutting_down'] });
    expect(await ask(server, '/auth/me', { key: holder.key })).toMatchObject({ status: 200 });
    expect(await ask(server, '/livez')).toMatchObject({ status: 200 });
    expect(await server.ended).toBe(0);
    expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
  });

  it('finishes a request that began before, lets nobody new in, and asks its connection not to come back', async () => {
    const server = await start();
    const body = Buffer.from(JSON.stringify({ first_name: 'Anne' }));
    const slow = request(`${server.url}/users/me`, {
      method: 'PATCH',
      agent: new Agent({ keepAlive: true }),
      headers: { 'x-api-key': holder.key, 'content-type': 'application/json', 'content-length': body.length },
    });
    slow.write(body.subarray(0, 5));
    await eventually(
      async () => /requests_in_flight (\d+)/.exec(await (await server.request('/metrics')).text())?.[1],
      // This one, and the one that asks.
      (count) => count === '2',
    );
    const since = performance.now();
    server.child.kill('SIGTERM');
    await eventually(
      () => isRefused(server),
      (refused) => refused,
    );
    const answered = once(slow, 'response') as Promise<[IncomingMessage]>;
    slow.end(body.subarray(5));
    const [answer] = await answered;
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe('close');
    expect(await server.ended).toBe(0);
    expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
  });

  it('is not held up by connections that are kept alive and idle', async () => {
    const server = await start();
    const agent = new Agent({ keepAlive: true });
    for (let time = 0; time < 3; time += 1) {
      const [answer] = (await once(request(`${server.url}/livez`, { agent }).end(), 'response')) as [IncomingMessage];
      answer.resume();
      await once(answer, 'end');
      expect(answer.headers.connection).toBe('keep-alive');
    }
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(5_000);
    agent.destroy();
  });

  it('cuts off who never ends, and still ends in order within ten seconds', async () => {
    const server = await start();
    const endless = request(`${server.url}/users/me`, {
      method: 'PATCH',
      headers: { 'x-api-key': holder.key, 'content-type': 'application/json', 'content-length': 100 },
    });
    const broken = once(endless, 'error');
    endless.write('{');
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
    await broken;
    expect(server.lines()).toContainEqual(expect.objectContaining({ msg: 'requests were cut off at the end' }));
  }, 20_000);

  it('ends the job that runs and takes no other, which the next process does', async () => {
    const server = await startProduction();
    const first = await register(server);
    await eventually(
      () => smtp.waiting,
      (count) => count === 1,
    );
    server.child.kill('SIGTERM');
    await eventually(
      async () => (await server.request('/readyz', { headers: { connection: 'close' } })).status,
      (status) => status === 503,
    );
    const second = await register(server);
    // Longer than a claim takes: a worker that listens begins within milliseconds.
    await eventually(
      () => isRefused(server),
      (refused) => refused,
    );
    smtp.open();
    expect(await server.ended).toBe(0);
    expect(smtp.recipients).toEqual([first]);
    expect(await jobs()).toEqual([{ task: 'send_account_mail', attempts: 0, is_locked: false }]);

    await startProduction();
    await eventually(
      () => smtp.recipients,
      (taken) => taken.length === 2,
    );
    expect(smtp.recipients).toEqual([first, second]);
    await eventually(jobs, (left) => left.length === 0);
  }, 40_000);

  it('hands back a job that does not end in time, and another process does it once', async () => {
    const server = await startProduction();
    const email = await register(server);
    await eventually(
      () => smtp.waiting,
      (count) => count === 1,
    );
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
    expect(await jobs()).toEqual([{ task: 'send_account_mail', attempts: 0, is_locked: false }]);
    expect(smtp.recipients).toEqual([]);

    smtp.open();
    await startProduction();
    await eventually(jobs, (left) => left.length === 0);
    expect(smtp.recipients).toEqual([email]);
  }, 40_000);

  it('as a worker without HTTP ends in order too', async () => {
    const server = await startProcess(
      { DATABASE_URL: testDatabase.url, ROLE: 'worker', LOG_LEVEL: 'trace' },
      { readyPath: null },
    );
    servers.push(server);
    await eventually(
      () => server.output(),
      (text) => text.includes('looking for jobs'),
      { withinMs: 20_000 },
    );
    const since = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
  }, 40_000);

  it('stops the database that it started', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mycoach-stop-'));
    try {
      const server = await start({ NODE_ENV: 'development', DATABASE_URL: '', DATA_DIR: dataDir });
      expect(await findRunningServer(dataDir)).not.toBeNull();
      const since = performance.now();
      expect(await server.stop()).toBe(0);
      expect(performance.now() - since).toBeLessThan(SUPERVISOR_MS);
      expect(await findRunningServer(dataDir)).toBeNull();
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 60_000);

  it.each([
    ['an exception that nobody caught', 'throw new Error("nobody foresaw this")'],
    ['a rejection that nobody handled', 'Promise.reject(new Error("nobody foresaw this"))'],
  ])(
    'by %s says why, finishes what it began, and ends with 1',
    async (_, fault) => {
      const folder = await mkdtemp(join(tmpdir(), 'mycoach-fault-'));
      try {
        await writeFile(join(folder, 'fault.cjs'), `process.on('SIGUSR2', () => setImmediate(() => { ${fault}; }));`);
        const server = await startProcess(
          { DATABASE_URL: testDatabase.url },
          { nodeArguments: ['--require', join(folder, 'fault.cjs')] },
        );
        servers.push(server);
        server.child.kill('SIGUSR2');
        expect(await server.ended).toBe(1);
        const line = server.lines().find(({ level }) => level === 'error');
        expect(JSON.stringify(line)).toContain('nobody foresaw this');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    40_000,
  );
});
