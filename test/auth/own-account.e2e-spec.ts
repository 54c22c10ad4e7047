import { Logger } from '@nestjs/common';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';
import { proveEmail, registerProved, resetToken, verificationToken } from './links';

describe('the own account', () => {
  let app: TestApp;
  let addresses = 0;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const address = (): string => `new-${(addresses += 1)}@example.com`;

  it('changes what is sent, and nothing else', async () => {
    const person = await app.register({ phone: '+33612345678', gender: 'male', birth_year: 1980 });
    const before = (await person.http.get('/users/me')).body as Record<string, unknown>;
    const changes = {
      first_name: ' Renée ',
      timezone: 'America/New_York',
      locale: 'en-us',
      country: 'US',
      gender: null,
      birth_year: 1981,
      status: 'active',
      email_verified: true,
      profile_completion_pct: 100,
    };
    const answer = await person.http.patch('/users/me').send(changes);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...before,
      first_name: 'Renée',
      name: 'Renée Martin',
      timezone: 'America/New_York',
      locale: 'en-US',
      country: 'US',
      gender: null,
      resolved_photo_url: '/static/avatars/default_neutral.svg',
      birth_year: 1981,
      updated_at: (answer.body as { updated_at: string }).updated_at,
    });
    expect((await person.http.get('/users/me')).body).toEqual(answer.body);
    await person.http.patch('/users/me').send({}).expect(200);
  });

  it('answers in its new language from the next request on', async () => {
    const person = await app.register({ locale: 'es' });
    const refusal = async (): Promise<unknown> => (await person.http.get('/auth/api-keys?limit=0')).body as unknown;
    expect(await refusal()).toMatchObject({ message: 'Algunos datos no son válidos. Revíselos e inténtelo de nuevo.' });
    await person.http.patch('/users/me').send({ locale: 'pt-BR' }).expect(200);
    expect(await refusal()).toMatchObject({
      message: 'Algumas informações não são válidas. Verifique-as e tente novamente.',
    });
  });

  it.each([
    [{ first_name: 'A' }, 'first_name name_too_short'],
    [{ first_name: null }, 'first_name required'],
    [{ birth_year: 1899 }, 'birth_year invalid_birth_year'],
    [{ phone: 'none' }, 'phone invalid_phone'],
    [{ locale: 'x' }, 'locale invalid_locale'],
    [{ timezone: 'Nowhere' }, 'timezone invalid_timezone'],
    [{ country: 'fr' }, 'country invalid_country'],
    [{ email: 'x' }, 'email invalid_email'],
    [{ role: 'admin' }, 'role invalid_role'],
    [{ gender: 'x' }, 'gender invalid_gender'],
  ])('names the fault of %j', async (changes, fault) => {
    const person = await app.register();
    const answer = await person.http.patch('/users/me').send(changes);
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { field: string; code: string }[] };
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([fault]);
  });

  it('loses the proof of its phone with the phone, and of nobody else', async () => {
    const phone = '+33655555555';
    const person = await app.register({ phone });
    await app.database.query('UPDATE users SET phone_verified_at = now() WHERE id = $1', [person.id]);
    const same = await person.http.patch('/users/me').send({ phone });
    expect(same.body).toMatchObject({ phone, phone_verified: true });
    const other = await app.register();
    const taken = await other.http.patch('/users/me').send({ phone });
    expect(taken.status).toBe(409);
    expect(taken.body).toMatchObject({ detail: 'phone_already_exists' });
    const moved = await person.http.patch('/users/me').send({ phone: '+33655555556' });
    expect(moved.body).toMatchObject({ phone: '+33655555556', phone_verified: false });
    const cleared = await person.http.patch('/users/me').send({ phone: null });
    expect(cleared.body).toMatchObject({ phone: null, phone_verified: false, profile_completion_pct: 0 });
    await other.http.patch('/users/me').send({ phone }).expect(200);
  });

  it('keeps its role once it was chosen', async () => {
    const person = await app.register({ role: 'client' });
    await person.http.patch('/users/me').send({ role: 'client' }).expect(200);
    const answer = await person.http.patch('/users/me').send({ role: 'coach' });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ detail: 'role_locked' });
  });

  describe('with a new address', () => {
    it('keeps the old one until the link to the new one is followed, and tells the old one', async () => {
      const person = await registerProved(app);
      const email = address();
      const told = (await app.messages({ email: person.email })).length;
      const answer = await person.http.patch('/users/me').send({ email: ` ${email.toUpperCase()} ` });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ email: person.email, pending_email: email, email_verified: true });
      expect(await app.messages({ email: person.email })).toHaveLength(told + 1);
      await app.http.post('/auth/login').send({ email: person.email, password: TEST_PASSWORD }).expect(200);
      await app.http.post('/auth/login').send({ email, password: TEST_PASSWORD }).expect(401);
      await proveEmail(app, { email });
      const me = await person.http.get('/users/me');
      expect(me.body).toMatchObject({ email, pending_email: null, email_verified: true, status: 'active' });
      await app.http.post('/auth/login').send({ email, password: TEST_PASSWORD }).expect(200);
      await app.http.post('/auth/login').send({ email: person.email, password: TEST_PASSWORD }).expect(401);
    });

    it('proves no address but the one that the link was mailed to', async () => {
      const person = await app.register();
      const first = await verificationToken(app, person.email);
      const email = address();
      await person.http.patch('/users/me').send({ email }).expect(200);
      // The earlier link is void: it went to another mailbox.
      await app.http.get(`/auth/verify-email?token=${first}`).expect(400);
      const link = await verificationToken(app, email);
      // Back to the present address: whoever reads the new mailbox proves nothing by its link any more.
      const back = await person.http.patch('/users/me').send({ email: person.email });
      expect(back.body).toMatchObject({ pending_email: null });
      await app.http.get(`/auth/verify-email?token=${link}`).expect(400);
      expect((await person.http.get('/users/me')).body).toMatchObject({ email: person.email, email_verified: false });
    });

    it('never sends a link for one address to another', async () => {
      const victim = 'victim@example.com';
      const attacker = await app.register({ email: victim });
      const email = address();
      await attacker.http.patch('/users/me').send({ email }).expect(200);
      await app.http.post('/auth/verify-email/request').send({ email: victim }).expect(202);
      await proveEmail(app, { email });
      expect((await attacker.http.get('/users/me')).body).toMatchObject({ email, pending_email: null });
    });

    it('is refused when it has an account, now or by the time of the link', async () => {
      const [person, other] = [await registerProved(app), await app.register()];
      const taken = await person.http.patch('/users/me').send({ email: other.email });
      expect(taken.status).toBe(409);
      expect(taken.body).toMatchObject({ detail: 'email_already_exists' });
      const email = address();
      await person.http.patch('/users/me').send({ email }).expect(200);
      const token = await verificationToken(app, email);
      await app.register({ email });
      const late = await app.http.get(`/auth/verify-email?token=${token}`);
      expect(late.status).toBe(409);
      expect(late.body).toMatchObject({ detail: 'email_already_exists' });
      expect((await person.http.get('/users/me')).body).toMatchObject({ email: person.email, pending_email: email });
    });

    it('is refused when its domain is blocked', async () => {
      await app.database.query(`INSERT INTO blocked_domains (domain, created_at) VALUES ('blocked.example', now())`);
      const person = await app.register();
      const answer = await person.http.patch('/users/me').send({ email: 'x@blocked.example' });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ detail: 'blocked_email_domain' });
    });

    it('voids a link for a new password that lies in the old mailbox', async () => {
      const person = await registerProved(app);
      await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
      const token = await resetToken(app, person.email);
      const email = address();
      await person.http.patch('/users/me').send({ email }).expect(200);
      await proveEmail(app, { email });
      await app.http.post('/auth/reset-password').send({ token, new_password: 'Other-Horse-8' }).expect(400);
    });
  });
});

describe('the silhouettes of who has no picture', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it.each(['default_male.svg', 'default_female.svg', 'default_neutral.svg'])('hold %s for a day', async (file) => {
    const answer = await app.http.get(`/static/avatars/${file}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(answer.headers['cache-control']).toBe('public, max-age=86400');
    expect((answer.body as Buffer).toString()).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
  });

  it.each(['default_other.svg', '..%2f..%2fpackage.json', 'constructor'])('do not hold %s', async (file) => {
    const answer = await app.http.get(`/static/avatars/${file}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ detail: 'not_found' });
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('are kept by nobody on their way to who sends a key', async () => {
    const person = await app.register();
    const answer = await person.http.get('/static/avatars/default_male.svg');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('are refused without a word in the log', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn');
    try {
      await app.http.get('/static/avatars/nope.svg').expect(404);
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
  });
});
