import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { Cable, type Passage } from 'test/support/cable';
import { eventually } from 'test/support/eventually';
import { comingHour } from 'test/support/coming-hour';
import { expectInvariants } from 'test/support/invariants';
import { STRIKES_EVERYWHERE } from 'test/support/nemesis-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

interface Told {
  status: number;
  body: Record<string, unknown>;
  isReplayed: boolean;
}

/** An act that is struck at one of its statements, and what it must have left in the end. */
interface Act {
  prepare(): Promise<{ person: KeyHolder; path: string; body?: object }>;
  /** How often its effect is there. */
  effects(told: Told): Promise<number>;
  cleanUp(told: Told): Promise<void>;
}

describe('trust 51: between every two statements of an act', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let cable: Cable;
  let server: RealProcess;
  let coach: KeyHolder;
  let client: KeyHolder;
  let pricingId: string;
  let startsUsed = 0;

  const start = (port?: number): Promise<RealProcess> =>
    startProcess({
      DATABASE_URL: cable.url,
      ROLE: 'api',
      RATE_LIMIT_FACTOR: '100000',
      LOG_LEVEL: 'fatal',
      ...(port !== undefined && { PORT: String(port) }),
    });

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    cable = await Cable.to(testDatabase.url);
    server = await start();
    coach = await keyHolder(database, 'coach');
    client = await keyHolder(database);
    await done(coach, '/coaches/profile', {});
    for (const day_of_week of [0, 1, 2, 3, 4, 5, 6])
      await done(coach, '/coaches/availability', { day_of_week, start_time: '06:00', end_time: '22:00' });
    const pack = { type: 'package', name: 'Five', session_count: 5, price_cents: 20_000, is_public: true };
    pricingId = String((await done(coach, '/coaches/pricing', pack)).body['id']);
    await database.query(
      `INSERT INTO relations (coach_id, client_id, status, allow_unit_booking, created_at, updated_at)
       VALUES ($1, $2, 'active', false, now(), now())`,
      [coach.id, client.id],
    );
    const sold = { name: 'Many', sessions_total: 200, price_cents: 1 };
    await done(coach, `/coaches/clients/${client.id}/packages`, sold);
  }, 120_000);
  afterAll(async () => {
    await server.kill();
    await cable.remove();
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  const send = async (person: KeyHolder, path: string, body?: object, key?: string, method = 'POST'): Promise<Told> => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        'x-api-key': person.key,
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      isReplayed: answer.headers.has('idempotent-replayed'),
    };
  };
  const done = async (person: KeyHolder, path: string, body?: object, method?: string): Promise<Told> => {
    const told = await send(person, path, body, undefined, method);
    if (told.status >= 300) throw new Error(`${path}: ${String(told.status)} ${JSON.stringify(told.body)}`);
    return told;
  };
  const counted = async (query: string, values: readonly unknown[]): Promise<number> => {
    const { rows } = await database.query<{ n: number }>(query, [...values]);
    return rows[0]?.n ?? -1;
  };
  /** Another hour each time, from the third day on. */
  const nextStart = (): string => {
    startsUsed += 1;
    return comingHour(3 + Math.floor(startsUsed / 12), 7 + (startsUsed % 12));
  };

  const booking: Act = {
    prepare: () =>
      Promise.resolve({ person: client, path: '/bookings', body: { coach_id: coach.id, scheduled_at: nextStart() } }),
    effects: ({ body }) =>
      counted(
        `SELECT count(*)::int AS n FROM bookings b JOIN bookings same USING (client_id, scheduled_at)
         JOIN seats s ON s.booking_id = same.id
         JOIN package_movements m ON m.booking_id = same.id AND m.kind = 'hold'
         JOIN booking_transitions t ON t.booking_id = same.id JOIN notifications n ON n.data->>'booking_id' = same.id::text
         WHERE b.id = $1 AND n.type = 'booking_requested'`,
        [body['id']],
      ),
    cleanUp: async ({ body }) => {
      await done(client, `/bookings/${String(body['id'])}`, undefined, 'DELETE');
    },
  };
  const purchase: Act = {
    prepare: async () => ({
      person: await keyHolder(database),
      path: '/packages/purchase',
      body: { pricing_id: pricingId, payment_method: 'card' },
    }),
    effects: ({ body }) =>
      counted(
        `SELECT count(*)::int AS n FROM packages k JOIN packages same USING (client_id)
         JOIN payments y ON y.client_id = k.client_id AND y.status = 'pending' AND y.package_id = same.id
         WHERE k.id = $1 AND same.status = 'awaiting_payment'`,
        [(body['package'] as { id: string }).id],
      ),
    cleanUp: () => Promise.resolve(),
  };
  const payment: Act = {
    prepare: async () => {
      const sold = { name: 'One', sessions_total: 1, price_cents: 5_000, status: 'awaiting_payment' };
      const { body } = await done(coach, `/coaches/clients/${client.id}/packages`, sold);
      const paid = { amount_cents: 5_000, package_id: body['id'], status: 'paid' };
      return { person: coach, path: `/coaches/clients/${client.id}/payments`, body: paid };
    },
    effects: ({ body }) =>
      counted(
        `SELECT count(*)::int AS n FROM payments y JOIN payments same USING (package_id)
         JOIN packages k ON k.id = same.package_id AND k.status = 'active' AND k.balance = 1
         JOIN package_movements m ON m.package_id = k.id AND m.kind = 'purchase'
         WHERE y.id = $1 AND same.status = 'paid'`,
        [body['id']],
      ),
    cleanUp: () => Promise.resolve(),
  };
  const offer: Act = {
    prepare: async () => {
      const scheduled_at = nextStart();
      const holder = await done(client, '/bookings', { coach_id: coach.id, scheduled_at });
      const other = await keyHolder(database);
      const { body } = await done(other, `/waitlist/${coach.id}/${scheduled_at}`);
      await done(client, `/bookings/${String(holder.body['id'])}`, undefined, 'DELETE');
      await database.query(
        `INSERT INTO relations (coach_id, client_id, status, allow_unit_booking, created_at, updated_at)
         VALUES ($1, $2, 'active', false, now(), now())`,
        [coach.id, other.id],
      );
      const sold = { name: 'One', sessions_total: 1, price_cents: 1 };
      await done(coach, `/coaches/clients/${other.id}/packages`, sold);
      return { person: other, path: `/waitlist/${String(body['id'])}/confirm` };
    },
    effects: ({ body }) =>
      counted(
        `SELECT count(*)::int AS n FROM waitlist_entries w JOIN bookings b USING (client_id, coach_id)
         JOIN seats s ON s.booking_id = b.id JOIN package_movements m ON m.booking_id = b.id AND m.kind = 'hold'
         WHERE w.id = $1 AND w.status = 'confirmed' AND w.booking_id = b.id`,
        [(body['entry'] as { id: string }).id],
      ),
    cleanUp: () => Promise.resolve(),
  };

  const strike = async (
    act: Act,
    at: number,
    passage: Passage,
    fall: () => void,
  ): Promise<'beyond' | 'told' | 'replayed' | 'anew'> => {
    const { person, path, body } = await act.prepare();
    const key = randomUUID();
    cable.watch((statement) => {
      if (statement !== at) return 'passes';
      fall();
      return passage;
    });
    const first = await send(person, path, body, key).catch(() => null);
    const isBeyond = cable.counted < at;
    cable.watch(null);
    if (first && first.status >= 300)
      expect([first.status, first.body['detail']]).toEqual([503, 'service_unavailable']);
    if (server.child.killed) {
      await server.ended;
      server = await start(server.port);
    }
    // A connection that was kept alive may have ended with the process before.
    const silence: Told = { status: 503, body: {}, isReplayed: false };
    const told = await eventually(
      () => send(person, path, body, key).catch(() => silence),
      ({ status, body: said }) => said['detail'] !== 'request_in_progress' && status !== 503,
    );
    expect(told.status).toBeLessThan(300);
    expect(await act.effects(told)).toBe(1);
    await act.cleanUp(told);
    if (isBeyond) return 'beyond';
    // Struck was what the process writes after it has answered.
    if (first && first.status < 300) return 'told';
    return told.isReplayed ? 'replayed' : 'anew';
  };

  it.each([
    ['a booking', 1, () => booking],
    ['the purchase of a package', 2, () => purchase],
    ['a payment', 1, () => payment],
    ['an offer that is taken', 4, () => offer],
  ])(
    '%s that loses its database there is done once by the next try',
    async (_, leap, act) => {
      const step = STRIKES_EVERYWHERE ? 1 : leap;
      for (const passage of ['never arrives', 'is never answered'] as const) {
        const ends: string[] = [];
        while (ends.at(-1) !== 'beyond')
          ends.push(await strike(act(), 1 + ends.length * step, passage, () => undefined));
        expect(ends.length * step).toBeGreaterThan(8);
        expect(ends).toContain('anew');
        // A commit that arrived and was answered to nobody: the deed was done. One that never arrived: it was not.
        const isDone = passage === 'is never answered';
        if (step === 1 || !isDone) expect(ends.includes('replayed')).toBe(isDone);
      }
      await expectInvariants(database);
    },
    180_000,
  );

  it.each([
    ['a booking', () => booking],
    ['a payment', () => payment],
  ])(
    '%s whose process is killed there is done once by the next try',
    async (_, act) => {
      const kill = (): void => void server.child.kill('SIGKILL');
      const last = STRIKES_EVERYWHERE ? 60 : 8;
      for (let at = STRIKES_EVERYWHERE ? 1 : 8; at <= last; at += 1)
        if ((await strike(act(), at, 'never arrives', kill)) === 'beyond') break;
      await expectInvariants(database);
      const open = await eventually(
        () =>
          counted(
            `SELECT count(*)::int AS n FROM pg_stat_activity
             WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
            [],
          ),
        (count) => count === 0,
      );
      expect(open).toBe(0);
    },
    STRIKES_EVERYWHERE ? 900_000 : 60_000,
  );
});
