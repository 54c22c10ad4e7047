import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { registerProved, resetToken } from './links';

const NEXT = 'Other-Horse-8';

describe('the password', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  afterEach(() => app.setClock(null));

  const login = (email: string, password: string) => app.http.post('/auth/login').send({ email, password });
  const keyOf = async (person: TestPerson): Promise<string> => {
    const answer = await login(person.email, person.password);
    return (answer.body as { api_key: string }).api_key;
  };
  const forgotten = async (person: TestPerson): Promise<string> => {
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
    return resetToken(app, person.email);
  };

  describe('forgotten', () => {
    it('is replaced by the link of a mail, and every device is signed out', async () => {
      const person = await registerProved(app);
      const second = await keyOf(person);
      const token = await forgotten(person);
      const answer = await app.http
        .post('/auth/reset-password')
        .set('Accept-Language', 'en')
        .send({ token, new_password: NEXT, confirm_password: NEXT });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        detail: 'password_reset_done',
        message: 'Your password is changed, and all your devices are signed out.',
      });
      await person.http.get('/users/me').expect(401);
      await app.client(second).get('/users/me').expect(401);
      await login(person.email, person.password).expect(401);
      await login(person.email, NEXT).expect(200);
      const [mail] = await app.messages({ email: person.email, channel: 'email' });
      expect(mail?.subject).toMatch(/mot de passe/i);
    });

    it('proves the address of who gets the mail', async () => {
      const person = await app.register();
      const token = await forgotten(person);
      await app.http.post('/auth/reset-password').send({ token, new_password: NEXT }).expect(200);
      const answer = await login(person.email, NEXT);
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ user: { email_verified: true, status: 'active' } });
    });

    it('takes a link once, for an hour, and only the newest', async () => {
      const person = await registerProved(app);
      const first = await forgotten(person);
      const second = await forgotten(person);
      const reset = (token: string) => app.http.post('/auth/reset-password').send({ token, new_password: NEXT });
      expect((await reset(first)).body).toMatchObject({ detail: 'token_invalid' });
      await app.advance(3_601);
      const late = await reset(second);
      expect(late.status).toBe(400);
      expect(late.body).toMatchObject({ detail: 'token_expired' });
      const third = await forgotten(person);
      await reset(third).expect(200);
      expect((await reset(third)).body).toMatchObject({ detail: 'token_invalid' });
      expect((await reset('nonsense')).body).toMatchObject({ detail: 'token_invalid' });
    });

    it('is changed once by one of many simultaneous requests', async () => {
      const person = await registerProved(app);
      const token = await forgotten(person);
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          app.http.post('/auth/reset-password').send({ token, new_password: `Other-Horse-${index}` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
    });

    it('obeys the rules of registration', async () => {
      const answer = await app.http
        .post('/auth/reset-password')
        .send({ token: 'nonsense', new_password: 'password1', confirm_password: 'password2' });
      expect(answer.status).toBe(422);
      const { errors } = answer.body as { errors: { field: string; code: string }[] };
      expect(errors.map(({ code }) => code).sort()).toEqual([
        'password_needs_uppercase',
        'password_too_common',
        'passwords_do_not_match',
      ]);
    });

    it('needs an address', async () => {
      const answer = await app.http.post('/auth/forgot-password').send({ email: 'nobody' });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ errors: [{ field: 'email', code: 'invalid_email' }] });
    });
  });

  describe('changed', () => {
    const change = (person: TestPerson, current: string) =>
      person.http.post('/auth/change-password').send({ current_password: current, new_password: NEXT });

    it('keeps this device and signs every other one out', async () => {
      const person = await registerProved(app);
      const second = await keyOf(person);
      await change(person, person.password).expect(204);
      await person.http.get('/users/me').expect(200);
      await app.client(second).get('/users/me').expect(401);
      await login(person.email, NEXT).expect(200);
      await login(person.email, person.password).expect(401);
    });

    it('needs the present one', async () => {
      const person = await app.register();
      const answer = await change(person, 'Wrong-Horse-7');
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ detail: 'current_password_invalid' });
      await login(person.email, person.password).expect(403);
    });

    it('voids a link that was mailed before', async () => {
      const person = await registerProved(app);
      const token = await forgotten(person);
      await change(person, person.password).expect(204);
      await app.http.post('/auth/reset-password').send({ token, new_password: 'Third-Horse-9' }).expect(400);
    });

    it('does not exist on an account of Google', async () => {
      const person = await app.register();
      await app.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [person.id]);
      const answer = await change(person, person.password);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ detail: 'password_not_set' });
      await login(person.email, person.password).expect(401);
    });

    it('is changed once by two devices at the same time', async () => {
      const person = await registerProved(app);
      const second = app.client(await keyOf(person));
      const answers = await Promise.all([
        change(person, person.password),
        second.post('/auth/change-password').send({ current_password: person.password, new_password: 'Third-Horse-9' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).not.toEqual([204, 204]);
      expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    });
  });
});
