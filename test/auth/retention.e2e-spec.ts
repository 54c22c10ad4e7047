import { startTestApp, type TestApp } from 'test/support/test-app';
import { registerProved, verificationToken } from './links';

const DAY = 86_400;

describe('what signing in leaves behind', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const count = async (table: string): Promise<number> => {
    const { rows } = await app.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
    return rows[0]?.count ?? 0;
  };

  it('goes in time: links 30 days after they ended, dead keys and failures after a year, kept answers after a day', async () => {
    const person = await registerProved(app);
    const waiting = await app.register();
    const token = await verificationToken(app, waiting.email);
    await person.http.delete('/auth/logout').expect(204);
    await app.http.post('/auth/login').send({ email: 'nobody@example.com', password: 'Wrong-Horse-7' });
    await app.database.query(
      `INSERT INTO idempotency_keys (user_id, route, key, fingerprint, status, created_at)
       VALUES ($1, 'POST /x', 'k', repeat('0', 64), 201, now())`,
      [person.id],
    );
    await app.advance(DAY + 3_600 * 24);
    expect(await count('idempotency_keys')).toBe(0);
    expect(await count('account_tokens')).toBe(1);
    const late = await app.http.get(`/auth/verify-email?token=${token}`);
    expect(late.body).toMatchObject({ detail: 'token_expired' });
    await app.advance(31 * DAY);
    expect(await count('account_tokens')).toBe(0);
    expect(await count('api_keys')).toBe(2);
    expect(await count('login_failures')).toBe(1);
    await app.advance(335 * DAY);
    await app.http.post('/sandbox/jobs/purge_expired_tokens/run').expect(200);
    expect(await count('login_failures')).toBe(0);
    // The key in use stays, however old it is.
    expect(await count('api_keys')).toBe(1);
    await waiting.http.get('/users/me').expect(200);
  });

  it('goes however much of it there is, and nothing that is younger', async () => {
    const person = await registerProved(app);
    await app.setClock('2026-03-02T06:00:00Z');
    await app.database.query(
      `INSERT INTO idempotency_keys (user_id, route, key, fingerprint, status, created_at)
       SELECT $1, 'POST /x', n::text, repeat('0', 64), 201, '2026-03-01T06:00:00Z'::timestamptz + CASE n WHEN 0 THEN interval '1 s' ELSE '0' END
       FROM generate_series(0, 2500) AS n`,
      [person.id],
    );
    await app.database.query(
      `INSERT INTO rate_counters (scope, subject, window_start, hits)
       SELECT 'x', n::text, now() - CASE n WHEN 0 THEN interval '23 hours' ELSE '25 hours' END, 1
       FROM generate_series(0, 2500) AS n`,
    );
    await app.http.post('/sandbox/jobs/purge_expired_tokens/run').expect(200);
    const { rows } = await app.database.query(
      `SELECT key AS kept FROM idempotency_keys WHERE user_id = $1
       UNION ALL SELECT subject FROM rate_counters WHERE scope = 'x'`,
      [person.id],
    );
    expect(rows.map(({ kept }: { kept: string }) => kept.trim())).toEqual(['0', '0']);
  });
});
