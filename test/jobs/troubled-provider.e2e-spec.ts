import { randomUUID } from 'node:crypto';
import { type PeriodicJob, PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { Schedule } from 'src/common/jobs/schedule';
import { eventually } from 'test/support/eventually';
import { QUIET_PRODUCTION } from 'test/support/production-settings';
import { SmtpServer } from 'test/support/smtp-server';
import { startTestApp, type TestApp } from 'test/support/test-app';

interface JobRow {
  attempts: number;
  waits: number;
}

/** A process of production that works off jobs, between a real queue and a real mail server. */
describe('while a mail server is in trouble', () => {
  let app: TestApp;
  let smtp: SmtpServer;
  let ran: number;

  beforeEach(async () => {
    smtp = await SmtpServer.start();
    app = await startTestApp({
      ...QUIET_PRODUCTION,
      ROLE: 'worker',
      SMTP_URL: smtp.url,
      METRICS_TOKEN: 'a-token-for-the-figures-of-this-test',
    });
    ran = 0;
    app.nest.get(PeriodicJobs).register(CHORE);
  }, 60_000);
  afterEach(async () => {
    smtp.open();
    await app.close();
    await smtp.stop();
  });

  const CHORE: PeriodicJob = {
    name: 'chore',
    schedule: Schedule.everyMinute(),
    nextDue: () => Promise.resolve(null),
    run: () => Promise.resolve((ran += 1)),
  };

  /** A person with an address, and a mail to it that only has to be sent. */
  const mail = async (name: string): Promise<string> => {
    const [id, to] = [randomUUID(), `${name}-${randomUUID()}@example.com`];
    await app.database.query(
      `INSERT INTO users (id, email, first_name, last_name, role, status, email_verified_at, locale, timezone, country,
         created_at, updated_at)
       VALUES ($1, $2, 'Camille', 'Martin', 'client', 'active', now(), 'en', 'Europe/Paris', 'FR', now(), now())`,
      [id, to],
    );
    const payload = { kind: 'email_change', userId: id, mailId: randomUUID(), tokenId: null, sealedToken: null };
    await app.database.query(`SELECT graphile_worker.add_job('send_account_mail', $1, max_attempts := 5)`, [payload]);
    return to;
  };
  /** How long each of some mails takes to arrive, sent one after another: in milliseconds, the fastest first. */
  const delays = async (count: number): Promise<number[]> => {
    const took: number[] = [];
    for (let sent = 0; sent < count; sent += 1) {
      const since = performance.now();
      const to = await mail('other');
      await eventually(
        () => smtp.recipients.includes(to),
        (arrived) => arrived,
        { stepMs: 2 },
      );
      took.push(performance.now() - since);
    }
    return took.sort((a, b) => a - b);
  };
  const jobs = async (): Promise<JobRow[]> => {
    const { rows } = await app.database.query<JobRow>(
      `SELECT attempts, extract(epoch FROM run_at - now())::float8 AS waits FROM graphile_worker.jobs
       WHERE task_identifier = 'send_account_mail'`,
    );
    return rows;
  };
  const isPaused = async (): Promise<boolean> => {
    const answer = await app.http.get('/metrics').set('Authorization', 'Bearer a-token-for-the-figures-of-this-test');
    return answer.text.includes('mycoach_provider_paused{channel="email"} 1');
  };

  it('trust 53: with one recipient, whose mails hang or fail again and again, the others do not wait for them', async () => {
    smtp.hold(/^poison/);
    for (let copy = 0; copy < 3; copy += 1) await mail('poison');
    await eventually(
      () => smtp.waiting,
      (waiting) => waiting === 3,
    );
    const meanwhile = await delays(40);
    expect(smtp.waiting).toBeGreaterThan(0);
    const p95 = (took: number[]): number => took[Math.floor(took.length * 0.95)] ?? Infinity;
    // A held mail takes ten seconds, until the patience with the server is at its end.
    expect(p95(meanwhile)).toBeLessThan(2_500);
    expect(await isPaused()).toBe(false);
  }, 60_000);

  it('trust 53: and does not answer at all, neither pushes nor periodic jobs wait for it', async () => {
    smtp.hold();
    for (let copy = 0; copy < 8; copy += 1) await mail('anybody');
    await eventually(
      () => smtp.waiting,
      (waiting) => waiting === 4,
    );
    const since = performance.now();
    await app.nest.get(PeriodicJobs).tick(CHORE);
    await app.database.query(`SELECT graphile_worker.add_job('deliver_push', '{"notificationId": "${randomUUID()}"}')`);
    await eventually(
      async () => [
        ran,
        (await app.database.query("SELECT FROM graphile_worker.jobs WHERE task_identifier = 'deliver_push'")).rowCount,
      ],
      ([done, left]) => done === 1 && left === 0,
      { withinMs: 5_000 },
    );
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(smtp.waiting).toBe(4);
  }, 60_000);

  it('it is left alone after five mails, which costs the others no attempt, and all arrive once it is back', async () => {
    smtp.behave({ greeting: '421 4.3.2 closing for maintenance' });
    const to: string[] = [];
    for (let copy = 0; copy < 20; copy += 1) to.push(await mail('anybody'));
    await eventually(isPaused, (paused) => paused);
    const waiting = await eventually(jobs, (all) => all.length === 20 && all.every(({ waits }) => waits > 0));
    // Those that were under way when the fifth failed had reached it too.
    expect(smtp.connections).toBeGreaterThanOrEqual(5);
    expect(smtp.connections).toBeLessThanOrEqual(8);
    expect(waiting.filter(({ attempts }) => attempts === 1)).toHaveLength(smtp.connections);
    expect(waiting.filter(({ attempts }) => attempts === 0)).toHaveLength(20 - smtp.connections);
    smtp.behave();
    await eventually(
      () => smtp.taken.length,
      (count) => count === 20,
      { withinMs: 40_000 },
    );
    expect([...smtp.recipients].sort()).toEqual(to.sort());
    expect(await isPaused()).toBe(false);
    await eventually(jobs, (left) => left.length === 0);
  }, 90_000);
});
