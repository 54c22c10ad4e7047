import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { Pool } from 'pg';
import { eventually } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { ask } from './traffic';

const SLOW = 200;
const HEADERS_MS = 10_000;
const TOKEN = 'for-the-figures-of-this-test';
/** Node looks once a second; the rest is for a machine that runs other tests at the same time. */
const ROOM_MS = 8_000;
const MIB = 1_048_576;

/** Somebody who is connected and slow, with the moment at which the process had enough of him. */
interface Slow {
  heard: () => string;
  cutAfterMs: Promise<number>;
}

describe('a process with slow clients', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let server: RealProcess;
  let holder: KeyHolder;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 2 });
    database.on('error', () => undefined);
    holder = await keyHolder(database);
    server = await startProcess({
      ...PRODUCTION,
      DATABASE_URL: testDatabase.url,
      ROLE: 'api',
      DOCS_ENABLED: 'true',
      METRICS_TOKEN: TOKEN,
      LOG_LEVEL: 'fatal',
    });
  }, 60_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  /** Says something and takes no answer. */
  const deafly = async (words: string): Promise<Socket> => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(words);
    return socket;
  };
  const slowly = async (first: string): Promise<Slow> => {
    const socket = await deafly(first);
    const since = performance.now();
    let heard = '';
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
    const dripping = setInterval(() => socket.write('a'), 1_000);
    const cutAfterMs = new Promise<number>((resolve) => {
      socket.once('close', () => {
        clearInterval(dripping);
        resolve(performance.now() - since);
      });
    });
    return { heard: () => heard, cutAfterMs };
  };
  const many = (first: string): Promise<Slow[]> => Promise.all(Array.from({ length: SLOW }, () => slowly(first)));
  const longest = async (slow: readonly Slow[]): Promise<number> =>
    Math.max(...(await Promise.all(slow.map(({ cutAfterMs }) => cutAfterMs))));
  const inFlight = async (): Promise<number> => {
    const answer = await server.request('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
    return Number(/requests_in_flight (\d+)/.exec(await answer.text())?.[1]);
  };
  /** Whether the process keeps its end of a connection open. */
  const isHeld = ({ localPort = 0 }: Socket): boolean => {
    const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');
    const ends = new RegExp(`:${hex(server.port)} [0-9A-F]+:${hex(localPort)} 01 `);
    return ['/proc/net/tcp', '/proc/net/tcp6'].some((table) => ends.test(readFileSync(table, 'utf8')));
  };
  const residentBytes = (): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(server.child.pid)}/status`, 'utf8'))?.[1]) * 1_024;

  it('cuts off who sends a byte a second or reads nothing, and lets nobody else wait for them', async () => {
    const before = residentBytes();
    const heads = await many('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const head = `PATCH /users/me HTTP/1.1\r\nHost: x\r\nX-API-Key: ${holder.key}\r\nContent-Type: application/json\r\n`;
    const bodies = await many(`${head}Content-Length: 500\r\n\r\n{"first_name":"`);
    // More than a connection holds on its way, and not one byte of it is taken.
    const greedy = 'GET /docs-json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(12);
    const deaf = await Promise.all(Array.from({ length: 2 }, () => deafly(greedy)));
    await eventually(inFlight, (count) => count > 2);
    expect(deaf.filter(isHeld)).toHaveLength(2);

    const asked = await Promise.all(Array.from({ length: 50 }, () => ask(server, '/auth/me', { key: holder.key })));
    expect(asked.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    // Whoever had to wait for the slow ones would wait until they are cut off.
    expect(Math.max(...asked.map(({ tookMs }) => tookMs))).toBeLessThan(HEADERS_MS);

    expect(await longest(heads)).toBeLessThan(HEADERS_MS + ROOM_MS);
    expect(heads.every(({ heard }) => heard().startsWith('HTTP/1.1 408'))).toBe(true);
    expect(await longest(bodies)).toBeLessThan(30_000 + ROOM_MS);
    expect(bodies.every(({ heard }) => heard().startsWith('HTTP/1.1 408'))).toBe(true);
    // Whoever reads nothing is let go of.
    await eventually(
      () => Promise.resolve(deaf.filter(isHeld).length),
      (held) => held === 0,
      { withinMs: 30_000 + ROOM_MS },
    );
    for (const socket of deaf) socket.destroy();
    expect(residentBytes() - before).toBeLessThan(200 * MIB);
    expect(await ask(server, '/auth/me', { key: holder.key })).toMatchObject({ status: 200 });
  }, 90_000);
});
