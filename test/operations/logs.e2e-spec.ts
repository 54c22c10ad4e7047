import { Pool } from 'pg';
import { eventually } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { freePort, type LogLine, type RealProcess, startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

interface Call {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Reply {
  status: number;
  requestId: string;
  body: Record<string, unknown>;
}

async function call(server: RealProcess, method: string, path: string, options: Call = {}): Promise<Reply> {
  const { key, body, headers } = options;
  const answer = await server.request(path, {
    method,
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      ...(key !== undefined && { 'x-api-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    requestId: answer.headers.get('x-request-id') ?? '',
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** Lines are written a few times a second. */
async function lineOf(server: RealProcess, requestId: string): Promise<LogLine> {
  const lines = await eventually(
    () => server.lines().filter((line) => line['requestId'] === requestId && String(line['msg']).startsWith('request')),
    (found) => found.length > 0,
  );
  expect(lines).toHaveLength(1);
  return lines[0] ?? {};
}

/** The ledger refuses to be emptied, as it should: its guards look away for a moment. */
async function forgetEverybody(database: Pool): Promise<void> {
  await database.query(
    `SET session_replication_role = replica; TRUNCATE users, rate_counters CASCADE; RESET session_replication_role`,
  );
}

/** Unlike any other text, so that it can be looked for in everything that was printed. */
const CANARY = {
  firstName: 'Canaribelle',
  lastName: 'Serinette',
  email: 'canary.address@example.com',
  coachEmail: 'coach.canary@example.com',
  password: 'Canary-Password-77',
  wrongPassword: 'Canary-Wrong-88',
  newPassword: 'Canary-Renewed-99',
  message: 'canary message about my aching knee',
  idempotencyKey: 'canary-idempotency-key-1',
  agent: 'CanaryAgent/1.0',
  query: 'canary-in-the-query',
  malformed: 'canary-in-malformed-json',
  path: 'canary-in-the-path',
  cookie: 'canary-cookie=1',
  provoked: 'Canaryprovoked',
};

describe('the log of a process', () => {
  let testDatabase: TestDatabase;
  let database: Pool;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 2 });
    database.on('error', () => undefined);
    await database.query(
      `ALTER TABLE users ADD CONSTRAINT provoked CHECK (first_name <> '${CANARY.provoked}') NOT VALID`,
    );
  });
  afterAll(async () => {
    await database.end();
    await testDatabase.drop();
  });

  const start = (level: string, variables: Record<string, string> = {}): Promise<RealProcess> =>
    startProcess({ DATABASE_URL: testDatabase.url, LOG_LEVEL: level, ...variables });

  const newPerson = async (server: RealProcess, role: string, email: string): Promise<{ id: string; key: string }> => {
    const { status, body } = await call(server, 'POST', '/auth/register', {
      body: { first_name: CANARY.firstName, last_name: CANARY.lastName, email, password: CANARY.password, role },
      headers: { 'user-agent': CANARY.agent, cookie: CANARY.cookie },
    });
    expect(status).toBe(201);
    return { id: (body['user'] as { id: string }).id, key: String(body['api_key']) };
  };
  /** The token of the newest mail to an address. */
  const tokenFor = async (server: RealProcess, email: string): Promise<string> => {
    const { body } = await call(server, 'GET', `/sandbox/messages?channel=email&email=${encodeURIComponent(email)}`);
    const [mail] = body['items'] as { body: string }[];
    const token = /token=([\w.~-]+)/.exec(mail?.body ?? '')?.[1];
    if (!token) throw new Error('no token in the mail');
    return token;
  };
  /** Whatever a client can do that has a secret in it. Answers the secrets that were made on the way. */
  const everything = async (server: RealProcess): Promise<string[]> => {
    const coach = await newPerson(server, 'coach', CANARY.coachEmail);
    const client = await newPerson(server, 'client', CANARY.email);
    const { key } = client;
    const { email, password, wrongPassword, newPassword, idempotencyKey } = CANARY;
    const expectStatus = async (expected: number, reply: Promise<Reply>): Promise<Reply> => {
      const { status, body, requestId } = await reply;
      expect([status, status === expected ? null : body]).toEqual([expected, null]);
      return { status, body, requestId };
    };
    const verification = await tokenFor(server, email);
    await expectStatus(200, call(server, 'GET', `/auth/verify-email?token=${verification}`));
    await expectStatus(400, call(server, 'GET', `/auth/verify-email?token=${verification}`));
    await expectStatus(401, call(server, 'POST', '/auth/login', { body: { email, password: wrongPassword } }));
    const login = await expectStatus(200, call(server, 'POST', '/auth/login', { body: { email, password } }));

    await expectStatus(201, call(server, 'POST', '/coaches/profile', { key: coach.key, body: { timezone: 'UTC' } }));
    for (const day of [0, 1, 2, 3, 4, 5, 6]) {
      const hours = { day_of_week: day, start_time: '08:00', end_time: '20:00', max_slots: 1 };
      await expectStatus(201, call(server, 'POST', '/coaches/availability', { key: coach.key, body: hours }));
    }
    const price = { type: 'per_session', name: 'Séance', price_cents: 5_000 };
    await expectStatus(201, call(server, 'POST', '/coaches/pricing', { key: coach.key, body: price }));
    const slots = await expectStatus(200, call(server, 'GET', `/coaches/${coach.id}/slots`, { key }));
    const [slot] = (slots.body['slots'] as { scheduled_at: string; status: string }[]).filter(
      ({ status }) => status === 'available',
    );
    const wish = { coach_id: coach.id, scheduled_at: slot?.scheduled_at, client_message: CANARY.message };
    const headers = { 'idempotency-key': idempotencyKey };
    await expectStatus(201, call(server, 'POST', '/bookings', { key, body: wish, headers }));
    await expectStatus(201, call(server, 'POST', '/bookings', { key, body: wish, headers }));
    await call(server, 'GET', '/sandbox/messages');

    await expectStatus(202, call(server, 'POST', '/auth/forgot-password', { body: { email } }));
    const reset = await tokenFor(server, email);
    const renewed = { token: reset, new_password: newPassword };
    await expectStatus(200, call(server, 'POST', '/auth/reset-password', { body: renewed }));
    await expectStatus(400, call(server, 'POST', '/auth/reset-password', { body: renewed }));
    await expectStatus(400, call(server, 'POST', '/auth/login', { body: `{"password":"${CANARY.malformed}` }));
    await expectStatus(400, call(server, 'GET', `/auth/me?api_key=${coach.key}&q=${CANARY.query}`));
    await expectStatus(401, call(server, 'GET', '/auth/me', { headers: { authorization: `Bearer ${key}` } }));
    await expectStatus(404, call(server, 'GET', `/${CANARY.path}?q=${CANARY.query}`));
    await expectStatus(
      500,
      call(server, 'PATCH', '/users/me', { key: coach.key, body: { first_name: CANARY.provoked } }),
    );
    return [coach.key, key, String(login.body['api_key']), verification, reset];
  };

  it.each(['info', 'debug', 'trace'])(
    'trust 61: holds no secret and nothing personal at the level %s',
    async (level) => {
      await forgetEverybody(database);
      const server = await start(level, { RATE_LIMIT_FACTOR: '1000' });
      const secrets = await everything(server);
      expect(await server.stop()).toBe(0);
      const printed = server.output();
      const found = [...Object.values(CANARY), ...secrets].filter((canary) => printed.includes(canary));
      expect(found).toEqual([]);
      // It did see all of that: the requests, and the fault that nobody foresaw.
      expect(server.lines().filter(({ msg }) => msg === 'request').length).toBeGreaterThan(20);
      expect(printed).toContain('an unexpected error');
    },
    60_000,
  );

  it('trust 61: holds nothing of the mail that could not be sent, nor of the address of the database', async () => {
    await forgetEverybody(database);
    const secret = 'canary-database-password';
    const away = await startProcess({
      ...PRODUCTION,
      LOG_LEVEL: 'trace',
      DATABASE_URL: `postgres://mycoach:${secret}@127.0.0.1:${await freePort()}/mycoach`,
      REDIS_URL: `redis://:${secret}@127.0.0.1:${await freePort()}`,
    });
    await call(away, 'GET', '/readyz');
    const server = await start('trace', { ...PRODUCTION, SMTP_URL: `smtp://robot:${secret}@127.0.0.1:9` });
    await newPerson(server, 'client', CANARY.email);
    await eventually(
      () => server.output(),
      (text) => text.includes('Failed task'),
    );
    expect(await Promise.all([away.stop(), server.stop()])).toEqual([0, 0]);
    for (const printed of [away.output(), server.output()])
      expect([...Object.values(CANARY), secret].filter((canary) => printed.includes(canary))).toEqual([]);
  }, 60_000);

  describe('has for every request one line', () => {
    let server: RealProcess;
    let person: { id: string; key: string };

    beforeAll(async () => {
      await forgetEverybody(database);
      server = await start('info');
      person = await newPerson(server, 'client', CANARY.email);
    }, 40_000);
    afterAll(async () => {
      await server.stop();
    });

    it('with its id, method, route template, status, duration and user', async () => {
      const known = await call(server, 'GET', '/bookings/3f6f2f0e-7a3c-4f0e-9d3c-2b1a0f9e8d7c', { key: person.key });
      expect(await lineOf(server, known.requestId)).toEqual({
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as unknown,
        service: 'mycoach',
        requestId: known.requestId,
        method: 'GET',
        route: '/bookings/:id',
        status: 404,
        durationMs: expect.any(Number) as unknown,
        userId: person.id,
        msg: 'request',
      });
      const stranger = await call(server, 'GET', '/auth/me');
      const line = await lineOf(server, stranger.requestId);
      expect(line).toMatchObject({ route: '/auth/me', status: 401 });
      expect(line).not.toHaveProperty('userId');
      const lost = await call(server, 'GET', '/nothing/at/all');
      expect(await lineOf(server, lost.requestId)).toMatchObject({ route: 'unmatched', status: 404 });
    });

    it('under the id that the caller gave it, which the lines of a fault carry too', async () => {
      const headers = { 'x-request-id': 'Reported-By.A_Person-1' };
      const reply = await call(server, 'PATCH', '/users/me', {
        key: person.key,
        body: { first_name: CANARY.provoked },
        headers,
      });
      expect([reply.status, reply.requestId, reply.body['request_id']]).toEqual([
        500,
        'Reported-By.A_Person-1',
        'Reported-By.A_Person-1',
      ]);
      expect(await lineOf(server, reply.requestId)).toMatchObject({ status: 500, level: 'error' });
      const fault = server.lines().find(({ msg }) => msg === 'an unexpected error');
      expect(fault).toMatchObject({
        level: 'error',
        requestId: reply.requestId,
        userId: person.id,
        err: { code: '23514', constraint: 'provoked', table: 'users' },
      });
    });

    it('that no caller can break in two or forge', async () => {
      const forged = '{"level":"fatal","msg":"forged"}';
      const path = `/${encodeURIComponent(`\r\n${forged}\r\n`)}?a=${encodeURIComponent(`\r\n${forged}`)}`;
      const { requestId } = await call(server, 'GET', path, {
        headers: { 'x-request-id': forged, 'user-agent': forged, 'accept-language': forged },
      });
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      await lineOf(server, requestId);
      expect(server.output()).not.toContain('forged');
      // Every line that is not the greeting is one JSON object, stack traces too.
      const others = server
        .output()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('{') && !line.startsWith('  '));
      expect(others).toEqual([]);
    });

    it('but none for probes, which ask all day', async () => {
      const { requestId } = await call(server, 'GET', '/livez');
      for (const path of ['/readyz', '/health', '/metrics']) await call(server, 'GET', path);
      const last = await call(server, 'GET', '/nothing');
      await lineOf(server, last.requestId);
      expect(server.lines().filter((line) => line['requestId'] === requestId)).toEqual([]);
    });
  });

  it('is as long as LOG_LEVEL says', async () => {
    await forgetEverybody(database);
    for (const [level, expected] of [
      ['warn', ['error', 'error']],
      ['silent', []],
    ] as const) {
      const server = await start(level);
      const { key } = await newPerson(server, 'client', `${level}@example.com`);
      const reply = await call(server, 'PATCH', '/users/me', { key, body: { first_name: CANARY.provoked } });
      expect(reply.status).toBe(500);
      expect(await server.stop()).toBe(0);
      expect(server.lines().map((line) => line['level'])).toEqual(expected);
    }
  }, 60_000);
});
