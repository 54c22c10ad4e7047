import { DomainEvent } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import { JobQueue } from 'src/common/jobs/job-queue';
import { JobRegistry } from 'src/common/jobs/job-registry';
import { JobWorker } from 'src/common/jobs/job-worker';
import { Database } from 'src/common/transaction/database';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { aCoach, book } from 'test/support/coaching';
import { eventually, realTime } from 'test/support/eventually';
import { startTestApp, type TestApp } from 'test/support/test-app';

class SomethingHappened extends DomainEvent {
  readonly name = 'test.something-happened.v1';
}

const FAIL = (state: string) => ({
  name: `fail_${state}`,
  text: `DO $$ BEGIN RAISE EXCEPTION 'provoked' USING ERRCODE = '${state}'; END $$`,
});

describe('the jobs of a transaction', () => {
  let app: TestApp;
  let unit: UnitOfWork;
  let queue: JobQueue;
  let done: string[];

  beforeAll(async () => {
    app = await startTestApp();
    unit = app.nest.get(UnitOfWork);
    queue = app.nest.get(JobQueue);
    app.nest.get(JobRegistry).register('note', ({ text }) => {
      done.push(String(text));
      return Promise.resolve();
    });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    done = [];
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
  });

  const add = (text: string, key?: string): Promise<void> => queue.add('note', { text }, key ? { key } : {});
  const written = async (): Promise<string[]> => {
    const { rows } = await app.database.query<{ text: string }>(
      `SELECT payload ->> 'text' AS text FROM graphile_worker._private_jobs ORDER BY run_at, id`,
    );
    return rows.map(({ text }) => text);
  };
  const settle = (): Promise<void> => app.nest.get(JobWorker).settle();
  /** Statements of the application while `work` runs. */
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const before = app.queryCount();
    await work();
    return app.queryCount() - before;
  };

  it('are written in one statement at its end, in their order', async () => {
    const count = await statements(() =>
      unit.run(async () => {
        for (const text of ['a', 'b', 'c', 'd']) await add(text);
        expect(await written()).toEqual([]);
      }),
    );
    expect(await written()).toEqual(['a', 'b', 'c', 'd']);
    // BEGIN, the jobs, COMMIT.
    expect(count).toBe(3);
    await settle();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
  });

  it('cost nothing where there are none', async () => {
    expect(await statements(() => unit.run(() => Promise.resolve()))).toBe(2);
  });

  it('are written at once where there is no transaction', async () => {
    expect(await statements(() => add('a'))).toBe(1);
    expect(await written()).toEqual(['a']);
  });

  it('trust 52: are gone with it, so that an act that is undone sends nothing', async () => {
    const act = unit.run(async () => {
      await add('never');
      throw new Error('undone');
    });
    await expect(act).rejects.toThrow('undone');
    await settle();
    expect([await written(), done]).toEqual([[], []]);
  });

  it('trust 52: that nobody worked off before the process ended are worked off by another one later', async () => {
    await unit.run(() => add('later'));
    const other = await startTestApp({ DATABASE_URL: app.databaseUrl });
    const heard: string[] = [];
    other.nest.get(JobRegistry).register('note', ({ text }) => Promise.resolve(void heard.push(String(text))));
    await other.nest.get(JobWorker).settle();
    await other.close();
    expect(heard).toEqual(['later']);
    expect(await written()).toEqual([]);
  });

  it('of a part under a savepoint are kept with the part, and gone with the part', async () => {
    await unit.run(async () => {
      await add('before');
      await unit.nested(() => add('kept'));
      await unit
        .nested(async () => {
          await add('lost');
          await unit.nested(() => add('lost too'));
          throw new Error('undone');
        })
        .catch(() => undefined);
      await add('after');
    });
    expect(await written()).toEqual(['before', 'kept', 'after']);
  });

  it('of a savepoint without a transaction around it are written too', async () => {
    await unit.nested(() => add('alone'));
    expect(await written()).toEqual(['alone']);
  });

  it('of an optional listener that fails do not leave, those of the act do', async () => {
    const events = app.nest.get(EventBus);
    events.subscribe(
      SomethingHappened,
      'test',
      async () => {
        await add('of the listener');
        throw new Error('the listener failed');
      },
      { optional: true },
    );
    await unit.run(async () => {
      await add('of the act');
      await events.publish(new SomethingHappened());
    });
    expect(await written()).toEqual(['of the act']);
  });

  it('are not doubled when it is run again after a deadlock', async () => {
    let runs = 0;
    await unit.run(async () => {
      runs += 1;
      await add(`of run ${String(runs)}`);
      if (runs === 1) await app.nest.get(Database).execute(FAIL('40P01'));
    });
    expect(await written()).toEqual(['of run 2']);
  });

  it('that have one key are one job, the last; it takes the place of one that waits', async () => {
    await unit.run(async () => {
      await add('first', 'k');
      await add('other');
      await add('second', 'k');
    });
    expect(await written()).toEqual(['other', 'second']);
    await unit.run(() => add('third', 'k'));
    expect(await written()).toEqual(['other', 'third']);
  });

  it('that the library does not know any more undo it, and are known again to the next one', async () => {
    await add('known');
    const act = async (word: string): Promise<void> =>
      unit.run(async () => {
        await app.nest
          .get(Database)
          .execute({ name: 'tick', text: 'INSERT INTO job_ticks VALUES ($1, now())' }, [word]);
        await add(word);
      });
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await app.database.query("DELETE FROM graphile_worker._private_tasks WHERE identifier = 'note'");
    await expect(act('undone')).rejects.toMatchObject({ code: '23502' });
    await act('done');
    const { rows } = await app.database.query<{ job: string }>("SELECT job FROM job_ticks WHERE job LIKE '%done'");
    expect([rows, await written()]).toEqual([[{ job: 'done' }], ['done']]);
  });

  it('are told of to who works them off, after the commit and once for many', async () => {
    await add('known');
    // What is told of this one is over.
    await realTime(200);
    const listener = await app.database.connect();
    const told: number[] = [];
    const seen: string[][] = [];
    listener.on('notification', ({ payload = '' }) => {
      told.push((JSON.parse(payload) as { count: number }).count);
      void written().then((texts) => seen.push(texts));
    });
    await listener.query('LISTEN "jobs:insert"');
    await app.database.query('DELETE FROM graphile_worker._private_jobs');
    await unit.run(async () => {
      for (const text of ['a', 'b', 'c']) await add(text);
      await realTime(200);
      expect(told).toEqual([]);
    });
    await eventually(
      () => seen,
      (answers) => answers.length > 0,
    );
    expect([told, seen]).toEqual([[3], [['a', 'b', 'c']]]);
    await Promise.all(Array.from({ length: 20 }, () => add('many')));
    const total = (): number => told.reduce((sum, count) => sum + count, 0);
    await eventually(total, (count) => count === 3 + 20);
    expect(told.length).toBeLessThan(10);
    await listener.query('UNLISTEN *');
    listener.release(true);
  });

  it('are not lost when they come after its end, but written at once', async () => {
    let late: Promise<void> = Promise.resolve();
    await unit.run(() => {
      late = realTime(50).then(() => add('late'));
      return Promise.resolve();
    });
    await late;
    expect(await written()).toEqual(['late']);
  });

  it('undo it when they cannot be written', async () => {
    const act = unit.run(async () => {
      await app.nest.get(Database).execute({ name: 'note', text: "INSERT INTO job_ticks VALUES ('note', now())" });
      await queue.add('note', { text: 'a \u0000 that no text of the database can hold' });
    });
    await expect(act).rejects.toThrow();
    const { rowCount } = await app.database.query("SELECT 1 FROM job_ticks WHERE job = 'note'");
    expect([rowCount, await written()]).toEqual([0, []]);
  });

  it('of a booking are one statement, with a mail and two pushes', async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    const coach = await aCoach(app);
    const client = await app.register();
    // A process has the library add its first job of a kind.
    await book(client, coach.id, '2026-03-03T09:00:00Z');
    await app.messages();
    const execute = jest.spyOn(app.nest.get(Database), 'execute');
    await book(client, coach.id, '2026-03-03T11:00:00Z');
    const names = execute.mock.calls.map(([{ name }]) => name);
    execute.mockRestore();
    expect(names.filter((name) => name === 'job_add')).toHaveLength(1);
    const { rows } = await app.database.query<{ task: string }>(
      'SELECT task_identifier AS task FROM graphile_worker.jobs ORDER BY 1',
    );
    expect(rows.map(({ task }) => task)).toEqual(['deliver_mail', 'deliver_push', 'deliver_push']);
  });
});
