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

  it.each(['/auth/login', '/auth/google'])('let one address try %s ten times a minute', async (path) => {
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
