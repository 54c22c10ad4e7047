import { eventually } from 'test/support/eventually';
import { OwnDatabase } from 'test/support/own-database';
import { PRODUCTION } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { SmtpServer } from 'test/support/smtp-server';
import { ask } from './traffic';

describe('a process whose database takes no writes', () => {
  let database: OwnDatabase;
  let smtp: SmtpServer;
  let server: RealProcess;
  let holder: KeyHolder;

  beforeAll(async () => {
    database = await OwnDatabase.start();
    smtp = await SmtpServer.start();
    holder = await keyHolder(database.pool);
    server = await startProcess({ ...PRODUCTION, DATABASE_URL: database.url, SMTP_URL: smtp.url, LOG_LEVEL: 'fatal' });
  }, 60_000);
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
    await smtp.stop();
    await database.remove();
  }, 30_000);

  /** As a disk that is full, or a standby that nobody has promoted: every session from now on, whoever opens it. */
  const writable = async (isWritable: boolean): Promise<void> => {
    await database.pool.query('SET default_transaction_read_only = off');
    await database.pool.query(`ALTER SYSTEM SET default_transaction_read_only = ${isWritable ? 'off' : 'on'}`);
    await database.pool.query('SELECT pg_reload_conf()');
    await database.terminateSessions();
  };
  const renamed = (name: string): Promise<{ status: number; detail: string | null; retryAfter: string | null }> =>
    ask(server, '/users/me', { key: holder.key, method: 'PATCH', body: JSON.stringify({ first_name: name }) });
  const name = async (): Promise<string> => {
    const { rows } = await database.pool.query<{ name: string }>('SELECT first_name AS name FROM users WHERE id = $1', [
      holder.id,
    ]);
    return rows[0]?.name ?? '';
  };

  it('goes on reading, refuses what it cannot keep with 503, and writes again as soon as it may', async () => {
    expect(await renamed('Anne')).toMatchObject({ status: 200 });
    await writable(false);
    await eventually(
      () => renamed('Lost'),
      ({ status, detail }) => status === 503 && detail === 'service_unavailable',
    );
    const refused = await Promise.all(Array.from({ length: 10 }, () => renamed('Lost')));
    expect(refused.map(({ status, retryAfter }) => [status, Number(retryAfter) > 0])).toEqual(
      Array.from({ length: 10 }, () => [503, true]),
    );
    const form = { first_name: 'Zoé', last_name: 'Martin', password: 'Correct-Horse-7', role: 'client' };
    const joined = (email: string) =>
      ask(server, '/auth/register', { method: 'POST', body: JSON.stringify({ ...form, email }) });
    expect(await joined('lost@example.com')).toMatchObject({ status: 503, detail: 'service_unavailable' });
    for (const path of ['/auth/me', '/bookings', '/notifications', '/coaches/search'])
      expect([path, await ask(server, path, { key: holder.key })]).toMatchObject([path, { status: 200 }]);
    expect(await name()).toBe('Anne');

    await writable(true);
    await eventually(
      () => renamed('Zoé'),
      ({ status }) => status === 200,
    );
    expect(await name()).toBe('Zoé');
    // The queue has come back as well.
    expect(await joined('later@example.com')).toMatchObject({ status: 201 });
    await eventually(
      () => smtp.recipients,
      (taken) => taken.includes('later@example.com'),
      { withinMs: 15_000 },
    );
    expect(smtp.recipients).not.toContain('lost@example.com');
  }, 60_000);
});
