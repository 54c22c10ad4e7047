import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import { comingHour } from 'test/support/coming-hour';
import { eventually } from 'test/support/eventually';
import { expectInvariants } from 'test/support/invariants';
import { PRODUCTION } from 'test/support/production-settings';
import { type KeyHolder, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { SmtpServer } from 'test/support/smtp-server';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';
import { ask } from './traffic';

const HOUR_MS = 3_600_000;
/** Longer than the server lets a session be idle in its transaction. */
const RECOVERY_MS = 110_000;

describe('of several workers', () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let smtp: SmtpServer;
  let api: RealProcess;
  let coach: KeyHolder;
  let client: KeyHolder;
  const workers: RealProcess[] = [];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 4 });
    database.on('error', () => undefined);
    smtp = await SmtpServer.start();
    api = await startProcess({ ...settings(), ROLE: 'api' });
    coach = await keyHolder(database, 'coach');
    client = await keyHolder(database);
    await done(coach, '/coaches/profile', {});
    for (const day_of_week of [0, 1, 2, 3, 4, 5, 6])
      await done(coach, '/coaches/availability', { day_of_week, start_time: '06:00', end_time: '22:00' });
    await done(coach, '/coaches/pricing', { type: 'per_session', name: 'One', price_cents: 5_000 });
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
    await expectInvariants(database);
  }, 30_000);
  afterAll(async () => {
    await api.kill();
    await smtp.stop();
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  function settings(): Record<string, string> {
    return { ...PRODUCTION, DATABASE_URL: testDatabase.url, SMTP_URL: smtp.url, LOG_LEVEL: 'fatal' };
  }
  const work = async (skewMs = 0): Promise<RealProcess> => {
    const worker = await startProcess(
      { ...settings(), ROLE: 'worker', SKEW_MS: String(skewMs) },
      { readyPath: null, nodeArguments: ['--require', require.resolve('../support/skewed-clock.cjs')] },
    );
    workers.push(worker);
    return worker;
  };
  const done = async ({ key }: KeyHolder, path: string, body: object): Promise<void> => {
    expect((await ask(api, path, { key, method: 'POST', body: JSON.stringify(body) })).status).toBe(201);
  };
  const rows = async <T extends object>(query: string, values: unknown[] = []): Promise<T[]> =>
    (await database.query<T>(query, values)).rows;
  const count = async (query: string, values: unknown[] = []): Promise<number> =>
    (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${query}`, values))[0]?.n ?? -1;
  /** Two minutes, after which a job may be taken from whoever does not say that he works on it. */
  const letLeasesRunOut = (): Promise<unknown> =>
    database.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '121 seconds' WHERE locked_at IS NOT NULL`,
    );

  /** A request that waits for its coach for a moment longer than it may. */
  const overdue = async (hour: number): Promise<string> => {
    await done(client, '/bookings', { coach_id: coach.id, scheduled_at: comingHour(3, hour) });
    const [booking] = await rows<{ id: string }>(
      `UPDATE bookings SET created_at = now() - interval '3 days', expires_at = now() - interval '1 minute'
       WHERE client_id = $1 AND status = 'pending_coach_validation' RETURNING id`,
      [client.id],
    );
    return booking?.id ?? '';
  };

  it('the one that stood still in the middle of a periodic job changes nothing when it goes on late', async () => {
    const id = await overdue(9);
    const holder: PoolClient = await database.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM bookings WHERE id = $1 FOR UPDATE', [id]);
    const late = await work();
    await database.query(
      `SELECT graphile_worker.add_job('run_periodic_job', json_build_object('job', 'auto_reject_expired_bookings'))`,
    );
    // It is in its transaction, and wants the row.
    await eventually(
      () =>
        count(`pg_stat_activity WHERE application_name = 'mycoach' AND wait_event_type = 'Lock'
                   AND datname = current_database()`),
      (waiting) => waiting > 0,
      { withinMs: 30_000 },
    );
    late.child.kill('SIGSTOP');
    await holder.query('ROLLBACK');
    holder.release();
    await letLeasesRunOut();
    await work();
    await eventually(
      () => count(`bookings WHERE id = $1 AND status = 'auto_rejected'`, [id]),
      (found) => found === 1,
      { withinMs: RECOVERY_MS },
    );
    late.child.kill('SIGCONT');
    await eventually(
      () => count(`graphile_worker.jobs WHERE task_identifier <> 'run_periodic_job' OR locked_at IS NOT NULL`),
      (left) => left === 0,
      { withinMs: RECOVERY_MS },
    );
    expect(await count(`booking_transitions WHERE booking_id = $1 AND to_status = 'auto_rejected'`, [id])).toBe(1);
    // One for the client, one for the coach.
    const told = `notifications WHERE type = 'booking_auto_rejected' AND data->>'booking_id' = $1`;
    expect(await count(told, [id])).toBe(2);
    // It has lost its session and its job, and neither its head nor its place in the queue.
    expect(late.child.exitCode).toBeNull();
  }, 300_000);

  it('the one whose clock is an hour ahead takes no job from another: leases are told by the database', async () => {
    const mail = (id: string): Promise<unknown> =>
      database.query(
        `SELECT graphile_worker.add_job('send_account_mail', json_build_object('kind', 'email_change', 'userId', $1::text,
           'mailId', $2::text, 'tokenId', NULL, 'sealedToken', NULL))`,
        [client.id, id],
      );
    await mail(randomUUID());
    await database.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = 'elsewhere', locked_at = now() - interval '60 seconds'
       WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'send_account_mail')`,
    );
    const before = smtp.taken.length;
    await work(HOUR_MS);
    await mail(randomUUID());
    await eventually(
      () => smtp.taken.length - before,
      (taken) => taken === 1,
      { withinMs: 30_000 },
    );
    expect(await count(`graphile_worker.jobs WHERE locked_by = 'elsewhere'`)).toBe(1);
    // Two minutes of silence are two minutes for everybody.
    await letLeasesRunOut();
    await work(-HOUR_MS);
    await eventually(
      () => smtp.taken.length - before,
      (taken) => taken === 2,
      { withinMs: 30_000 },
    );
  }, 120_000);
});
