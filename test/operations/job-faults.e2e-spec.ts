import { eventually, realTime } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { PRODUCTION } from 'test/support/production-settings';
import { type RealProcess, startProcess } from 'test/support/real-process';
import { SmtpServer } from 'test/support/smtp-server';
import { ask } from './traffic';

describe('the job queue', () => {
  let database: OwnDatabase;
  let smtp: SmtpServer;
  let api: RealProcess;
  let worker: RealProcess;

  beforeAll(async () => {
    database = await OwnDatabase.start();
    smtp = await SmtpServer.start();
    smtp.hold();
    const settings = { ...PRODUCTION, DATABASE_URL: database.url, SMTP_URL: smtp.url, LOG_LEVEL: 'warn' };
    api = await startProcess({ ...settings, ROLE: 'api', NODE_ENV: 'production' });
    worker = await startProcess({ ...settings, ROLE: 'worker' }, { readyPath: null });
  }, 60_000);
  afterAll(async () => {
    expect(await Promise.all([api.stop(), worker.stop()])).toEqual([0, 0]);
    await smtp.stop();
    await database.remove();
  }, 30_000);

  const register = async (name: string): Promise<string> => {
    const email = `${name}@example.com`;
    const form = { first_name: 'Zoé', last_name: 'Martin', email, password: 'Correct-Horse-7', role: 'client' };
    const { status } = await ask(api, '/auth/register', { method: 'POST', body: JSON.stringify(form) });
    expect(status).toBe(201);
    return email;
  };
  const left = async (): Promise<number> => {
    const { rows } = await database.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier <> 'run_periodic_job'`,
    );
    return rows[0]?.n ?? -1;
  };

  it('gets done what it had in hand when the database was killed under it', async () => {
    // As many as a process does at a time.
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await register(name);
    await eventually(
      () => smtp.waiting,
      (count) => count === 4,
    );
    await database.crash();
    // The mails go out, and the worker cannot write that down.
    smtp.open();
    await realTime(1_500);
    expect(worker.child.exitCode).toBeNull();
    await database.start();
    await eventually(left, (count) => count === 0, { withinMs: 15_000 });
    // At least once is the promise; the messages have the same id each time.
    expect(new Set(smtp.recipients)).toEqual(new Set(names.map((name) => `${name}@example.com`)));
    const late = await register('late');
    await eventually(
      () => smtp.recipients,
      (taken) => taken.includes(late),
    );
  }, 60_000);

  it('lives on in a process that has nothing else to do while the database is away', async () => {
    await database.stopImmediately();
    await realTime(4_000);
    expect(worker.child.exitCode).toBeNull();
    await database.start();
  }, 60_000);
});
