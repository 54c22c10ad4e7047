import { Database } from 'src/common/transaction/database';
import { startTestApp, type TestApp } from 'test/support/test-app';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('the name of a statement', () => {
  const ask = async (name: string): Promise<unknown> => app.nest.get(Database).query({ name, text: 'SELECT 1 AS one' });

  it('has 63 letters at most: PostgreSQL cuts a longer one, and two may become the same', async () => {
    expect(await ask('x'.repeat(63))).toEqual([{ one: 1 }]);
    await expect(ask('x'.repeat(64))).rejects.toThrow(`The statement name "${'x'.repeat(64)}" is too long`);
  });
});
