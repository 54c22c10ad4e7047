import { newApiKey } from 'src/modules/auth/keys/api-key.format';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';

/** The limits of contract §1.6 that belong to signing in, with their real numbers. */
describe('the limits of signing in', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startTestApp({ RATE_LIMIT_FACTOR: '1' });
  });
  afterEach(() => app.close());

  const statuses = async (path: string, times: number, body: (time: number) => object): Promise<number[]> => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) found.push((await app.http.post(path).send(body(time))).status);
    return found;
  };

  it('let one address register five times a minute', async () => {
    const form = (time: number): object => ({
      first_name: 'Zoé',
      last_name: 'Martin',
      email: `zoe-${time}@example.com`,
      password: TEST_PASSWORD,
      role: 'client',
    });
    expect(await statuses('/auth/register', 6, form)).toEqual([201, 201, 201, 201, 201, 429]);
    const refused = await app.http.post('/auth/register').send(form(9));
    expect(refused.body).toMatchObject({ detail: 'too_many_requests' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['ratelimit-limit']).toBe('5');
    expect(refused.headers['ratelimit-remaining']).toBe('0');
  });

  it('let one address forget five passwords a minute', async () => {
    const found = await statuses('/auth/forgot-password', 6, (time) => ({ email: `nobody-${time}@example.com` }));
    expect(found).toEqual([202, 202, 202, 202, 202, 429]);
  });

  it.each(['/auth/login', '/auth/google'])('let one address try %s ten times a minute (trust 17)', async (path) => {
    const body = (time: number): object => ({ email: `nobody-${time}@example.com`, password: 'x', id_token: 'x' });
    expect(await statuses(path, 11, body)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  it('send one verification mail a minute to one address, known or not', async () => {
    const person = await app.register();
    for (const email of [person.email, 'nobody@example.com']) {
      await app.http.post('/auth/verify-email/request').send({ email }).expect(202);
      const refused = await app.http.post('/auth/verify-email/request').send({ email: email.toUpperCase() });
      expect(refused.status).toBe(429);
      expect(refused.body).toMatchObject({ detail: 'too_many_requests' });
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
      // The headers tell of the limit that refuses, and not of a wider one that was asked before.
      expect(refused.headers).toMatchObject({
        'ratelimit-limit': '1',
        'ratelimit-remaining': '0',
        'ratelimit-reset': refused.headers['retry-after'],
      });
    }
    // With the key it is the same address, hence the same limit.
    await person.http.post('/auth/verify-email/request').expect(429);
  });

  it('let nobody bombard an address by changing to it', async () => {
    const person = await app.register();
    await person.http.patch('/users/me').send({ email: 'other@example.com' }).expect(200);
    await person.http.patch('/users/me').send({ email: person.email }).expect(200);
    const again = await person.http.patch('/users/me').send({ email: 'other@example.com' });
    expect(again.status).toBe(429);
    expect((await person.http.get('/users/me')).body).toMatchObject({ pending_email: null });
  });

  it('let one account name five new addresses an hour, taken ones and refused ones too', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const change = async (email: string): Promise<number> =>
      (await person.http.patch('/users/me').send({ email })).status;
    expect(await change('new-1@example.com')).toBe(200);
    expect(await change(other.email)).toBe(409);
    expect(await change(other.email)).toBe(409);
    // Neither the address that waits nor the present one tells anything or mails anybody.
    expect(await change('new-1@example.com')).toBe(200);
    expect(await change(person.email)).toBe(200);
    expect(await change('new-2@example.com')).toBe(200);
    expect(await change('new-3@example.com')).toBe(200);
    expect(await change('new-4@example.com')).toBe(429);
    const refused = await person.http.patch('/users/me').send({ email: other.email, first_name: 'Zoé' });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ detail: 'too_many_requests' });
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '5', 'ratelimit-remaining': '0' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    expect(await app.messages({ email: 'new-4@example.com' })).toEqual([]);
    // Everything else of the account can still be changed, and other accounts are not concerned.
    await person.http.patch('/users/me').send({ first_name: 'Zoé' }).expect(200);
    await other.http.patch('/users/me').send({ email: 'new-5@example.com' }).expect(200);
  });

  it('let one account name five new addresses however many come at once', async () => {
    const [person, other] = [await app.register(), await app.register()];
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => person.http.patch('/users/me').send({ email: other.email })),
    );
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it('tell of the lock of an account in their headers too', async () => {
    const body = { email: 'nobody@example.com', password: 'Wrong-Horse-7' };
    for (let time = 0; time < 5; time += 1) await app.http.post('/auth/login').send(body).expect(401);
    const locked = await app.http.post('/auth/login').send(body);
    expect(locked.status).toBe(429);
    expect(locked.headers).toMatchObject({
      'ratelimit-limit': '5',
      'ratelimit-remaining': '0',
      'ratelimit-reset': locked.headers['retry-after'],
    });
  });

  it('let a stolen key guess the password ten times a minute', async () => {
    const person = await app.register();
    const found: number[] = [];
    for (let time = 0; time < 11; time += 1)
      found.push(
        (
          await person.http
            .post('/auth/change-password')
            .send({ current_password: 'Wrong-Horse-7', new_password: 'Other-Horse-8' })
        ).status,
      );
    expect(found).toEqual([...Array.from({ length: 10 }, () => 400), 429]);
  });
});

describe('made-up keys', () => {
  let app: TestApp;

  beforeAll(async () => {
    // Six requests a minute for an address.
    app = await startTestApp({ RATE_LIMIT_FACTOR: '0.05' });
  });
  afterAll(() => app.close());

  it('are not even looked up once their address has used up its requests', async () => {
    const person = await app.register();
    await person.http.get('/users/me').expect(200);
    const knock = async (): Promise<number> => (await app.client(newApiKey()).get('/users/me')).status;
    const answers: number[] = [];
    const before = app.queryCount();
    for (let time = 0; time < 5; time += 1) answers.push(await knock());
    expect(answers).toEqual([401, 401, 401, 401, 401]);
    expect(app.queryCount()).toBe(before + 5);

    const refused = await app.client(newApiKey()).get('/users/me');
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ detail: 'too_many_requests' });
    expect(refused.headers).toMatchObject({
      'ratelimit-limit': '6',
      'ratelimit-remaining': '0',
      'ratelimit-reset': refused.headers['retry-after'],
    });
    expect(await Promise.all(Array.from({ length: 20 }, knock))).toEqual(Array.from({ length: 20 }, () => 429));
    expect(app.queryCount()).toBe(before + 5);
    // Who sits behind the same address and is known goes on.
    await person.http.get('/users/me').expect(200);
  });
});
