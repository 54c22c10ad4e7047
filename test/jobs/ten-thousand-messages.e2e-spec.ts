import { randomInt } from 'node:crypto';
import { Pool } from 'pg';
import { IS_BY_HAND, KILL_COUNT, MESSAGE_COUNT } from 'test/support/delivery-settings';
import { eventually, realTime } from 'test/support/eventually';
import { PRODUCTION } from 'test/support/production-settings';
import { freePort, keyHolder, type RealProcess, startProcess } from 'test/support/real-process';
import { SmtpServer } from 'test/support/smtp-server';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

const PEOPLE = 20;
const WITHIN_MS = 60_000 + MESSAGE_COUNT * 40 + KILL_COUNT * 10_000;

interface LockRow {
  id: string;
}

describe(`of ${String(MESSAGE_COUNT)} messages`, () => {
  let testDatabase: TestDatabase;
  let database: Pool;
  let smtp: SmtpServer;
  let people: string[];
  const workers: RealProcess[] = [];

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = new Pool({ connectionString: testDatabase.url, max: 3 });
    database.on('error', () => undefined);
    people = (await Promise.all(Array.from({ length: PEOPLE }, () => keyHolder(database)))).map(({ id }) => id);
    smtp = await SmtpServer.start();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
    await smtp.stop();
    await database.end();
    await testDatabase.drop();
  }, 30_000);

  /** Each with an id of its own, which it has at every attempt. */
  const write = async (): Promise<void> => {
    await database.query(
      `SELECT count(graphile_worker.add_job('send_account_mail', json_build_object('kind', 'email_change',
         'userId', ($1::uuid[])[1 + n % $2], 'mailId', gen_random_uuid(), 'tokenId', NULL, 'sealedToken', NULL),
         max_attempts := 5)) FROM generate_series(1, $3) AS n`,
      [people, PEOPLE, MESSAGE_COUNT],
    );
  };
  const work = async (variables: Record<string, string> = {}): Promise<RealProcess> => {
    const settings = { ...PRODUCTION, DATABASE_URL: testDatabase.url, SMTP_URL: smtp.url, LOG_LEVEL: 'silent' };
    const worker = await startProcess({ ...settings, ROLE: 'worker', ...variables }, { readyPath: null });
    workers.push(worker);
    return worker;
  };
  const left = async (): Promise<number> => {
    const { rows } = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'send_account_mail'`,
    );
    return rows[0]?.n ?? -1;
  };
  /** How often each message came, by its id. */
  const arrivals = (): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { data } of smtp.taken) {
      const id = /^Message-ID: (.*)$/im.exec(data)?.[1] ?? 'none';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };
  const untilTaken = async (count: number): Promise<void> => {
    await eventually(
      () => smtp.taken.length,
      (taken) => taken >= count,
      { withinMs: WITHIN_MS, stepMs: 1 },
    );
  };

  it(
    'trust 52: none is lost when the worker is killed at any moment, and only what was in its hands may come twice',
    async () => {
      await write();
      const inHand: LockRow[] = [];
      for (let kill = 1; kill <= KILL_COUNT; kill += 1) {
        const worker = await work();
        await untilTaken(
          Math.min(MESSAGE_COUNT - 1, smtp.taken.length + randomInt(1, Math.ceil(MESSAGE_COUNT / KILL_COUNT))),
        );
        await realTime(randomInt(0, 15));
        await worker.kill();
        const { rows } = await database.query<LockRow>(
          `SELECT id FROM graphile_worker.jobs WHERE locked_at IS NOT NULL AND task_identifier = 'send_account_mail'`,
        );
        inHand.push(...rows);
        // Two minutes later, for whoever looks after jobs of the dead.
        await database.query(
          `UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '121 seconds'
           WHERE locked_at IS NOT NULL`,
        );
      }
      await work();
      await eventually(left, (count) => count === 0, { withinMs: WITHIN_MS });

      const counts = [...arrivals().values()];
      const twice = counts.reduce((sum, count) => sum + count - 1, 0);
      const figures = {
        messages: MESSAGE_COUNT,
        kills: KILL_COUNT,
        arrived: counts.length,
        twice,
        inHand: inHand.length,
      };
      if (IS_BY_HAND) process.stdout.write(`${JSON.stringify(figures)}\n`);
      expect(counts).toHaveLength(MESSAGE_COUNT);
      expect(inHand.length).toBeLessThanOrEqual(4 * KILL_COUNT);
      expect(twice).toBeLessThanOrEqual(inHand.length);
      expect((await database.query('SELECT FROM dead_letters')).rowCount).toBe(0);
    },
    WITHIN_MS,
  );

  it(
    'trust 52: each leaves once when two workers share them and nobody is killed',
    async () => {
      const ports = [await freePort(), await freePort()];
      /** -1 = it does not answer yet. */
      const sentBy = async (port: number): Promise<number> => {
        const text = await fetch(`http://127.0.0.1:${String(port)}/metrics`).then(
          (answer) => answer.text(),
          () => '',
        );
        if (text === '') return -1;
        return Number(/deliveries_total{channel="email",outcome="done"} (\d+)/.exec(text)?.[1] ?? 0);
      };
      await Promise.all(ports.map((port) => work({ METRICS_PORT: String(port) })));
      await eventually(
        () => Promise.all(ports.map(sentBy)),
        (counts) => !counts.includes(-1),
        { withinMs: 60_000 },
      );
      await write();
      await eventually(left, (count) => count === 0, { withinMs: WITHIN_MS });
      expect(arrivals().size).toBe(MESSAGE_COUNT);
      expect(smtp.taken).toHaveLength(MESSAGE_COUNT);
      const sent = await Promise.all(ports.map(sentBy));
      expect(sent.every((count) => count > 0)).toBe(true);
      expect(sent.reduce((sum, count) => sum + count, 0)).toBe(MESSAGE_COUNT);
    },
    WITHIN_MS,
  );
});
