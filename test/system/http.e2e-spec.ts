import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { crowd } from 'test/support/crowd';
import { startTestApp, TEST_PASSWORD, type TestApp, type TestPerson } from 'test/support/test-app';

const MIB = 1024 * 1024;
const REFUSAL_FIELDS = ['detail', 'message', 'errors', 'retry_after', 'attempts_left', 'request_id'];
const INNARDS =
  /\bat .+\.(js|ts):\d|node_modules|\bSELECT\b|\bINSERT\b|constraint|TypeError|SyntaxError|Unexpected token/;

interface Got {
  status: number;
  headers: Record<string, string>;
  text: string;
  body: Record<string, unknown>;
}

describe('every answer', () => {
  let app: TestApp;
  let url: string;
  let person: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    url = (await app.nest.getUrl()).replace('[::1]', '127.0.0.1');
    const [somebody] = await crowd(app, 1);
    if (!somebody) throw new Error('nobody is there');
    person = somebody;
    // A fault that nobody foresaw, for one name.
    await app.database.query(`ALTER TABLE users ADD CONSTRAINT provoked CHECK (first_name <> 'Provoked') NOT VALID`);
  });
  afterAll(() => app.close());

  /** As it stands: no library corrects the path, the verb or the body. */
  async function send(
    method: string,
    path: string,
    options: { headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Got> {
    const sent = request(`${url}/`, { method, path, headers: options.headers, agent: false });
    sent.end(options.body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false;
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      text,
      body: (isJson && text !== '' ? JSON.parse(text) : {}) as Record<string, unknown>,
    };
  }
  const post = (path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Got> =>
    send('POST', path, { body, headers: { 'content-type': 'application/json', ...headers } });
  const provoke = (): Promise<Got> =>
    send('PATCH', '/users/me', {
      headers: { 'x-api-key': person.key, 'content-type': 'application/json' },
      body: JSON.stringify({ first_name: 'Provoked' }),
    });

  function expectRefusal(answer: Got, status: number, detail: string): void {
    expect([answer.status, answer.body['detail']]).toEqual([status, detail]);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Object.keys(answer.body).filter((name) => !REFUSAL_FIELDS.includes(name))).toEqual([]);
    expect(answer.body['message']).toEqual(expect.stringMatching(/\S/));
    expect(answer.body['request_id']).toBe(answer.headers['x-request-id']);
    expect(answer.text).not.toMatch(INNARDS);
  }

  describe('that refuses', () => {
    it.each([
      ['GET', '/nothing/here'],
      ['GET', '/'],
      ['POST', '/auth/me'],
      ['DELETE', '/livez'],
      ['PUT', '/bookings'],
      ['TRACE', '/livez'],
      ['PROPFIND', '/auth/me'],
    ])('trust 29: has the one body for an unknown path or verb: %s %s', async (method, path) => {
      expectRefusal(await send(method, path), 404, 'not_found');
    });

    it.each(['/static/avatars/%E0%A4%A', '/static/avatars/%', '/coaches/%ff%fe/slots', '/%c0%ae%c0%ae/'])(
      'trust 29: has the one body for a path that cannot be read: %s',
      async (path) => {
        const answer = await send('GET', path, { headers: { 'x-api-key': person.key } });
        expect([400, 404, 422]).toContain(answer.status);
        expectRefusal(answer, answer.status, String(answer.body['detail']));
      },
    );

    it.each(['{', '{"email":', '{"email": "a@example.com",}', '"', 'nonsense', '{"a":1}{"b":2}', '\u0000'])(
      'trust 29: calls a body that is no JSON by its name: %j',
      async (body) => {
        expectRefusal(await post('/auth/login', body), 400, 'invalid_json');
      },
    );

    it('trust 34: takes a body of one MiB, and not a byte more', async () => {
      const wrapped = (size: number): string => `{"email":"${'a'.repeat(size - '{"email":""}'.length)}"}`;
      expect((await post('/auth/login', wrapped(MIB))).status).toBe(422);
      expectRefusal(await post('/auth/login', wrapped(MIB + 1)), 413, 'payload_too_large');
    });

    it('trust 35: counts what a compressed body unfolds to', async () => {
      const bomb = gzipSync(`{"email":"${'a'.repeat(50 * MIB)}"}`);
      expect(bomb.length).toBeLessThan(MIB / 10);
      expectRefusal(await post('/auth/login', bomb, { 'content-encoding': 'gzip' }), 413, 'payload_too_large');
      const fair = gzipSync(JSON.stringify({ email: 'nobody@example.com', password: TEST_PASSWORD }));
      expectRefusal(await post('/auth/login', fair, { 'content-encoding': 'gzip' }), 401, 'invalid_credentials');
      expectRefusal(
        await post('/auth/login', fair.subarray(0, 20), { 'content-encoding': 'gzip' }),
        400,
        'invalid_json',
      );
      expectRefusal(await post('/auth/login', '{}', { 'content-encoding': 'x-own' }), 415, 'unsupported_media_type');
    });

    it.each(['text/plain', 'application/xml', 'application/jsonp', '', 'application/json; charset=no-such'])(
      'trust 38: takes no body of the kind "%s"',
      async (type) => {
        const answer = await send('POST', '/auth/login', {
          headers: type === '' ? {} : { 'content-type': type },
          body: '{"email":"a@example.com"}',
        });
        expectRefusal(answer, 415, 'unsupported_media_type');
      },
    );

    it.each(['[]', '[{"email":"a@example.com"}]', '"text"', '7', 'true', 'null', '', '{}'])(
      'trust 6: names the faults of a body that is not the object it should be: %j',
      async (body) => {
        const answer = await post('/auth/login', body);
        expectRefusal(answer, 422, 'validation_error');
        expect((answer.body['errors'] as unknown[]).length).toBeGreaterThan(0);
      },
    );

    it('trust 34: walks into no depth', async () => {
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        const deep = `{"email":${open.repeat(100_000)}1${close.repeat(100_000)}}`;
        expectRefusal(await post('/auth/login', deep), 422, 'validation_error');
      }
    });

    it('says nothing of what went wrong inside', async () => {
      expectRefusal(await provoke(), 500, 'server_error');
    });

    it.each(['api_key', 'apikey', 'x-api-key', 'access_token', 'API_KEY', 'Access_Token', 'api%5Fkey'])(
      'trust 13: does not take a key in the address (%s), even when the header is good',
      async (name) => {
        const headers = { 'x-api-key': person.key };
        expectRefusal(await send('GET', `/auth/me?${name}=${person.key}`, { headers }), 400, 'api_key_in_query');
        expectRefusal(await send('GET', `/livez?a=1&${name}=`), 400, 'api_key_in_query');
      },
    );
  });

  describe('to what no honest client sends', () => {
    const form = { first_name: 'Zoé', last_name: 'Martin', email: 'zoe@example.com', role: 'client' };
    const register = (field: string, value: unknown): Promise<Got> =>
      post('/auth/register', JSON.stringify({ ...form, password: TEST_PASSWORD, [field]: value }));

    it.each<[string, unknown]>([
      ['a NUL', 'Z\u0000oé'],
      ['half a surrogate pair', 'Zo\ud800'],
      ['the other half', '\udc00Zo'],
      ['ten thousand characters', 'a'.repeat(10_000)],
      ['a number', 7],
      ['a number beyond all integers', 1e308],
      ['a list', ['Zoé']],
      ['an object', { $gt: '' }],
      ['null', null],
      ['nothing but spaces', '   '],
    ])('trust 33: is a refusal that names the field: %s', async (_, value) => {
      for (const field of ['first_name', 'email', 'password', 'role', 'timezone', 'locale', 'device_name']) {
        const answer = await register(field, value);
        // A password may be any characters that can be kept, and a missing device has no name.
        if (answer.status === 201) expect(['password', 'device_name']).toContain(field);
        else {
          expectRefusal(answer, 422, 'validation_error');
          expect(answer.body['errors']).toContainEqual(expect.objectContaining({ field }));
        }
        await app.database.query('DELETE FROM users WHERE email = $1', [form.email]);
      }
    });

    it.each(['%00', '%ED%A0%80', '%FF', 'a'.repeat(5_000), '9'.repeat(400), '-1', 'NaN', '1e3'])(
      'trust 33: is no server error in a path or a query: %s',
      async (value) => {
        const headers = { 'x-api-key': person.key };
        for (const path of [
          `/bookings/${value}`,
          `/coaches/${value}/slots`,
          `/static/avatars/${value}`,
          `/bookings?offset=${value}`,
          `/bookings?limit=${value}`,
          `/bookings?status=${value}`,
          `/notifications?limit=${value}&limit=2`,
          `/sandbox/messages?email=${value}`,
        ]) {
          const { status } = await send('GET', path, { headers });
          expect([path, status < 500]).toEqual([path, true]);
        }
      },
    );

    it('trust 6: leaves every prototype as it was', async () => {
      const bodies = [
        '{"__proto__":{"polluted":true},"email":"a@example.com","password":"x"}',
        '{"constructor":{"prototype":{"polluted":true}},"email":"a@example.com","password":"x"}',
        '{"prototype":{"polluted":true},"email":{"__proto__":{"polluted":true}},"password":"x"}',
      ];
      for (const body of bodies) expect((await post('/auth/login', body)).status).toBeLessThan(500);
      const answer = await send('GET', '/bookings?__proto__[polluted]=1&constructor[prototype][polluted]=1', {
        headers: { 'x-api-key': person.key },
      });
      expect(answer.status).toBeLessThan(500);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(Object.prototype).not.toHaveProperty('polluted');
    });
  });

  describe('carries', () => {
    const SECURITY = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-xss-protection': '1; mode=block',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'permissions-policy': 'geolocation=(), microphone=(), camera=()',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    };
    const samples = (): [number, Promise<Got>][] => [
      [200, send('GET', '/livez')],
      [200, send('GET', '/static/avatars/default_male.svg')],
      [200, send('GET', '/auth/me', { headers: { 'x-api-key': person.key } })],
      [204, send('OPTIONS', '/bookings', { headers: { origin: 'http://localhost:3000' } })],
      [400, post('/auth/login', '{')],
      [401, send('GET', '/auth/me')],
      [404, send('GET', '/nothing')],
      [413, post('/auth/login', 'a'.repeat(2 * MIB))],
      [415, send('POST', '/auth/login', { body: 'x', headers: { 'content-type': 'text/plain' } })],
      [422, post('/auth/login', '{}')],
      [500, provoke()],
    ];

    it('trust 38: the headers that protect a browser, and none that tells of the server', async () => {
      for (const [status, sample] of samples()) {
        const { headers, ...answer } = await sample;
        expect(answer.status).toBe(status);
        expect(headers).toMatchObject(SECURITY);
        for (const name of ['x-powered-by', 'server', 'strict-transport-security', 'etag'])
          expect([status, name, headers[name]]).toEqual([status, name, undefined]);
      }
    });

    it('the id of its request: the caller’s own where it is well formed, else a new one', async () => {
      for (const [, sample] of samples()) expect((await sample).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      for (const id of ['a', 'Abc-123_4.5', 'x'.repeat(64)])
        expect((await send('GET', '/nothing', { headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(id);
      for (const id of ['', 'x'.repeat(65), 'a b', 'a/b', 'é', '{"a":1}', 'a;b'])
        expect(
          (await send('GET', '/livez', { headers: { 'x-request-id': Buffer.from(id).toString('latin1') } })).headers[
            'x-request-id'
          ],
        ).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('trust 38: no-store wherever somebody is signed in or signs in', async () => {
      const key = { 'x-api-key': person.key };
      const kept = async (sample: Promise<Got>): Promise<string | undefined> => (await sample).headers['cache-control'];
      for (const sample of [
        send('GET', '/auth/me', { headers: key }),
        send('GET', '/bookings', { headers: { authorization: `Bearer ${person.key}` } }),
        send('GET', '/nothing', { headers: key }),
        send('GET', '/auth/me'),
        post('/auth/login', '{}'),
        post('/AUTH/Login', '{}'),
        post('/auth/forgot-password', '{"email":"nobody@example.com"}'),
        send('GET', '/auth/verify-email?token=nonsense'),
      ])
        expect(await kept(sample)).toBe('no-store');
      expect(await kept(send('GET', '/static/avatars/default_male.svg'))).not.toBe('no-store');
    });
  });

  describe('to a browser', () => {
    const cors = (origin: string, method = 'GET'): Promise<Got> => send(method, '/livez', { headers: { origin } });

    it.each(['http://localhost:3000', 'http://localhost:8000'])(
      'trust 40: allows the web application at %s',
      async (origin) => {
        const { headers } = await cors(origin);
        expect(headers['access-control-allow-origin']).toBe(origin);
        expect(headers['access-control-allow-credentials']).toBe('true');
        expect(headers['vary']).toContain('Origin');
        expect(headers['access-control-expose-headers']?.split(',').sort()).toEqual([
          'Content-Disposition',
          'Idempotent-Replayed',
          'RateLimit-Limit',
          'RateLimit-Remaining',
          'RateLimit-Reset',
          'Retry-After',
          'X-Request-Id',
        ]);
      },
    );

    it.each(['http://localhost:3001', 'https://localhost:3000', 'http://localhost:3000.evil.example', 'null', '*'])(
      'trust 40: allows nobody else: %s',
      async (origin) => {
        for (const method of ['GET', 'OPTIONS'])
          expect((await cors(origin, method)).headers['access-control-allow-origin']).toBeUndefined();
      },
    );

    it('trust 40: answers what it asks beforehand', async () => {
      const { status, headers, text } = await send('OPTIONS', '/bookings', {
        headers: {
          origin: 'http://localhost:3000',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x-api-key,idempotency-key,content-type',
        },
      });
      expect([status, text]).toEqual([204, '']);
      expect(headers['access-control-allow-origin']).toBe('http://localhost:3000');
      expect(headers['access-control-allow-methods']?.split(',')).toEqual([
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
      ]);
      expect(headers['access-control-allow-headers']).toBe('x-api-key,idempotency-key,content-type');
    });
  });

  it('is the same with a slash at the end of the path', async () => {
    expect((await send('GET', '/livez/')).body).toEqual({ status: 'ok' });
    expect((await send('GET', '/auth/me/', { headers: { 'x-api-key': person.key } })).status).toBe(200);
  });

  it('to HEAD is that of GET without its body', async () => {
    for (const [path, status] of [
      ['/livez', 200],
      ['/auth/me', 401],
      ['/nothing', 404],
    ] as const) {
      const answer = await send('HEAD', path);
      expect([answer.status, answer.text]).toEqual([status, '']);
      expect(answer.headers['x-request-id']).toBeDefined();
    }
  });
});
