import { randomUUID } from 'node:crypto';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';
import { CLIENT_ID, type GoogleKeyServer, startGoogleKeyServer } from './google-key-server';
import { registerProved, verificationToken } from './links';

interface SignedIn {
  api_key: string;
  is_new: boolean;
  user: { id: string; email: string; role: string };
}

describe('signing in with Google', () => {
  let google: GoogleKeyServer;
  let app: TestApp;

  beforeAll(async () => {
    google = await startGoogleKeyServer();
    app = await startTestApp({ GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CERTS_URL: google.url });
  });
  afterAll(async () => {
    await app.close();
    await google.close();
  });

  const person = () => ({ sub: randomUUID(), email: `g-${randomUUID()}@example.com` });
  const signIn = (idToken: string, more: Record<string, unknown> = {}) =>
    app.http.post('/auth/google').send({ id_token: idToken, ...more });
  const enter = async (claims: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<SignedIn> => {
    const answer = await signIn(google.token(claims), more);
    expect(answer.status).toBe(200);
    return answer.body as SignedIn;
  };
  const refused = async (token: string): Promise<void> => {
    const answer = await signIn(token);
    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ detail: 'google_token_invalid' });
    expect(answer.text).not.toContain(token);
  };

  it('makes an active account with a proved address the first time, and finds it the second', async () => {
    const claims = { ...person(), picture: 'https://lh3.googleusercontent.com/a/photo' };
    const answer = await signIn(google.token(claims), { device_name: 'Pixel' }).set('Accept-Language', 'pt-BR');
    const first = answer.body as SignedIn;
    expect(first).toMatchObject({
      is_new: true,
      user: {
        email: claims.email,
        email_verified: true,
        status: 'active',
        role: 'client',
        name: 'Camille Martin',
        locale: 'pt-BR',
        photo_url: claims.picture,
        resolved_photo_url: claims.picture,
        profile_completion_pct: 40,
      },
    });
    const second = await enter(claims);
    expect(second.is_new).toBe(false);
    expect(second.user.id).toBe(first.user.id);
    await app.client(first.api_key).get('/users/me').expect(200);
    await app.client(second.api_key).get('/users/me').expect(200);
  });

  it('finds the account by the id of Google when the address there has changed', async () => {
    const claims = person();
    const first = await enter(claims);
    const second = await enter({ ...claims, email: `new-${claims.email}` });
    expect(second.user).toMatchObject({ id: first.user.id, email: claims.email });
  });

  it('takes the role for a new account only, and lets it be chosen once', async () => {
    const claims = person();
    const { api_key: key, user } = await enter(claims, { role: 'coach' });
    expect(user.role).toBe('coach');
    expect((await enter(claims, { role: 'client' })).user.role).toBe('coach');
    const me = app.client(key);
    const chosen = await me.patch('/users/me').send({ role: 'client' });
    expect(chosen.status).toBe(200);
    expect(chosen.body).toMatchObject({ role: 'client' });
    const again = await me.patch('/users/me').send({ role: 'coach' });
    expect(again.status).toBe(403);
    expect(again.body).toMatchObject({ detail: 'role_locked' });
    await signIn(google.token(person()), { role: 'admin' }).expect(422);
  });

  it('links the account that has the proved address, and leaves its password and keys', async () => {
    const known = await registerProved(app);
    const { is_new: isNew, user } = await enter({ sub: randomUUID(), email: known.email.toUpperCase() });
    expect(isNew).toBe(false);
    expect(user.id).toBe(known.id);
    await known.http.get('/users/me').expect(200);
    await app.http.post('/auth/login').send({ email: known.email, password: TEST_PASSWORD }).expect(200);
  });

  it('takes an account over whose address was never proved: whoever prepared it is shut out', async () => {
    const prepared = await app.register();
    const link = await verificationToken(app, prepared.email);
    await prepared.http.patch('/users/me').send({ email: 'attacker@example.com' }).expect(200);
    const attackersLink = await verificationToken(app, 'attacker@example.com');
    const { api_key: key, user } = await enter({ sub: randomUUID(), email: prepared.email });
    expect(user).toMatchObject({ id: prepared.id, email: prepared.email, pending_email: null, status: 'active' });
    await prepared.http.get('/users/me').expect(401);
    await app.http.post('/auth/login').send({ email: prepared.email, password: TEST_PASSWORD }).expect(401);
    await app.http.get(`/auth/verify-email?token=${attackersLink}`).expect(400);
    await app.http.get(`/auth/verify-email?token=${link}`).expect(400);
    await app.client(key).get('/users/me').expect(200);
  });

  it('makes one account of two first sign-ins at once', async () => {
    const claims = person();
    const answers = await Promise.all(Array.from({ length: 4 }, () => enter(claims)));
    expect(new Set(answers.map(({ user }) => user.id)).size).toBe(1);
    expect(answers.filter(({ is_new: isNew }) => isNew)).toHaveLength(1);
  });

  it('takes both forms of the issuer', async () => {
    await enter({ ...person(), iss: 'accounts.google.com' });
    await enter({ ...person(), iss: 'https://accounts.google.com' });
  });

  it('believes no token but those of Google for this application', async () => {
    const now = Math.floor((performance.timeOrigin + performance.now()) / 1_000);
    const [head = '', , signature = ''] = google.token(person()).split('.');
    const other = Buffer.from(JSON.stringify({ ...person(), aud: CLIENT_ID })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: 'key-1' })).toString('base64url');
    await refused(google.token(person(), { forged: true }));
    await refused(google.token(person(), { keyId: 'unknown' }));
    await refused(google.token(person(), { keyId: 'constructor' }));
    await refused(google.token({ ...person(), aud: 'somebody-else' }));
    await refused(google.token({ ...person(), iss: 'https://accounts.evil.example' }));
    await refused(google.token({ ...person(), iat: now - 7_200, exp: now - 3_600 }));
    await refused(google.token({ ...person(), email_verified: false }));
    await refused(google.token({ ...person(), email: undefined }));
    await refused(google.token({ ...person(), sub: undefined }));
    await refused(`${head}.${other}.${signature}`);
    await refused(`${unsigned}.${other}.`);
    await refused('nonsense');
    await refused('a.b.c');
  });

  it('names the faults of the form', async () => {
    await app.http.post('/auth/google').send({}).expect(422);
    await app.http.post('/auth/google').send({ id_token: 12 }).expect(422);
  });

  it('refuses a suspended account, and an address of a blocked domain', async () => {
    const claims = person();
    const { user } = await enter(claims);
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [user.id],
    );
    const suspended = await signIn(google.token(claims));
    expect(suspended.status).toBe(403);
    expect(suspended.body).toMatchObject({ detail: 'account_suspended' });
    await app.database.query(`INSERT INTO blocked_domains (domain, created_at) VALUES ('blocked.example', now())`);
    const blocked = await signIn(google.token({ sub: randomUUID(), email: 'x@blocked.example' }));
    expect(blocked.status).toBe(422);
    expect(blocked.body).toMatchObject({ detail: 'blocked_email_domain' });
  });

  it('asks for the keys as often as their server wants, not at every sign-in', () => {
    expect(google.fetches()).toBe(1);
  });

  it.each(['garbage', 'flood'] as const)('is not available while the key server sends %s', async (answer) => {
    const broken = await startGoogleKeyServer(answer);
    const other = await startTestApp({ GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CERTS_URL: broken.url });
    try {
      const refusal = await other.http.post('/auth/google').send({ id_token: google.token(person()) });
      expect(refusal.status).toBe(503);
      expect(refusal.body).toMatchObject({ detail: 'service_unavailable' });
      expect(refusal.headers['retry-after']).toBeDefined();
    } finally {
      await other.close();
      await broken.close();
    }
  });

  it('is not available while the key server is away, and knows nobody where it is not set up', async () => {
    const gone = await startGoogleKeyServer();
    await gone.close();
    const away = await startTestApp({ GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CERTS_URL: gone.url });
    const without = await startTestApp();
    try {
      await away.http
        .post('/auth/google')
        .send({ id_token: google.token(person()) })
        .expect(503);
      const refusal = await without.http.post('/auth/google').send({ id_token: google.token(person()) });
      expect(refusal.status).toBe(401);
    } finally {
      await away.close();
      await without.close();
    }
  });
});
