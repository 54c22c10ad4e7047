import { Pool } from 'pg';
import { eventually } from 'test/support/eventually';
import { type RealProcess, startProcess } from 'test/support/real-process';
import { StravaServer } from 'test/support/strava-server';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

const PASSWORD = 'Canary-Password-77';
const WEBHOOK_SECRET = 'canary-webhook-secret-0123';
const VERIFY_TOKEN = 'canary-verify-token-0123';
const FORGED = '{"level":"fatal","msg":"forged"}';
const BREAK = encodeURIComponent(`\r\n${FORGED}\r\n`);

/** What somebody sends that is nobody's business, where no secret is made of it. */
const CANARY = {
  label: 'Canary-Label',
  reason: 'canary_reason_of_provider',
  smsText: 'canary text of an sms',
  hook: 'canary-in-a-webhook',
  signature: 'canary-signature',
};

interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** A process at work with everything that carries a secret: none of them is in its log, nor readable in its tables. */
describe('the secrets of a process', () => {
  const strava = new StravaServer();
  const made: string[] = [];
  let testDatabase: TestDatabase;
  let database: Pool;
  let server: RealProcess;
  let printed: string;

  const call = async (
    expected: number,
    method: string,
    path: string,
    { key, body, headers }: { key?: string; body?: object | string; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const answer = await server.request(path, {
      method,
      redirect: 'manual',
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      headers: { ...(key && { 'x-api-key': key }), 'content-type': 'application/json', ...headers },
    });
    const text = await answer.text();
    if (answer.status !== expected) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
    return { status: answer.status, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  /** Notes what must not be found again, and gives it back. */
  const secret = (value: unknown): string => {
    const text = String(value);
    if (text.length < 20) throw new Error(`that is no secret: ${text}`);
    made.push(text);
    return text;
  };
  const register = async (role: string): Promise<string> => {
    const form = { first_name: 'Ann', last_name: 'Oak', email: `${role}@example.com`, password: PASSWORD, role };
    return secret((await call(201, 'POST', '/auth/register', { body: form })).body['api_key']);
  };
  const lastOf = (text: string, pattern: RegExp): string => {
    const [, found] = pattern.exec(text) ?? [];
    if (!found) throw new Error(`nothing like ${String(pattern)}`);
    return secret(found);
  };

  const invitations = async (coach: string, client: string): Promise<void> => {
    await call(201, 'POST', '/coaches/profile', { key: coach, body: {} });
    const wish = { key: coach, body: { label: CANARY.label } };
    const token = secret((await call(201, 'POST', '/coaches/me/enrollment-tokens', wish)).body['token']);
    await call(200, 'GET', `/enroll/${token}`);
    await call(200, 'POST', `/users/me/enroll/${token}`, { key: client });
    await call(404, 'GET', `/enroll/${token}x`);
    await call(404, 'GET', `/enroll/${BREAK}`);
  };
  const connection = async (client: string): Promise<void> => {
    const way = (await call(200, 'GET', '/integrations/strava', { key: client })).body;
    secret(way['state']);
    const back = await strava.decide(String(way['authorize_url']));
    secret(back.searchParams.get('code'));
    await call(200, 'GET', `${back.pathname}${back.search}`);
    await call(400, 'GET', `${back.pathname}${back.search}`);
    await call(400, 'GET', `${back.pathname}?state=${BREAK}&error=${CANARY.reason}`);
    expect(strava.grants.secrets.length).toBeGreaterThan(1);
    for (const token of strava.grants.secrets) secret(token);
  };
  const addresses = async (client: string): Promise<void> => {
    const link = (await call(201, 'POST', '/users/me/export', { key: client, body: {} })).body;
    const token = secret(link['token']);
    await call(200, 'GET', `/users/me/export/download?token=${token}`);
    await call(401, 'GET', `/users/me/export/download?token=${token}0`);
    const opened = await call(201, 'POST', '/users/me/calendar-feed', { key: client });
    const feed = lastOf(JSON.stringify(opened.body), /calendar\/([\w-]{20,})\.ics/);
    await call(200, 'GET', `/calendar/${feed}.ics`);
    await call(404, 'GET', `/calendar/${feed}x.ics`);
  };
  const webhooks = async (): Promise<void> => {
    const { hook, smsText, signature } = CANARY;
    await call(401, 'POST', '/webhooks/twilio/inbound', {
      body: new URLSearchParams({ From: '+33612345678', Body: smsText }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    });
    const query = `hub.mode=subscribe&hub.challenge=${hook}&hub.verify_token=`;
    await call(200, 'GET', `/webhooks/strava?${query}${VERIFY_TOKEN}`);
    await call(401, 'GET', `/webhooks/strava?${query}${hook}`);
    const told = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `userid=1&comment=${hook}` };
    await server.request(`/webhooks/withings/${WEBHOOK_SECRET}`, { method: 'POST', ...told });
    await server.request(`/webhooks/withings/${hook}`, { method: 'POST', ...told });
  };
  const farewell = async (client: string): Promise<void> => {
    await call(200, 'DELETE', '/users/me', { key: client });
    const mails = await eventually(
      async () => (await (await server.request('/sandbox/messages?limit=100')).text()).split('"id"').join('\n'),
      (text) => text.includes('restore-account?token='),
    );
    const token = lastOf(mails, /restore-account\?token=([\w-]+)/);
    await call(200, 'POST', '/users/me/restore', { body: { token } });
    await server.request('/users/me/restore', {
      method: 'POST',
      body: JSON.stringify({ token: `${token}x` }),
      headers: { 'content-type': 'application/json' },
    });
  };

  beforeAll(async () => {
    await strava.start();
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 2 });
    database.on('error', () => undefined);
    server = await startProcess({
      ...strava.variables,
      DATABASE_URL: testDatabase.url,
      LOG_LEVEL: 'trace',
      RATE_LIMIT_FACTOR: '1000',
      STRAVA_VERIFY_TOKEN: VERIFY_TOKEN,
      WITHINGS_CLIENT_ID: 'an-application',
      WITHINGS_CLIENT_SECRET: 'canary-withings-client-secret',
      WITHINGS_BASE_URL: strava.url,
      WITHINGS_WEBHOOK_SECRET: WEBHOOK_SECRET,
    });
    const [coach, client] = [await register('coach'), await register('client')];
    await invitations(coach, client);
    await connection(client);
    await addresses(client);
    await webhooks();
    await farewell(client);
    expect(await server.stop()).toBe(0);
    printed = server.output();
  }, 90_000);
  afterAll(async () => {
    await server.kill();
    await database.end();
    await testDatabase.drop();
    await strava.stop();
  });

  it('are in none of its lines (trust 61)', () => {
    const settings = [WEBHOOK_SECRET, VERIFY_TOKEN, 'canary-withings-client-secret', strava.clientSecret];
    const words = [...Object.values(CANARY), ...made, ...settings, PASSWORD, 'forged', 'coach@example.com'];
    expect(words.filter((word) => printed.includes(word))).toEqual([]);
    // It did see them, by the templates of their routes.
    for (const route of [
      '/enroll/:token',
      '/calendar/:token.ics',
      '/integrations/strava/callback',
      '/users/me/restore',
    ])
      expect(printed).toContain(`"route":"${route}"`);
  });

  it('break no line in two (trust 61)', () => {
    const lines = printed.split('\n').filter((line) => line !== '' && !line.startsWith('  '));
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(lines.length).toBeGreaterThan(20);
  });

  it('are in none of its tables as they are (trust 10, 24)', async () => {
    const { rows } = await database.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'graphile_worker')`,
    );
    expect(made.length).toBeGreaterThan(9);
    const readable: string[] = [];
    for (const { name } of rows) {
      const content = (
        await database.query<{ text: string }>(`SELECT to_jsonb(t)::text AS text FROM ${name} AS t`)
      ).rows
        .map(({ text }) => text)
        .join('\n');
      for (const [place, word] of [...made, PASSWORD].entries())
        if (content.includes(word)) readable.push(`${name}: ${String(place)} ${word.slice(0, 6)}`);
    }
    // Outside production mails lie there to be read by the people who build the app.
    expect(readable.filter((place) => !place.startsWith('public.sandbox_messages'))).toEqual([]);
    expect(readable.length).toBeGreaterThan(0);
  });
});
