import { JobWorker } from 'src/common/jobs/job-worker';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { startTestApp, TEST_PASSWORD, type TestApp } from 'test/support/test-app';
import { SmtpServer } from 'test/support/smtp-server';

interface Waiting {
  attempts: number;
  last_error: string | null;
}

describe('mails of production', () => {
  let smtp: SmtpServer;
  let app: TestApp;

  beforeAll(async () => {
    smtp = await SmtpServer.start();
    app = await startTestApp({
      ...QUIET_PRODUCTION,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'MyCoach <hello@mycoach.test>',
    });
  });
  afterAll(async () => {
    await app.close();
    await smtp.stop();
  });
  beforeEach(() => {
    smtp.taken.length = 0;
    smtp.answerToRecipient = '250 OK';
  });

  const register = async (email: string): Promise<void> => {
    await app.http
      .post('/auth/register')
      .send({ first_name: 'Noël', last_name: 'Petit', email, password: TEST_PASSWORD, role: 'client', locale: 'fr-FR' })
      .expect(201);
  };
  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  const waiting = async (): Promise<Waiting[]> =>
    (await app.database.query<Waiting>('SELECT attempts, last_error FROM graphile_worker._private_jobs')).rows;
  const header = (data: string, name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(data)?.[1];

  it('are handed to the SMTP server as text and HTML, from the configured sender', async () => {
    await register('noel@example.com');
    await settle();
    expect(smtp.taken).toHaveLength(1);
    const [mail] = smtp.taken;
    expect(mail).toMatchObject({ from: 'hello@mycoach.test', to: ['noel@example.com'] });
    const data = mail?.data ?? '';
    expect(header(data, 'From')).toBe('MyCoach <hello@mycoach.test>');
    expect(header(data, 'To')).toBe('noel@example.com');
    expect(header(data, 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@mycoach\.test>$/);
    expect(data).toContain('Content-Type: text/plain; charset=utf-8');
    expect(data).toContain('Content-Type: text/html; charset=utf-8');
    expect(data.replace(/=\n/g, '')).toContain('https://api.mycoach.example/auth/verify-email?token=3D');
    expect(await waiting()).toEqual([]);
  });

  it('are tried again after the server refused for a while, as the same message', async () => {
    smtp.answerToRecipient = '451 4.3.0 <claire@example.com>: try again later';
    await register('claire@example.com');
    await settle();
    expect(smtp.taken).toEqual([]);
    const [job] = await waiting();
    expect(job?.attempts).toBe(1);
    // What the server says quotes the address, which belongs neither into the queue nor into a log.
    expect(job?.last_error).toContain('451');
    expect(job?.last_error).not.toContain('claire');

    smtp.answerToRecipient = '250 OK';
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle();
    expect(smtp.taken.map(({ to }) => to)).toEqual([['claire@example.com']]);
    expect(await waiting()).toEqual([]);
  });

  it('are waited for by nobody: the act is done when the server is away', async () => {
    smtp.answerToRecipient = '421 4.3.2 closing';
    await register('paul@example.com');
    const { rowCount } = await app.database.query("SELECT 1 FROM users WHERE email = 'paul@example.com'");
    expect(rowCount).toBe(1);
    expect(await waiting()).toHaveLength(1);
  });

  it('leave no way into a sandbox', async () => {
    for (const path of ['/sandbox/messages', '/sandbox/clock']) {
      const answer = await app.http.get(path);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ detail: 'not_found' });
    }
  });
});
