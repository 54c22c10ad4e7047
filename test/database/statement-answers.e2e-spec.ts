import { Database, type Statement } from 'src/common/transaction/database';
import { startTestApp, type TestApp } from 'test/support/test-app';

const PAIRS: Statement = {
  name: 'test_pairs',
  text: `SELECT n, 'x' || n AS word FROM generate_series(1, $1) AS n`,
};
const NUMBERS: Statement = { name: 'test_numbers', text: 'SELECT n FROM generate_series(1, $1) AS n' };
const NOTHING: Statement = { name: 'test_nothing', text: 'SELECT max(n) AS most FROM generate_series(1, $1) AS n' };

describe('what a statement answers', () => {
  let app: TestApp;
  let database: Database;

  beforeAll(async () => {
    app = await startTestApp();
    database = app.nest.get(Database);
  });
  afterAll(() => app.close());

  it('is its first row, or null', async () => {
    expect(await database.first(PAIRS, [2])).toEqual({ n: 1, word: 'x1' });
    expect(await database.first(PAIRS, [0])).toBeNull();
  });

  it('is what stands in its column, row by row', async () => {
    expect(await database.values<number>(NUMBERS, [3])).toEqual([1, 2, 3]);
    expect(await database.values<number>(NUMBERS, [0])).toEqual([]);
  });

  it('is one value, or null where nothing stands there or no row is', async () => {
    expect(await database.value<number>(NUMBERS, [1])).toBe(1);
    expect(await database.value<number>(NUMBERS, [0])).toBeNull();
    expect(await database.value<number>(NOTHING, [0])).toBeNull();
  });

  it('is not told by one of several columns: which one would be chance', async () => {
    const told = 'The statement "test_pairs" answers more than one column';
    await expect(database.value(PAIRS, [1])).rejects.toThrow(told);
    await expect(database.values(PAIRS, [1])).rejects.toThrow(told);
  });
});
