import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { Pool } from 'pg';
import { eventually } from 'test/support/eventually';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { describeWith, NginxServer } from 'test/support/system-servers';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

const CALLERS = 8;

interface Outcome {
  method: string;
  /** The status, or what the connection died of. */
  result: number | string;
}

/** One request on a connection of its own, tried once. */
async function oneRequest(url: string, method: string, { key }: KeyHolder, body?: string): Promise<Outcome> {
  try {
    const sent = request(`${url}${method === 'GET' ? '/auth/me' : '/users/me'}`, {
      method,
      agent: false,
      headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
    }).end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    return { method, result: answer.statusCode ?? 0 };
  } catch (error) {
    return { method, result: error instanceof Error ? error.message : String(error) };
  }
}

describeWith('nginx', 'two processes behind nginx that are restarted in turn under load', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let nginx: NginxServer;
  let servers: RealProcess[] = [];
  let people: KeyHolder[];

  const start = (port?: number): Promise<RealProcess> =>
    startProcess({
      DATABASE_URL: testDatabase.url,
      ROLE: 'api',
      RATE_LIMIT_FACTOR: '10000',
      TRUST_PROXY_HOPS: '1',
      LOG_LEVEL: 'error',
      ...(port !== undefined && { PORT: String(port) }),
    });

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    people = await Promise.all(Array.from({ length: CALLERS }, () => keyHolder(database)));
    servers = await Promise.all([start(), start()]);
    nginx = await NginxServer.start(servers.map(({ port }) => port));
  }, 60_000);
  afterAll(async () => {
    await nginx.remove();
    await Promise.all(servers.map((server) => server.stop()));
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  /** Everybody reads and writes without a pause and without a second try while `work` lasts. */
  async function underLoad(work: () => Promise<void>): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let going = true;
    const callers = people.map(async (person) => {
      while (going) {
        outcomes.push(await oneRequest(nginx.url, 'GET', person));
        outcomes.push(await oneRequest(nginx.url, 'PATCH', person, JSON.stringify({ first_name: 'Camille' })));
      }
    });
    try {
      await work();
    } finally {
      going = false;
      await Promise.all(callers);
    }
    return outcomes;
  }

  const restart = async (index: number): Promise<void> => {
    const server = servers[index];
    if (!server) throw new Error('no such process');
    expect(await server.stop()).toBe(0);
    servers[index] = await start(server.port);
    await eventually(
      async () => (await servers[index]?.request('/readyz'))?.status,
      (status) => status === 200,
    );
  };

  const expectNoneFailed = async (outcomes: readonly Outcome[]): Promise<void> => {
    const failed = outcomes.filter(({ result }) => result !== 200);
    if (failed.length > 0) process.stderr.write(await nginx.errors());
    expect(failed).toEqual([]);
    // Under load: hundreds of them, through every moment of the restarts.
    expect(outcomes.length).toBeGreaterThan(500);
  };

  it('trust 62: lose no request when the operator takes each one out first', async () => {
    const outcomes = await underLoad(async () => {
      for (const [index, { port }] of servers.entries()) {
        await nginx.reload({ down: port });
        await restart(index);
        await nginx.reload();
      }
    });
    await expectNoneFailed(outcomes);
  }, 90_000);

  it('trust 62: lose no request when nginx has to find out by itself', async () => {
    const outcomes = await underLoad(async () => {
      for (const index of servers.keys()) await restart(index);
    });
    await expectNoneFailed(outcomes);
  }, 90_000);
});
