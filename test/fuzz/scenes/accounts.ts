import { randomInt, randomUUID } from 'node:crypto';
import { proveEmail, resetToken, verificationToken } from 'test/auth/links';
import { askForCode } from 'test/auth/phone-codes';
import { leave, returnToken } from 'test/gdpr/leaving';
import { expectStatus } from 'test/support/coaching';
import { A_MAIL_JOB, type Cue, type Scene, type Stage } from 'test/fuzz/stage';

const aDomain = (): string => `fuzz-${randomUUID()}.example.net`;

async function signedInTwice(stage: Stage): Promise<Cue> {
  const guest = await stage.registered();
  const { email, password, http } = guest;
  await proveEmail(stage.app, guest);
  await expectStatus(stage.app.http.post('/auth/login').send({ email, password }), 200);
  const { items } = await expectStatus<{ items: { id: string; current: boolean }[] }>(http.get('/auth/api-keys'), 200);
  const other = items.find(({ current }) => !current);
  return { actor: 'guest', path: { id: other?.id ?? '' } };
}

async function aDeadLetter({ app }: Stage): Promise<Cue> {
  const { rows } = await app.database.query<{ id: string }>(
    `INSERT INTO dead_letters (channel, type, user_id, task, payload, attempts, last_error, created_at)
     VALUES ('email', 'note', NULL, $1, '{}', 5, 'smtp 550', now()) RETURNING id`,
    [A_MAIL_JOB],
  );
  return { actor: 'admin', path: { id: rows[0]?.id ?? '' } };
}

async function backByMail(stage: Stage): Promise<Cue> {
  const guest = await stage.guest();
  await leave(guest);
  return { actor: 'nobody', body: { token: await returnToken(stage.app, guest) } };
}

/** Whoever signs in, proves, forgets, goes and comes back. */
export const OF_ACCOUNTS: Readonly<Record<string, Scene>> = {
  'get /auth/verify-email': async (stage) => {
    const { email } = await stage.registered();
    return { actor: 'nobody', query: { token: await verificationToken(stage.app, email) } };
  },
  'post /auth/login': async (stage) => {
    const guest = await stage.registered();
    await proveEmail(stage.app, guest);
    const { email, password } = guest;
    return { actor: 'nobody', body: { email, password } };
  },
  'post /auth/google': (stage) => {
    const claims = { sub: randomUUID(), email: `fuzz-${randomUUID()}@example.com` };
    return Promise.resolve({ actor: 'nobody', body: { id_token: stage.neighbours.google.token(claims) } });
  },
  'post /auth/reset-password': async (stage) => {
    const { email } = await stage.registered();
    await stage.app.http.post('/auth/forgot-password').send({ email });
    return { actor: 'nobody', body: { token: await resetToken(stage.app, email) } };
  },
  'post /auth/verify-phone/confirm': async (stage) => {
    const phone = `+336${String(randomInt(10_000_000, 99_999_999))}`;
    return { actor: 'guest', body: { code: await askForCode(stage.app, await stage.guest(), phone) } };
  },
  'delete /auth/api-keys/{id}': signedInTwice,
  'post /users/me/restore': backByMail,
  'get /users/me/export/download': async (stage) => {
    const { http } = await stage.guest();
    const link = http.post('/users/me/export').send({ format: 'csv' });
    const { token } = await expectStatus<{ token: string }>(link, 201);
    return { actor: 'nobody', query: { token } };
  },
  'get /sandbox/messages/{id}/preview': async (stage) => {
    const { email } = await stage.registered();
    const [mail] = await stage.app.messages({ email });
    return { path: { id: mail?.id ?? '' } };
  },
  'post /admin/users/{id}/reactivate': async (stage) => {
    const { id } = await stage.guest();
    await expectStatus(stage.admin.http.post(`/admin/users/${id}/suspend`).send({}), 200);
    return { actor: 'admin', path: { id } };
  },
  'post /admin/blocked-domains': () => Promise.resolve({ actor: 'admin', body: { domain: aDomain() } }),
  'delete /admin/blocked-domains/{domain}': async ({ admin }) => {
    const domain = aDomain();
    await expectStatus(admin.http.post('/admin/blocked-domains').send({ domain }), 201);
    return { actor: 'admin', path: { domain } };
  },
  'post /admin/dead-letters/{id}/replay': aDeadLetter,
  'delete /admin/dead-letters/{id}': aDeadLetter,
};
