import { randomUUID } from 'node:crypto';
import { FieldCipher } from 'src/common/crypto/field-cipher';
import { KeyRotation } from 'src/common/crypto/key-rotation.service';
import { fullLife, type FullLife } from 'test/gdpr/full-life';
import { connect } from 'test/integration/calendars';
import { expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { GoogleCalendarServer } from 'test/support/google-calendar-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { keysInUse, manyNotifications, newKey, rotated, storedBody } from './rotation';

const [K1, K2, T1, T2] = [newKey('k1'), newKey('k2'), newKey('t1'), newKey('t2')];

const startWith = (fields: string, tokens: string, variables: Record<string, string> = {}): Promise<TestApp> =>
  startTestApp({ FIELD_ENCRYPTION_KEYS: fields, TOKEN_ENCRYPTION_KEYS: tokens, ...variables });

describe('a new key, after a life with the old one', () => {
  let server: GoogleCalendarServer;
  let old: TestApp;
  let fresh: TestApp;
  let life: FullLife;

  beforeAll(async () => {
    server = await new GoogleCalendarServer().start();
    old = await startWith(K1, T1, server.variables);
    life = await fullLife(old);
    await connect(server, life.coach);
    // A way to Google that somebody has set out on, and an answer that is kept for a repeat.
    await expectStatus(life.client.http.get('/integrations/calendar'), 200);
    await expectStatus(
      life.client.http.post('/integrations/scale/manual').set('Idempotency-Key', randomUUID()).send({ weight_kg: 71 }),
      201,
    );
    fresh = await startWith(`${K2},${K1}`, `${T2},${T1}`, { ...server.variables, DATABASE_URL: old.databaseUrl });
  }, 120_000);

  afterAll(async () => {
    await fresh.close();
    await old.close();
    await server.stop();
  });

  /** The same person, at another process. */
  const at = (app: TestApp, { key }: TestPerson) => app.client(key);
  const noteOf = (app: TestApp): ReturnType<TestApp['http']['put']> =>
    at(app, life.coach).put(`/coaches/clients/${life.client.id}/note`);
  const exported = async (app: TestApp, person: TestPerson): Promise<Record<string, unknown>> => {
    const answer = await expectStatus(at(app, person).get('/users/me/export'), 200);
    // The moment of the export, and what changes by asking: when a key was last used.
    return { ...answer, export_date: null, devices: null, coach_client_notes: null };
  };

  it('finds something in every column that is told of, so that each is tried here', async () => {
    const found = await keysInUse(old);
    expect([...found].filter(([, counts]) => Object.keys(counts).length === 0).map(([column]) => column)).toEqual([]);
    for (const counts of found.values()) expect(Object.keys(counts)).toEqual([expect.stringMatching(/^[kt]1$/)]);
  });

  it('knows of every value in the database that is encrypted', async () => {
    const known = new Set((await keysInUse(old)).keys());
    const { rows } = await old.database.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'json', 'jsonb', 'character varying', 'USER-DEFINED')`,
    );
    const encrypted: string[] = [];
    for (const { table, column } of rows) {
      const found = await old.database.query(
        `SELECT 1 FROM ${table} WHERE ${column}::text ~ '(^|")[kt]1:[A-Za-z0-9+/]{38,}={0,2}("|$)' LIMIT 1`,
      );
      if (found.rows.length > 0) encrypted.push(`${table}.${column}`);
    }
    expect(encrypted.length).toBeGreaterThan(10);
    expect(encrypted.filter((name) => !known.has(name))).toEqual([]);
  });

  it('is spread over everything while people go on writing, and then the old one is needed no more', async () => {
    await manyNotifications(old, life.other.id, 2_500);
    const before = [await exported(old, life.coach), await exported(old, life.client)];
    const over = new AbortController();
    let words = 0;
    const writing = (async (): Promise<void> => {
      while (!over.signal.aborted) {
        words += 1;
        await expectStatus(noteOf(fresh).send({ content: `Note ${words}` }), 200);
      }
    })();
    const columns = await rotated(fresh).finally(() => {
      over.abort();
    });
    await writing;
    expect(words).toBeGreaterThan(3);
    expect(columns.filter(({ unopened, left }) => unopened + left > 0)).toEqual([]);
    expect(columns.find(({ table }) => table === 'notifications')?.rotated).toBeGreaterThanOrEqual(2_500);
    for (const [column, counts] of await keysInUse(fresh))
      expect([column, Object.keys(counts)]).toEqual([column, [expect.stringMatching(/^[kt]2$/)]]);

    expect(await fresh.nest.get(KeyRotation).release()).toEqual([
      { ring: 'FIELD_ENCRYPTION_KEYS', keyId: 'k1' },
      { ring: 'TOKEN_ENCRYPTION_KEYS', keyId: 't1' },
    ]);
    const bare = await startWith(K2, T2, { ...server.variables, DATABASE_URL: old.databaseUrl });
    try {
      expect([await exported(bare, life.coach), await exported(bare, life.client)]).toEqual(before);
      const note = await expectStatus(at(bare, life.coach).get(`/coaches/clients/${life.client.id}/note`), 200);
      expect(note['content']).toBe(`Note ${words}`);
      // Tokens open as well: the calendar takes what is written.
      await expectStatus(at(bare, life.coach).post('/integrations/calendar/sync-all'), 200);
    } finally {
      await bare.close();
    }
  }, 120_000);

  it('is all that a movement of the ledger takes: no other words under the same key, and nothing in the clear', async () => {
    const { rows } = await old.database.query<{ package_id: string; seq: number; reason: string }>(
      'SELECT package_id, seq, reason FROM package_movements WHERE reason IS NOT NULL LIMIT 1',
    );
    const [movement] = rows;
    if (!movement) throw new Error('no movement with a reason');
    const { package_id, seq } = movement;
    const cipher = fresh.nest.get(FieldCipher);
    const place = { table: 'package_movements', rowId: `${package_id} ${String(seq)}`, column: 'reason' };
    const put = (change: string, value: unknown): Promise<unknown> =>
      old.database.query(`UPDATE package_movements SET ${change} WHERE package_id = $2 AND seq = $3`, [
        value,
        package_id,
        seq,
      ]);
    for (const [change, value] of [
      ['reason = $1', cipher.encrypt(place, 'Other words')],
      ['reason = $1', 'Other words'],
      ['reason = $1', 'k3:Other words'],
      ['delta = delta + $1', 1],
    ] as const)
      await expect(put(change, value)).rejects.toThrow('movements are never changed or deleted');
  });

  it('changes nothing when it is spread once more', async () => {
    const columns = await rotated(fresh);
    expect(columns.map(({ rotated: again, unopened, left }) => again + unopened + left)).toEqual(columns.map(() => 0));
  });
});

describe('the spreading of a new key', () => {
  let old: TestApp;
  let fresh: TestApp;
  let person: TestPerson;

  beforeEach(async () => {
    old = await startWith(K1, T1);
    fresh = await startWith(`${K2},${K1}`, `${T2},${T1}`, { DATABASE_URL: old.databaseUrl });
    person = await old.register();
  });

  afterEach(async () => {
    await fresh.close();
    await old.close();
  });

  const inUse = async (): Promise<Record<string, number> | undefined> =>
    (await keysInUse(fresh)).get('notifications.body');
  const ofNotifications = (columns: Awaited<ReturnType<typeof rotated>>) =>
    columns.find(({ table }) => table === 'notifications');

  it('goes on where it was ended', async () => {
    await manyNotifications(old, person.id, 2_300);
    let rows = 0;
    const ended = rotated(fresh, (more) => {
      rows += more;
      if (rows > 1_000) throw new Error('killed');
    });
    await expect(ended).rejects.toThrow('killed');
    const half = (await inUse()) ?? {};
    expect(half['k2']).toBeGreaterThanOrEqual(1_000);
    expect(half['k1']).toBeGreaterThan(0);
    expect(ofNotifications(await rotated(fresh))).toMatchObject({ rotated: half['k1'], unopened: 0, left: 0 });
    expect(await inUse()).toEqual({ k2: (half['k1'] ?? 0) + (half['k2'] ?? 0) });
  });

  it('never takes the place of what was written meanwhile', async () => {
    const ids = await manyNotifications(old, person.id, 400);
    const cipher = fresh.nest.get(FieldCipher);
    const place = (id: string) => ({ table: 'notifications', rowId: id, column: 'body' });
    const writing = async (): Promise<void> => {
      for (const id of ids)
        await old.database.query('UPDATE notifications SET body = $2 WHERE id = $1', [
          id,
          cipher.encrypt(place(id), `new words of ${id}`),
        ]);
    };
    await Promise.all([writing(), rotated(fresh)]);
    for (const id of ids) expect(cipher.decrypt(place(id), await storedBody(old, id))).toBe(`new words of ${id}`);
  });

  it('names what does not open, leaves it as it is, and does all others', async () => {
    const [one = '', other = '', ...others] = await manyNotifications(old, person.id, 20);
    const foreign = newKey('k9').replace('k9:', 'k9:AAAA');
    const moved = await storedBody(old, others[0] ?? '');
    await old.database.query('UPDATE notifications SET body = $2 WHERE id = $1', [one, foreign]);
    await old.database.query('UPDATE notifications SET body = $2 WHERE id = $1', [other, moved]);
    const found = ofNotifications(await rotated(fresh));
    expect(found).toMatchObject({ rotated: expect.any(Number) as number, unopened: 2, left: 0 });
    expect([...(found?.unopenedRows ?? [])].sort()).toEqual([one, other].sort());
    expect([await storedBody(old, one), await storedBody(old, other)]).toEqual([foreign, moved]);
    expect(await inUse()).toMatchObject({ k1: 1, k9: 1 });
  });

  it('says so when somebody still writes with the old key', async () => {
    const [id = ''] = await manyNotifications(old, person.id, 1);
    const stale = await storedBody(old, id);
    // A process that was not told of the new key writes after every pass.
    const writing: Promise<unknown>[] = [];
    const timer = setInterval(() => {
      writing.push(old.database.query('UPDATE notifications SET body = $2 WHERE id = $1', [id, stale]));
    }, 40);
    const found = ofNotifications(await rotated(fresh));
    clearInterval(timer);
    await Promise.all(writing);
    expect(found?.left).toBeGreaterThan(0);
  });

  it('waits for whoever holds a row, and comes back to it', async () => {
    const [id = ''] = await manyNotifications(old, person.id, 3);
    const holder = await old.database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM notifications WHERE id = $1 FOR UPDATE', [id]);
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity
                     WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    const waits = async (): Promise<number> => (await old.database.query<{ n: number }>(waiting)).rows[0]?.n ?? 0;
    const rotating = rotated(fresh);
    // It waits, gives up after two seconds, and by the time it comes back the row is free.
    await eventually(waits, (count) => count > 0);
    await eventually(waits, (count) => count === 0);
    await holder.query('COMMIT');
    holder.release();
    expect(ofNotifications(await rotating)).toMatchObject({ unopened: 0, left: 0 });
    expect(await storedBody(old, id)).toMatch(/^k2:/);
  });
});
