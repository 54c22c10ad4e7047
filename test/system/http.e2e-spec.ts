import { gzipSync } from 'node:zlib';
import { getMetadataStorage } from 'class-validator';
import { LoginDto } from 'src/modules/auth/sign-in/sign-in.dto';
import { TEST_PASSWORD } from 'test/support/test-app';
import { expectRefusal, type Got, MIB, RawHttp } from './raw-http';

describe('every answer', () => {
  let raw: RawHttp;

  beforeAll(async () => {
    raw = await RawHttp.start();
  });
  afterAll(() => raw.app.close());

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
      expectRefusal(await raw.send(method, path), 404, 'not_found');
    });

    it.each(['/static/avatars/%E0%A4%A', '/static/avatars/%', '/coaches/%ff%fe/slots', '/%c0%ae%c0%ae/'])(
      'trust 29: has the one body for a path that cannot be read: %s',
      async (path) => {
        const answer = await raw.send('GET', path, { headers: { 'x-api-key': raw.person.key } });
        expect([400, 404, 422]).toContain(answer.status);
        expectRefusal(answer, answer.status, String(answer.body['detail']));
      },
    );

    it.each(['{', '{"email":', '{"email": "a@example.com",}', '"', 'nonsense', '{"a":1}{"b":2}', '\u0000'])(
      'trust 29: calls a body that is no JSON by its name: %j',
      async (body) => {
        expectRefusal(await raw.post('/auth/login', body), 400, 'invalid_json');
      },
    );

    it('has the rules of a body looked for once', () => {
      const rules = (): unknown => getMetadataStorage().getTargetValidationMetadatas(LoginDto, '', false, false);
      expect(rules()).toHaveProperty('length');
      expect(rules()).toBe(rules());
    });

    it('trust 34: takes a body of one MiB, and not a byte more', async () => {
      const wrapped = (size: number): string => `{"email":"${'a'.repeat(size - '{"email":""}'.length)}"}`;
      expect((await raw.post('/auth/login', wrapped(MIB))).status).toBe(422);
      expectRefusal(await raw.post('/auth/login', wrapped(MIB + 1)), 413, 'payload_too_large');
    });

    it('trust 35: counts what a compressed body unfolds to', async () => {
      const bomb = gzipSync(`{"email":"${'a'.repeat(50 * MIB)}"}`);
      expect(bomb.length).toBeLessThan(MIB / 10);
      expectRefusal(await raw.post('/auth/login', bomb, { 'content-encoding': 'gzip' }), 413, 'payload_too_large');
      const fair = gzipSync(JSON.stringify({ email: 'nobody@example.com', password: TEST_PASSWORD }));
      expectRefusal(await raw.post('/auth/login', fair, { 'content-encoding': 'gzip' }), 401, 'invalid_credentials');
      expectRefusal(
        await raw.post('/auth/login', fair.subarray(0, 20), { 'content-encoding': 'gzip' }),
        400,
        'invalid_json',
      );
      expectRefusal(
        await raw.post('/auth/login', '{}', { 'content-encoding': 'x-own' }),
        415,
        'unsupported_media_type',
      );
    });

    it.each(['text/plain', 'application/xml', 'application/jsonp', '', 'application/json; charset=no-such'])(
      'trust 38: takes no body of the kind "%s"',
      async (type) => {
        const answer = await raw.send('POST', '/auth/login', {
          headers: type === '' ? {} : { 'content-type': type },
          body: '{"email":"a@example.com"}',
        });
        expectRefusal(answer, 415, 'unsupported_media_type');
      },
    );

    it.each(['[]', '[{"email":"a@example.com"}]', '"text"', '7', 'true', 'null', '', '{}'])(
      'trust 6: names the faults of a body that is not the object it should be: %j',
      async (body) => {
        const answer = await raw.post('/auth/login', body);
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
        expectRefusal(await raw.post('/auth/login', deep), 422, 'validation_error');
      }
    });

    it('says nothing of what went wrong inside', async () => {
      expectRefusal(await raw.provoke(), 500, 'server_error');
    });

    it.each(['api_key', 'apikey', 'x-api-key', 'access_token', 'API_KEY', 'Access_Token', 'api%5Fkey'])(
      'trust 13: does not take a key in the address (%s), even when the header is good',
      async (name) => {
        const headers = { 'x-api-key': raw.person.key };
        expectRefusal(
          await raw.send('GET', `/auth/me?${name}=${raw.person.key}`, { headers }),
          400,
          'api_key_in_query',
        );
        expectRefusal(await raw.send('GET', `/livez?a=1&${name}=`), 400, 'api_key_in_query');
      },
    );
  });

  describe('to what no honest client sends', () => {
    const form = { first_name: 'Zoé', last_name: 'Martin', email: 'zoe@example.com', role: 'client' };
    const register = (field: string, value: unknown): Promise<Got> =>
      raw.post('/auth/register', JSON.stringify({ ...form, password: TEST_PASSWORD, [field]: value }));

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
        await raw.app.database.query('DELETE FROM users WHERE email = $1', [form.email]);
      }
    });

    it.each(['%00', '%ED%A0%80', '%FF', 'a'.repeat(5_000), '9'.repeat(400), '-1', 'NaN', '1e3'])(
      'trust 33: is no server error in a path or a query: %s',
      async (value) => {
        const headers = { 'x-api-key': raw.person.key };
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
          const { status } = await raw.send('GET', path, { headers });
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
      for (const body of bodies) expect((await raw.post('/auth/login', body)).status).toBeLessThan(500);
      const answer = await raw.send('GET', '/bookings?__proto__[polluted]=1&constructor[prototype][polluted]=1', {
        headers: { 'x-api-key': raw.person.key },
      });
      expect(answer.status).toBeLessThan(500);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      expect(Object.prototype).not.toHaveProperty('polluted');
    });
  });
});
