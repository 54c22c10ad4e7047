import { Database } from 'src/common/transaction/database';
import { isDatabaseUnavailable, sqlState } from 'src/common/transaction/sql-state';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { startTestApp, type TestApp } from 'test/support/test-app';

const FAIL = (state: string) => ({
  name: `fail_${state}`,
  text: `DO $$ BEGIN RAISE EXCEPTION 'provoked' USING ERRCODE = '${state}'; END $$`,
});

/** A meeting point: everybody waits there until all have come. */
function meeting(size: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  let come = 0;
  return async () => {
    come += 1;
    if (come === size) open();
    await all;
  };
}

describe('a unit of work', () => {
  let app: TestApp;
  let unit: UnitOfWork;
  let database: Database;

  beforeAll(async () => {
    app = await startTestApp();
    unit = app.nest.get(UnitOfWork);
    database = app.nest.get(Database);
    await app.database.query('CREATE TABLE accounts (name text PRIMARY KEY, balance integer NOT NULL)');
    await app.database.query('CREATE TABLE acts (note text NOT NULL)');
  });
  beforeEach(async () => {
    await app.database.query(`TRUNCATE accounts, acts`);
    await app.database.query(`INSERT INTO accounts VALUES ('one', 100), ('other', 100)`);
  });
  afterAll(() => app.close());

  const add = (name: string, amount: number): Promise<number> =>
    database.execute({ name: 'account_add', text: 'UPDATE accounts SET balance = balance + $2 WHERE name = $1' }, [
      name,
      amount,
    ]);
  const note = (text: string): Promise<number> =>
    database.execute({ name: 'act_note', text: 'INSERT INTO acts VALUES ($1)' }, [text]);
  const rows = async (query: string): Promise<unknown[]> => (await app.database.query(query)).rows;

  it('that meets another in a deadlock is run again whole, and both succeed', async () => {
    const bothHoldOne = meeting(2);
    const runs: string[] = [];
    const transfer = (from: string, to: string): Promise<void> =>
      unit.run(async () => {
        runs.push(`${from} to ${to}`);
        await note(`${from} to ${to}`);
        await add(from, -10);
        await bothHoldOne();
        await add(to, 10);
      });
    await Promise.all([transfer('one', 'other'), transfer('other', 'one')]);
    // One of the two was chosen as the victim and began anew: nothing of its first run is left.
    expect(runs).toHaveLength(3);
    expect(await rows('SELECT note FROM acts ORDER BY note')).toEqual([
      { note: 'one to other' },
      { note: 'other to one' },
    ]);
    expect(await rows('SELECT name, balance FROM accounts ORDER BY name')).toEqual([
      { name: 'one', balance: 100 },
      { name: 'other', balance: 100 },
    ]);
  });

  it.each(['40001', '40P01'])('that fails with %s every time gives up after three runs, as a 503', async (state) => {
    let runs = 0;
    const work = unit.run(async () => {
      runs += 1;
      await note('never');
      await database.execute(FAIL(state));
    });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe(state);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(runs).toBe(3);
    expect(await rows('SELECT note FROM acts')).toEqual([]);
  });

  it('that fails once with 40001 succeeds the second time', async () => {
    let runs = 0;
    await unit.run(async () => {
      runs += 1;
      await note(`run ${String(runs)}`);
      if (runs === 1) await database.execute(FAIL('40001'));
    });
    expect(await rows('SELECT note FROM acts')).toEqual([{ note: 'run 2' }]);
  });

  it('within another one leaves the repetition to the outermost', async () => {
    let outer = 0;
    let inner = 0;
    await unit.run(async () => {
      outer += 1;
      await note(`outer ${String(outer)}`);
      await unit.run(async () => {
        inner += 1;
        if (inner === 1) await database.execute(FAIL('40001'));
      });
    });
    expect([outer, inner]).toEqual([2, 2]);
    expect(await rows('SELECT note FROM acts')).toEqual([{ note: 'outer 2' }]);
  });

  it.each(['23505', '23P01', '23514', '22001'])('that fails with %s is not run again', async (state) => {
    let runs = 0;
    const work = unit.run(async () => {
      runs += 1;
      await database.execute(FAIL(state));
    });
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(sqlState(error)).toBe(state);
    expect(isDatabaseUnavailable(error)).toBe(false);
    expect(runs).toBe(1);
  });
});
