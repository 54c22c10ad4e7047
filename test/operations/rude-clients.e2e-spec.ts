import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Pool } from 'pg';
import { comingHour } from 'test/support/coming-hour';
import { eventually, realTime } from 'test/support/eventually';
import { expectInvariants } from 'test/support/invariants';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { ask } from './traffic';

const LEAVERS = 1_000;
const AT_A_TIME = 25;
const MIB = 1_048_576;

describe('a process whose clients', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let server: RealProcess;
  let coach: KeyHolder;
  let clients: KeyHolder[];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    server = await startProcess({
      DATABASE_URL: testDatabase.url,
      ROLE: 'api',
      RATE_LIMIT_FACTOR: '100000',
      LOG_LEVEL: 'fatal',
    });
    coach = await keyHolder(database, 'coach');
    clients = await Promise.all(Array.from({ length: 20 }, () => keyHolder(database)));
    await done('/coaches/profile', {});
    for (const day_of_week of [0, 1, 2, 3, 4, 5, 6])
      await done('/coaches/availability', { day_of_week, start_time: '06:00', end_time: '22:00', max_slots: 20 });
    await done('/coaches/pricing', { type: 'per_session', name: 'One', price_cents: 5_000 });
  }, 60_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  const done = async (path: string, body: object): Promise<void> => {
    const { status } = await ask(server, path, { key: coach.key, method: 'POST', body: JSON.stringify(body) });
    expect(status).toBe(201);
  };
  const figure = async (series: string): Promise<number> => {
    const text = await (await server.request('/metrics')).text();
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return Number(line?.split(' ').at(-1) ?? Number.NaN);
  };
  const openFiles = (): number => readdirSync(`/proc/${String(server.child.pid)}/fd`).length;
  const residentBytes = (): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(server.child.pid)}/status`, 'utf8'))?.[1]) * 1_024;
  /** Nobody is served any more, and nothing is held for anybody. */
  const expectAtRest = async (): Promise<void> => {
    await eventually(
      async () => [
        await figure('mycoach_http_requests_in_flight'),
        await figure('mycoach_database_connections{state="in_use"}'),
        await figure('mycoach_database_connections{state="waiting"}'),
      ],
      ([inFlight, inUse, waiting]) => inFlight === 1 && inUse === 0 && waiting === 0,
      // What was begun for them is still ended, one after the other.
      { withinMs: 60_000 },
    );
    const { rows } = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity
       WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(rows[0]?.n).toBe(0);
  };

  /** Asks for a session and hangs up hard, some time after the request has left. */
  const bookAndLeave = async (index: number): Promise<void> => {
    const scheduled_at = comingHour(3 + Math.floor((index / 10) % 8), 8 + (index % 10));
    const body = JSON.stringify({ coach_id: coach.id, scheduled_at });
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      [
        'POST /bookings HTTP/1.1',
        'Host: x',
        `X-API-Key: ${clients[index % clients.length]?.key ?? ''}`,
        `Idempotency-Key: ${randomUUID()}`,
        'Content-Type: application/json',
        `Content-Length: ${String(body.length)}`,
        '',
        // Some leave in the middle of what they say.
        index % 5 === 0 ? body.slice(0, 20) : body,
      ].join('\r\n'),
    );
    await realTime(index % 40);
    socket.resetAndDestroy();
  };

  it('hang up in the middle of a thousand requests ends each act one way, and keeps nothing for them', async () => {
    for (let index = 0; index < AT_A_TIME; index += 1) await bookAndLeave(index);
    await expectAtRest();
    const before = openFiles();
    for (let index = 0; index < LEAVERS; index += AT_A_TIME)
      await Promise.all(Array.from({ length: AT_A_TIME }, (_, place) => bookAndLeave(index + place)));
    await expectAtRest();
    await eventually(openFiles, (count) => count <= before + 10);
    const { rows } = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM bookings');
    expect(rows[0]?.n).toBeGreaterThan(0);
    await expectInvariants(database);
    expect(await ask(server, '/auth/me', { key: coach.key })).toMatchObject({ status: 200 });
  }, 120_000);

  it('trust 34: send far too much are stopped early, and no memory stays behind', async () => {
    const tooMuch = async (): Promise<string> => {
      const socket = connect(server.port, '127.0.0.1');
      let heard = '';
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
      socket.write(
        `POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(50 * MIB)}\r\n\r\n{"email":"`,
      );
      await eventually(
        () => heard,
        (text) => text.includes('payload_too_large'),
      );
      socket.destroy();
      return heard.slice(0, 'HTTP/1.1 413'.length);
    };
    const round = async (): Promise<void> => {
      const heads = await Promise.all(Array.from({ length: AT_A_TIME }, () => tooMuch()));
      expect(new Set(heads)).toEqual(new Set(['HTTP/1.1 413']));
    };
    await round();
    const before = residentBytes();
    for (let time = 0; time < LEAVERS / AT_A_TIME; time += 1) await round();
    expect(residentBytes() - before).toBeLessThan(100 * MIB);
    await expectAtRest();
  }, 120_000);
});
