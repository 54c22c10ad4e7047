import { hash } from '@node-rs/argon2';
import { PasswordHasher } from 'src/modules/auth/passwords/password-hasher';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';
import { registerProved, resetToken } from './links';

const WRONG = 'Wrong-Horse-7';

describe('signing in', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  afterEach(() => app.setClock(null));

  const login = (email: string, password: string) => app.http.post('/auth/login').send({ email, password });
  const statuses = async (email: string, password: string, times: number): Promise<number[]> => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) found.push((await login(email, password)).status);
    return found;
  };

  it('gives another key for the same account', async () => {
    const person = await registerProved(app);
    const answer = await login(` ${person.email.toUpperCase()} `, person.password);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      is_new: false,
      user: { id: person.id, status: 'active', email_verified: true },
    });
    expect((answer.body as { api_key: string }).api_key).not.toBe(person.key);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('says that the address is not proved only to who knows the password', async () => {
    const person = await app.register();
    const wrong = await login(person.email, WRONG);
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ detail: 'invalid_credentials' });
    const right = await login(person.email, person.password);
    expect(right.status).toBe(403);
    expect(right.body).toMatchObject({ detail: 'email_not_verified' });
    await person.http.get('/users/me').expect(200);
  });

  it('takes every byte of the password, beyond the 72nd too (trust 15)', async () => {
    const start = `A7${'x'.repeat(70)}`;
    const person = await registerProved(app, { password: `${start}a` });
    await login(person.email, `${start}b`).expect(401);
    await login(person.email, start).expect(401);
    await login(person.email, `${start}a`).expect(200);
  });

  it('takes the password however its accents were typed', async () => {
    const person = await registerProved(app, { password: 'E\u0301te\u0301-2031-x' });
    await login(person.email, '\u00c9t\u00e9-2031-x').expect(200);
  });

  it('makes the stored hash stronger when it was made with less effort', async () => {
    const person = await registerProved(app);
    const weak = await hash(TEST_PASSWORD, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
    await app.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [person.id, weak]);
    await login(person.email, TEST_PASSWORD).expect(200);
    const { rows } = await app.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [person.id],
    );
    expect(rows[0]?.password_hash).toContain('$m=19456,t=2,p=1$');
    await login(person.email, TEST_PASSWORD).expect(200);
  });

  it.each([
    [{}, ['email required', 'password required']],
    [{ email: 'x', password: 'y' }, ['email invalid_email']],
    [{ email: 'x@example.com', password: 12 }, ['password invalid_type']],
  ])('names the faults of %j', async (body, faults) => {
    const answer = await app.http.post('/auth/login').send(body);
    expect(answer.status).toBe(422);
    const { errors } = answer.body as { errors: { field: string; code: string }[] };
    expect(errors.map(({ field, code }) => `${field} ${code}`).sort()).toEqual(faults);
  });

  it('is closed for fifteen minutes after five failures, even with the right password (trust 17)', async () => {
    const person = await registerProved(app);
    await app.setClock('2030-01-01T10:00:00Z');
    expect(await statuses(person.email, WRONG, 6)).toEqual([401, 401, 401, 401, 401, 429]);
    const locked = await login(person.email, person.password);
    expect(locked.status).toBe(429);
    expect(locked.body).toMatchObject({ detail: 'too_many_attempts', retry_after: 900 });
    expect(locked.headers['retry-after']).toBe('900');
    await app.setClock('2030-01-01T10:14:59Z');
    expect((await login(person.email, person.password)).body).toMatchObject({ retry_after: 1 });
    await app.setClock('2030-01-01T10:15:00Z');
    await login(person.email, person.password).expect(200);
    expect(await statuses(person.email, WRONG, 6)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('starts counting anew after a success', async () => {
    const person = await registerProved(app);
    expect(await statuses(person.email, WRONG, 4)).toEqual([401, 401, 401, 401]);
    await login(person.email, person.password).expect(200);
    expect(await statuses(person.email, WRONG, 4)).toEqual([401, 401, 401, 401]);
    await login(person.email, person.password).expect(200);
  });

  it('looks at five passwords only, however many are tried at once', async () => {
    const person = await registerProved(app);
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(person.email, WRONG)));
    const found = answers.map(({ status }) => status);
    expect(found.filter((status) => status === 401)).toHaveLength(5);
    expect(found.filter((status) => status === 429)).toHaveLength(25);
  });

  it('is closed for an address without account alike', async () => {
    expect(await statuses('nobody@example.com', WRONG, 6)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('does not count a try that a full line kept the server from judging', async () => {
    const person = await registerProved(app);
    expect(await statuses(person.email, WRONG, 4)).toEqual([401, 401, 401, 401]);
    const hasher = app.nest.get(PasswordHasher, { strict: false });
    let isCrowded = true;
    // Two at work and sixty-four in the line, and who is done comes again at once: nobody else gets in.
    const crowd = Array.from({ length: 66 }, async () => {
      while (isCrowded) await hasher.hash(TEST_PASSWORD);
    });
    const refused = await login(person.email, person.password);
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ detail: 'service_unavailable' });
    expect(await statuses(person.email, person.password, 2)).toEqual([503, 503]);
    isCrowded = false;
    await Promise.all(crowd);
    // The fifth that is judged, and no earlier one, closes the door.
    expect(await statuses(person.email, WRONG, 1)).toEqual([401]);
    await login(person.email, person.password).expect(429);
  });

  it('keeps its failures over a restart of the process', async () => {
    const person = await registerProved(app);
    expect(await statuses(person.email, WRONG, 5)).toEqual([401, 401, 401, 401, 401]);
    const other = await startTestApp({ DATABASE_URL: app.databaseUrl });
    try {
      const { email, password } = person;
      await other.http.post('/auth/login').send({ email, password }).expect(429);
    } finally {
      await other.close();
    }
  });

  it('stays closed after a hundred failures in a row until the password is reset', async () => {
    const person = await registerProved(app);
    await app.database.query('DELETE FROM login_failures');
    await statuses(person.email, WRONG, 1);
    await app.database.query('UPDATE login_failures SET failures = 4, failures_in_a_row = 99');
    await login(person.email, WRONG).expect(401);
    await app.advance(3 * 86_400);
    const locked = await login(person.email, person.password);
    expect(locked.status).toBe(429);
    expect(locked.body).toMatchObject({ detail: 'too_many_attempts', retry_after: 900 });
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
    const token = await resetToken(app, person.email);
    await app.http.post('/auth/reset-password').send({ token, new_password: 'Other-Horse-8' }).expect(200);
    await login(person.email, 'Other-Horse-8').expect(200);
  });
});
