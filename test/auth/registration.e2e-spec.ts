import { randomUUID } from 'node:crypto';
import { isWellFormedKey } from 'src/modules/auth/keys/api-key.format';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';

const form = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  first_name: 'Zoé',
  last_name: 'Martin',
  email: `zoe-${randomUUID()}@example.com`,
  password: TEST_PASSWORD,
  role: 'client',
  ...overrides,
});

interface Refused {
  detail: string;
  errors: { field: string; code: string; message: string }[];
}

describe('registering', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const faultsOf = async (overrides: Record<string, unknown>): Promise<string[]> => {
    const answer = await app.http.post('/auth/register').send(form(overrides));
    expect({ overrides, status: answer.status }).toEqual({ overrides, status: 422 });
    const body = answer.body as Refused;
    expect(body.detail).toBe('validation_error');
    return body.errors.map(({ field, code }) => `${field} ${code}`).sort();
  };

  it('gives an account that waits for its address to be proved, and a key that works at once', async () => {
    const answer = await app.http.post('/auth/register').send(
      form({
        email: '  Zoe.Martin@Example.COM ',
        first_name: '  Zoé ',
        confirm_password: TEST_PASSWORD,
        role: 'coach',
        phone: '+33612345678',
        gender: 'female',
        birth_year: 1990,
        locale: 'fr-be',
        country: 'BE',
        timezone: 'europe/brussels',
        device_name: 'Pixel 9',
        accept_terms: true,
        status: 'active',
        id: '00000000-0000-0000-0000-000000000000',
        profile_completion_pct: 100,
      }),
    );
    expect(answer.status).toBe(201);
    const { api_key: key, is_new: isNew, user } = answer.body as { api_key: string; is_new: boolean; user: object };
    expect(isWellFormedKey(key)).toBe(true);
    expect(isNew).toBe(true);
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      email: 'zoe.martin@example.com',
      pending_email: null,
      email_verified: false,
      first_name: 'Zoé',
      last_name: 'Martin',
      name: 'Zoé Martin',
      role: 'coach',
      status: 'unverified',
      phone: '+33612345678',
      phone_verified: false,
      gender: 'female',
      birth_year: 1990,
      photo_url: null,
      resolved_photo_url: '/static/avatars/default_female.svg',
      locale: 'fr-BE',
      timezone: 'Europe/Brussels',
      country: 'BE',
      profile_completion_pct: 0,
      created_at: expect.stringMatching(/Z$/) as string,
      updated_at: expect.stringMatching(/Z$/) as string,
    });
    const me = await app.client(key).get('/users/me').expect(200);
    expect(me.body).toEqual(user);
  });

  it('stores neither the password nor the key, only what recognises them (trust 10)', async () => {
    const person = await app.register({ password: 'Very-Secret-Word-1' });
    const { rows } = await app.database.query<{ row: string }>(
      'SELECT u::text || k::text AS row FROM users u JOIN api_keys k ON k.user_id = u.id WHERE u.id = $1',
      [person.id],
    );
    expect(rows[0]?.row).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
    expect(rows[0]?.row).toContain(person.key.slice(0, 8));
    expect(rows[0]?.row).not.toContain('Very-Secret-Word-1');
    expect(rows[0]?.row).not.toContain(person.key.slice(8));
    expect(rows[0]?.row).not.toContain(person.key.slice(4, 20));
  });

  it('takes locale, zone and country of France where nobody says anything', async () => {
    const answer = await app.http.post('/auth/register').send(form());
    expect(answer.body).toMatchObject({ user: { locale: 'fr-FR', timezone: 'Europe/Paris', country: 'FR' } });
  });

  it.each([
    ['pt-BR,pt;q=0.9', 'pt-BR'],
    ['en', 'en'],
    ['*', 'fr-FR'],
    ['xx-nonsense', 'fr-FR'],
    [';;;q=', 'fr-FR'],
  ])('takes the locale of the request (%s) where the form names none', async (header, locale) => {
    const answer = await app.http.post('/auth/register').set('Accept-Language', header).send(form());
    expect(answer.body).toMatchObject({ user: { locale } });
  });

  it('knows one address by one account, whatever its case', async () => {
    const person = await app.register();
    const answer = await app.http.post('/auth/register').send(form({ email: person.email.toUpperCase() }));
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ detail: 'email_already_exists' });
  });

  it('makes one account of many simultaneous registrations with one address', async () => {
    const email = 'race@example.com';
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.http.post('/auth/register').send(form({ email }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const { rows } = await app.database.query('SELECT 1 FROM users WHERE email = $1', [email]);
    expect(rows).toHaveLength(1);
  });

  it('lets several people hold a number that nobody has proved, and none a proved one', async () => {
    const phone = '+33698765432';
    const first = await app.register({ phone });
    await app.register({ phone });
    await app.database.query('UPDATE users SET phone_verified_at = now() WHERE id = $1', [first.id]);
    const answer = await app.http.post('/auth/register').send(form({ phone }));
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ detail: 'phone_already_exists' });
  });

  it('refuses addresses of a blocked domain, and of that domain only', async () => {
    await app.database.query(`INSERT INTO blocked_domains (domain, created_at) VALUES ('mailinator.com', now())`);
    const answer = await app.http.post('/auth/register').send(form({ email: 'x@Mailinator.com' }));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ detail: 'blocked_email_domain' });
    await app.http
      .post('/auth/register')
      .send(form({ email: 'x@not-mailinator.com' }))
      .expect(201);
    await app.http
      .post('/auth/register')
      .send(form({ email: 'x@sub.mailinator.com' }))
      .expect(201);
  });

  it.each([
    [{ first_name: ' A ' }, ['first_name name_too_short']],
    [{ last_name: 'x'.repeat(151) }, ['last_name name_too_long']],
    [{ first_name: 'Zo\u0000é' }, ['first_name invalid_format']],
    [{ first_name: 'Zo\u0085é' }, ['first_name invalid_format']],
    [{ first_name: 'Zoé \u202egpj.exe' }, ['first_name invalid_format']],
    [{ last_name: 'https://evil.example' }, ['last_name invalid_format']],
    [{ last_name: '\u3164\u3164' }, ['last_name invalid_format']],
    [{ last_name: '12 34' }, ['last_name invalid_format']],
    [{ first_name: '🏋'.repeat(151) + 'a' }, ['first_name name_too_long']],
    [{ first_name: undefined }, ['first_name required']],
    [{ email: undefined }, ['email required']],
    [{ email: 'nobody' }, ['email invalid_email']],
    [{ email: 12 }, ['email invalid_type']],
    [{ password: 'Ab1' }, ['password password_too_short']],
    [{ password: `Ab1${'x'.repeat(126)}` }, ['password password_too_long']],
    [{ password: 'abcdefg7x' }, ['password password_needs_uppercase']],
    [{ password: 'Abcdefgxy' }, ['password password_needs_digit']],
    [{ password: 'Motdepasse1' }, ['password password_too_common']],
    [{ confirm_password: 'Another-Horse-7' }, ['confirm_password passwords_do_not_match']],
    [{ role: 'admin' }, ['role invalid_role']],
    [{ role: undefined }, ['role required']],
    [{ phone: '0612345678' }, ['phone invalid_phone']],
    [{ gender: 'robot' }, ['gender invalid_gender']],
    [{ birth_year: 1899 }, ['birth_year invalid_birth_year']],
    [{ birth_year: 2190 }, ['birth_year invalid_birth_year']],
    [{ birth_year: 1990.5 }, ['birth_year invalid_birth_year']],
    [{ locale: 'nonsense' }, ['locale invalid_locale']],
    [{ country: 'XX' }, ['country invalid_country']],
    [{ timezone: '+01:00' }, ['timezone invalid_timezone']],
    [{ device_name: 'x'.repeat(101) }, ['device_name too_long']],
    [{ accept_terms: 'yes' }, ['accept_terms invalid_type']],
    [
      { password: 'short', email: 'x', first_name: 'A' },
      [
        'email invalid_email',
        'first_name name_too_short',
        'password password_needs_digit',
        'password password_needs_uppercase',
        'password password_too_short',
      ],
    ],
  ])('names the faults of %j', async (overrides, faults) => {
    expect(await faultsOf(overrides)).toEqual(faults);
  });

  it('takes both ends of every range', async () => {
    await app.http
      .post('/auth/register')
      .send(form({ first_name: 'Al', last_name: 'x'.repeat(150), birth_year: 1900, device_name: 'x'.repeat(100) }))
      .expect(201);
    await app.http
      .post('/auth/register')
      .send(form({ password: `A1${'é'.repeat(126)}`, phone: null, gender: null, birth_year: null }))
      .expect(201);
  });

  it.each([['nonsense'], [''], [12], [['a']], ['x'.repeat(500)]])(
    'is not hindered by the enrolment link %j',
    async (enrollment_token) => {
      await app.http.post('/auth/register').send(form({ enrollment_token })).expect(201);
    },
  );

  it('counts a phone of a client for the completion of the profile', async () => {
    const answer = await app.http.post('/auth/register').send(form({ phone: '+33611111111' }));
    expect(answer.body).toMatchObject({ user: { profile_completion_pct: 10 } });
  });

  it('asks coaches for a phone where the installation wants one', async () => {
    const strict = await startTestApp({ REQUIRE_COACH_PHONE: 'true' });
    try {
      const refused = await strict.http.post('/auth/register').send(form({ role: 'coach' }));
      expect(refused.status).toBe(422);
      expect((refused.body as Refused).errors).toMatchObject([{ field: 'phone', code: 'phone_required' }]);
      await strict.http
        .post('/auth/register')
        .send(form({ role: 'coach', phone: '+33612345678' }))
        .expect(201);
      await strict.http
        .post('/auth/register')
        .send(form({ role: 'client' }))
        .expect(201);
    } finally {
      await strict.close();
    }
  });
});
