import { startTestApp, type TestApp } from 'test/support/test-app';
import { proveEmail, registerProved, verificationToken } from './links';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('proving an address', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  afterEach(() => app.setClock(null));

  it('makes the account active, once', async () => {
    const person = await app.register();
    const token = await verificationToken(app, person.email);
    const answer = await app.http.get(`/auth/verify-email?token=${token}`).set('Accept-Language', 'en');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ detail: 'email_verified', message: 'Your e-mail address is verified.' });
    const me = await person.http.get('/users/me');
    expect(me.body).toMatchObject({ email_verified: true, status: 'active', profile_completion_pct: 30 });
    const again = await app.http.get(`/auth/verify-email?token=${token}`);
    expect(again.status).toBe(400);
    expect(again.body).toMatchObject({ detail: 'token_invalid' });
  });

  it('is not done by a HEAD, which programs send that look at the links of mails', async () => {
    const person = await app.register();
    const path = `/auth/verify-email?token=${await verificationToken(app, person.email)}`;
    for (const accept of ['*/*', BROWSER]) {
      const looked = await app.http.head(path).set('Accept', accept);
      expect(looked.status).toBe(200);
      expect(looked.headers['cache-control']).toBe('no-store');
      expect(looked.text).toBeUndefined();
    }
    expect((await person.http.get('/users/me')).body).toMatchObject({ email_verified: false });
    await app.http.get(path).expect(200);
  });

  it('takes a link for a day', async () => {
    const [early, late] = [await app.register(), await app.register()];
    const [earlyToken, lateToken] = [
      await verificationToken(app, early.email),
      await verificationToken(app, late.email),
    ];
    await app.advance(86_400 - 30);
    await app.http.get(`/auth/verify-email?token=${earlyToken}`).expect(200);
    await app.advance(60);
    const answer = await app.http.get(`/auth/verify-email?token=${lateToken}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ detail: 'token_expired' });
  });

  it('is done once by one of many simultaneous clicks', async () => {
    const person = await app.register();
    const token = await verificationToken(app, person.email);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => app.http.get(`/auth/verify-email?token=${token}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
  });

  it('keeps no token that could be read, and takes only the newest', async () => {
    const person = await app.register();
    const first = await verificationToken(app, person.email);
    await person.http.post('/auth/verify-email/request').expect(202);
    const second = await verificationToken(app, person.email);
    expect(second).not.toBe(first);
    expect(Buffer.from(second, 'base64url')).toHaveLength(32);
    await app.http.get(`/auth/verify-email?token=${first}`).expect(400);
    await app.http.get(`/auth/verify-email?token=${second}`).expect(200);
  });

  it('is not possible with the link for a new password', async () => {
    const person = await app.register();
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
    const [mail] = await app.messages({ email: person.email });
    const reset = /reset-password\?token=([\w-]+)/.exec(mail?.body ?? '')?.[1] ?? '';
    expect(reset).not.toBe('');
    await app.http.get(`/auth/verify-email?token=${reset}`).expect(400);
  });

  it('needs a token', async () => {
    await app.http.get('/auth/verify-email').expect(422);
    await app.http.get('/auth/verify-email?token=').expect(422);
    await app.http.get('/auth/verify-email?token=a&token=b').expect(422);
  });

  it.each([
    ['en', 'Your e-mail address is verified.', 'Open MyCoach', 'This link is not valid, or has already been used.'],
    ['fr', 'Votre adresse e-mail est vérifiée.', 'Ouvrir MyCoach', 'Ce lien n’est pas valable ou a déjà été utilisé.'],
    [
      'es',
      'Su dirección de correo está verificada.',
      'Abrir MyCoach',
      'Este enlace no es válido o ya se ha utilizado.',
    ],
    [
      'pt',
      'O seu endereço de e-mail está verificado.',
      'Abrir o MyCoach',
      'Esta ligação não é válida ou já foi utilizada.',
    ],
  ])('shows a browser a page in its language (%s)', async (language, done, action, refused) => {
    const person = await app.register();
    const token = await verificationToken(app, person.email);
    const visit = () =>
      app.http.get(`/auth/verify-email?token=${token}`).set('Accept', BROWSER).set('Accept-Language', language);
    const page = await visit();
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.text).toContain(`<html lang="${language}">`);
    expect(page.text).toContain(done);
    expect(page.text).toContain(action);
    expect(page.text).toContain('href="mycoach://verify?success=true"');
    const again = await visit();
    expect(again.status).toBe(400);
    expect(again.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(again.text).toContain(refused);
    expect(again.text).toContain('href="mycoach://verify?success=false"');
  });

  it('shows a browser every other refusal as a page too', async () => {
    const answer = await app.http.get('/auth/verify-email').set('Accept', BROWSER).set('Accept-Language', 'en');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('<!doctype html>');
  });

  describe('once more asked for', () => {
    it('sends the mail again, with the key or with the address', async () => {
      const person = await app.register();
      const count = async (): Promise<number> => (await app.messages({ email: person.email })).length;
      expect(await count()).toBe(1);
      const own = await person.http.post('/auth/verify-email/request').set('Accept-Language', 'en');
      expect(own.status).toBe(202);
      expect(own.body).toMatchObject({ detail: 'verification_email_sent' });
      expect(await count()).toBe(2);
      await app.http.post('/auth/verify-email/request').send({ email: person.email }).expect(202);
      expect(await count()).toBe(3);
      await proveEmail(app, person);
    });

    it('tells who is signed in that the address is proved already, and nobody else', async () => {
      const person = await registerProved(app);
      const own = await person.http.post('/auth/verify-email/request');
      expect(own.status).toBe(409);
      expect(own.body).toMatchObject({ detail: 'email_already_verified' });
      const before = (await app.messages({ email: person.email })).length;
      await app.http.post('/auth/verify-email/request').send({ email: person.email }).expect(202);
      expect(await app.messages({ email: person.email })).toHaveLength(before);
    });

    it('needs an address without a key', async () => {
      const answer = await app.http.post('/auth/verify-email/request').send({});
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ errors: [{ field: 'email', code: 'required' }] });
    });
  });
});
