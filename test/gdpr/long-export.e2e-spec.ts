import { get, type IncomingMessage } from 'node:http';
import { Database } from 'src/common/transaction/database';
import { eventually } from 'test/support/eventually';
import { aCoach } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const BOOKINGS = 20_000;
/** Two statements for every 500 bookings, and some for every other section. */
const STATEMENTS = (2 * BOOKINGS) / 500;

describe('the export of somebody with twenty thousand bookings', () => {
  let app: TestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    const coach = await aCoach(app);
    person = await app.register();
    await app.database.query(
      `INSERT INTO bookings (client_id, coach_id, scheduled_at, ends_at, duration_min, status, type, pricing_type,
         price_cents, currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, confirmed_at, done_at, done_by,
         created_at, updated_at)
       SELECT $1, $2, at, at + interval '1 hour', 60, 'done', 'individual', 'per_session', 5000, 'EUR', 24, 'auto', true,
         at, at, 'coach', date_trunc('month', at), at
       FROM generate_series(1, ${String(BOOKINGS)}) AS turn, LATERAL (SELECT '2010-01-01'::timestamptz + turn * interval '4 hours') AS t (at)`,
      [person.id, coach.id],
    );
    await app.database.query('ANALYZE bookings');
  });
  afterAll(() => app.close());

  const begin = async (): Promise<IncomingMessage> => {
    const url = new URL('/users/me/export', await app.nest.getUrl());
    return new Promise((resolve, reject) => {
      get(url, { headers: { 'X-API-Key': person.key } }, resolve).once('error', reject);
    });
  };
  /** Until nothing has been asked of the database for a while. */
  const settled = async (): Promise<number> => {
    let before = -1;
    const isStill = (): boolean => {
      const former = before;
      before = app.queryCount();
      return former === before;
    };
    await eventually(isStill, (still) => still, { stepMs: 400, withinMs: 30_000 });
    return app.queryCount();
  };

  it('is whole, in a stable order, and takes seconds and little memory', async () => {
    const response = await begin();
    const before = process.memoryUsage().heapUsed;
    let [bytes, most] = [0, 0];
    const ids: string[] = [];
    let rest = '';
    for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) {
      bytes += chunk.length;
      most = Math.max(most, process.memoryUsage().heapUsed - before);
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const id = /^\{"id":"([0-9a-f-]{36})","client_id"/.exec(line)?.[1];
        if (id) ids.push(id);
      }
    }
    expect(ids).toHaveLength(BOOKINGS);
    expect(new Set(ids).size).toBe(BOOKINGS);
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM bookings ORDER BY created_at, id::text');
    expect(ids).toEqual(rows.map(({ id }) => id));
    expect(bytes).toBeGreaterThan(BOOKINGS * 800);
    // A batch and what the collector has not looked at yet, whatever the length of the life.
    expect(most).toBeLessThan(150 * 1_048_576);
  }, 60_000);

  it('is read no faster than it is taken, and no further than its reader stays', async () => {
    const before = app.queryCount();
    const response = await begin();
    response.once('error', () => undefined);
    response.once('readable', () => response.read(1));
    const asked = await settled();
    expect(asked - before).toBeGreaterThan(5);
    expect(asked - before).toBeLessThan(STATEMENTS * 0.8);
    expect(app.nest.get(Database).poolState().inUse).toBe(0);
    response.destroy();
    expect((await settled()) - asked).toBeLessThan(4);
  }, 60_000);

  it('breaks the connection when it cannot go on', async () => {
    const response = await begin();
    response.once('readable', () => response.read(1));
    await settled();
    await app.database.query('ALTER TABLE bookings RENAME TO bookings_away');
    let text = '';
    const reading = (async (): Promise<void> => {
      for await (const chunk of response.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
    })();
    await expect(reading).rejects.toThrow('aborted');
    expect(() => JSON.parse(text) as unknown).toThrow();
    await app.database.query('ALTER TABLE bookings_away RENAME TO bookings');
  }, 60_000);

  it('is refused when it cannot begin', async () => {
    await app.database.query('ALTER TABLE api_keys RENAME COLUMN device_name TO device_name_away');
    const answer = await person.http.get('/users/me/export');
    await app.database.query('ALTER TABLE api_keys RENAME COLUMN device_name_away TO device_name');
    expect([answer.status, (answer.body as { detail: string }).detail]).toEqual([503, 'service_unavailable']);
    expect(answer.headers['content-disposition']).toBeUndefined();
  });
});
