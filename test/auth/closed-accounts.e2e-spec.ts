import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { eventually, registerProved } from './links';

const STILL_OPEN = [
  ['get', '/auth/me'],
  ['get', '/users/me'],
] as const;
const CLOSED = [
  ['patch', '/users/me'],
  ['get', '/auth/api-keys'],
  ['post', '/auth/change-password'],
  ['get', '/notifications'],
  ['get', '/bookings'],
] as const;

describe('an account that is closed', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const close = async (person: TestPerson, status: string): Promise<void> => {
    const before = status === 'suspended' ? 'active' : null;
    await person.http.get('/auth/api-keys').expect(200);
    await app.database.query('UPDATE users SET status = $2, status_before_suspension = $3 WHERE id = $1', [
      person.id,
      status,
      before,
    ]);
    // Changed behind the back of the process: it hears of it within the second (trust 20).
    await eventually(async () => (await person.http.get('/auth/api-keys')).status === 403);
  };

  it.each([
    ['suspended', 'account_suspended'],
    ['deletion_pending', 'account_pending_deletion'],
  ])('is refused everything but the way out while %s', async (status, code) => {
    const person = await registerProved(app);
    await close(person, status);
    for (const [method, path] of CLOSED) {
      const answer = await person.http[method](path).send(method === 'get' ? undefined : {});
      expect({ path, status: answer.status, body: answer.body as unknown }).toMatchObject({
        path,
        status: 403,
        body: { detail: code },
      });
    }
    for (const [method, path] of STILL_OPEN) expect((await person.http[method](path)).status).toBe(200);
    await person.http.delete('/auth/logout').expect(204);
    await person.http.get('/auth/me').expect(401);
  });

  it('may sign all devices out', async () => {
    const person = await registerProved(app);
    await close(person, 'suspended');
    await person.http.delete('/auth/logout-all').expect(204);
    await person.http.get('/auth/me').expect(401);
  });

  it('counts as nobody on a public route', async () => {
    const person = await app.register();
    await close(person, 'suspended');
    const answer = await person.http.post('/auth/verify-email/request').send({});
    expect(answer.status).toBe(422);
  });

  it('may sign in while it awaits its deletion, and not while it is suspended', async () => {
    const person = await registerProved(app);
    const login = () => app.http.post('/auth/login').send({ email: person.email, password: person.password });
    await close(person, 'deletion_pending');
    await login().expect(200);
    await close(await registerProved(app), 'suspended');
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [person.id],
    );
    const answer = await login();
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ detail: 'account_suspended' });
    await app.http.post('/auth/login').send({ email: person.email, password: 'Wrong-Horse-7' }).expect(401);
  });
});
