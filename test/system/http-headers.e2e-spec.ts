import { type Got, MIB, RawHttp } from './raw-http';

describe('every answer', () => {
  let raw: RawHttp;

  beforeAll(async () => {
    raw = await RawHttp.start();
  });
  afterAll(() => raw.app.close());

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
      [200, raw.send('GET', '/livez')],
      [200, raw.send('GET', '/static/avatars/default_male.svg')],
      [200, raw.send('GET', '/auth/me', { headers: { 'x-api-key': raw.person.key } })],
      [204, raw.send('OPTIONS', '/bookings', { headers: { origin: 'http://localhost:3000' } })],
      [400, raw.post('/auth/login', '{')],
      [401, raw.send('GET', '/auth/me')],
      [404, raw.send('GET', '/nothing')],
      [413, raw.post('/auth/login', 'a'.repeat(2 * MIB))],
      [415, raw.send('POST', '/auth/login', { body: 'x', headers: { 'content-type': 'text/plain' } })],
      [422, raw.post('/auth/login', '{}')],
      [500, raw.provoke()],
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
        expect((await raw.send('GET', '/nothing', { headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(
          id,
        );
      for (const id of ['', 'x'.repeat(65), 'a b', 'a/b', 'é', '{"a":1}', 'a;b'])
        expect(
          (await raw.send('GET', '/livez', { headers: { 'x-request-id': Buffer.from(id).toString('latin1') } }))
            .headers['x-request-id'],
        ).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('trust 38: no-store wherever somebody is signed in or signs in', async () => {
      const key = { 'x-api-key': raw.person.key };
      const kept = async (sample: Promise<Got>): Promise<string | undefined> => (await sample).headers['cache-control'];
      for (const sample of [
        raw.send('GET', '/auth/me', { headers: key }),
        raw.send('GET', '/bookings', { headers: { authorization: `Bearer ${raw.person.key}` } }),
        raw.send('GET', '/nothing', { headers: key }),
        raw.send('GET', '/auth/me'),
        raw.post('/auth/login', '{}'),
        raw.post('/AUTH/Login', '{}'),
        raw.post('/auth/forgot-password', '{"email":"nobody@example.com"}'),
        raw.send('GET', '/auth/verify-email?token=nonsense'),
      ])
        expect(await kept(sample)).toBe('no-store');
      expect(await kept(raw.send('GET', '/static/avatars/default_male.svg'))).not.toBe('no-store');
    });
  });

  describe('to a browser', () => {
    const cors = (origin: string, method = 'GET'): Promise<Got> => raw.send(method, '/livez', { headers: { origin } });

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
      const { status, headers, text } = await raw.send('OPTIONS', '/bookings', {
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
    expect((await raw.send('GET', '/livez/')).body).toEqual({ status: 'ok' });
    expect((await raw.send('GET', '/auth/me/', { headers: { 'x-api-key': raw.person.key } })).status).toBe(200);
  });

  it('to HEAD is that of GET without its body', async () => {
    for (const [path, status] of [
      ['/livez', 200],
      ['/auth/me', 401],
      ['/nothing', 404],
    ] as const) {
      const answer = await raw.send('HEAD', path);
      expect([answer.status, answer.text]).toEqual([status, '']);
      expect(answer.headers['x-request-id']).toBeDefined();
    }
  });
});
