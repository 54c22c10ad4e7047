import { eventually } from 'test/support/eventually';
import { startProcess } from 'test/support/real-process';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

/** How the runtime reports a collection that somebody asked for. */
const COLLECTED = /Mark-Compact.*testing/;

describe('a process that has started', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it.each([
    ['api', '/livez'],
    ['worker', null],
  ])('as %s has given back what it took to start', async (ROLE, readyPath) => {
    const variables = { DATABASE_URL: database.url, ROLE };
    const server = await startProcess(variables, { readyPath, nodeArguments: ['--trace-gc'] });
    try {
      // A worker answers nobody who could tell that it is up; an API has done so before it answers anybody.
      if (readyPath === null)
        await eventually(
          () => server.output(),
          (output) => COLLECTED.test(output),
          { withinMs: 30_000 },
        );
      expect(server.output()).toMatch(COLLECTED);
    } finally {
      await server.kill();
    }
  });
});
