import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { eventually, registerProved, resetToken } from './links';

const COMMAND = join(__dirname, '..', '..', 'dist', 'modules', 'auth', 'commands', 'create-admin.js');
const PASSWORD = 'Admin-Horse-9';

interface Ran {
  code: number | null;
  out: string;
  error: string;
}

describe('npm run admin:create', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const run = async (words: string[], variables: Record<string, string> = {}): Promise<Ran> => {
    const child = spawn(process.execPath, [COMMAND, ...words], {
      env: { NODE_ENV: 'test', DATABASE_URL: app.databaseUrl, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { code: null, out: '', error: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ran.error += chunk.toString()));
    [ran.code] = (await once(child, 'close')) as [number | null];
    return ran;
  };
  const login = (email: string, password = PASSWORD) => app.http.post('/auth/login').send({ email, password });

  it('makes an admin who can sign in at once', async () => {
    const ran = await run(['--email', 'Boss@Example.com'], { ADMIN_PASSWORD: PASSWORD });
    expect(ran).toEqual({ code: 0, out: 'Created the admin boss@example.com.\n', error: '' });
    const answer = await login('boss@example.com');
    expect(answer.status).toBe(200);
    const { api_key: key, user } = answer.body as { api_key: string; user: object };
    expect(user).toMatchObject({ role: 'admin', status: 'active', email_verified: true });
    await app.client(key).get('/admin/users').expect(200);
  });

  it('makes an admin of an account that exists, and says so', async () => {
    const person = await registerProved(app);
    await person.http.get('/admin/users').expect(403);
    const ran = await run(['--email', person.email], { ADMIN_PASSWORD: PASSWORD });
    expect(ran.code).toBe(0);
    expect(ran.out).toBe(`Promoted the existing account ${person.email} to admin, and set its password.\n`);
    const { body } = await login(person.email).expect(200);
    await app
      .client((body as { api_key: string }).api_key)
      .get('/admin/users')
      .expect(200);
  });

  it('shuts out whatever opened the account before: its devices, its password and the links of its mails', async () => {
    const person = await registerProved(app);
    await app.http.post('/auth/forgot-password').send({ email: person.email }).expect(202);
    const token = await resetToken(app, person.email);
    await run(['--email', person.email], { ADMIN_PASSWORD: PASSWORD });
    // The running server hears of it within the second.
    await eventually(async () => (await person.http.get('/users/me')).status === 401);
    await login(person.email, person.password).expect(401);
    const reset = await app.http.post('/auth/reset-password').send({ token, new_password: 'Other-Horse-8' });
    expect(reset.body).toMatchObject({ detail: 'token_invalid' });
    await login(person.email).expect(200);
  });

  it('signs out whoever made an account with an address that he never proved', async () => {
    const person = await app.register();
    await person.http.get('/users/me').expect(200);
    await run(['--email', person.email], { ADMIN_PASSWORD: PASSWORD });
    await eventually(async () => (await person.http.get('/users/me')).status === 401);
    await login(person.email).expect(200);
  });

  it.each([
    [[], { ADMIN_PASSWORD: PASSWORD }, 'Usage: npm run admin:create -- --email you@example.com\n'],
    [['--email', 'nobody'], { ADMIN_PASSWORD: PASSWORD }, 'the email is not an e-mail address\n'],
    [['--email', 'a@example.com'], {}, 'Set ADMIN_PASSWORD, or run this in a terminal\n'],
    [['--email', 'a@example.com'], { ADMIN_PASSWORD: 'Motdepasse1' }, 'the password is one of the most common ones\n'],
    [
      ['--email', 'a@example.com'],
      { ADMIN_PASSWORD: 'short' },
      'the password needs at least 8 characters\nthe password needs at least one upper-case letter\nthe password needs at least one digit\n',
    ],
  ])('refuses %j readably, and changes nothing', async (words, variables, error) => {
    const ran = await run(words, variables);
    expect({ ...ran, error: ran.error.split('\n').sort() }).toEqual({
      code: 1,
      out: '',
      error: error.split('\n').sort(),
    });
    const { rows } = await app.database.query(`SELECT 1 FROM users WHERE email = 'a@example.com'`);
    expect(rows).toHaveLength(0);
  });
});
