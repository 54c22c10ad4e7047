import { Client } from 'pg';
import { seed } from 'src/database/seed';
import { createTestDatabase, type TestDatabase } from 'test/support/test-database';

describe('the seeds of the directory', () => {
  let testDatabase: TestDatabase;
  let database: Client;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    database = new Client(testDatabase.url);
    await database.connect();
  });
  afterEach(async () => {
    await database.end();
    await testDatabase.drop();
  });

  const chains = async (): Promise<{ slug: string; countries: string[]; clubs: number; abroad: number }[]> =>
    (
      await database.query<{ slug: string; countries: string[]; clubs: number; abroad: number }>(
        `SELECT slug, countries, count(gym.id)::int AS clubs,
                count(gym.id) FILTER (WHERE cardinality(countries) > 0 AND NOT gym.country = ANY (countries))::int AS abroad
         FROM gym_chains chain LEFT JOIN gyms gym ON gym.chain_id = chain.id AND gym.validated
         GROUP BY chain.id ORDER BY slug`,
      )
    ).rows;

  it('are the chains with their countries, and clubs of each to try the product with', async () => {
    expect(await seed(testDatabase.url, { samples: true })).toEqual(
      expect.arrayContaining(['gym-chains.txt', 'sample-gyms.txt']),
    );
    const loaded = await chains();
    expect(loaded).toHaveLength(16);
    expect(loaded.filter(({ clubs }) => clubs < 3)).toEqual([]);
    expect(loaded.filter(({ abroad }) => abroad > 0)).toEqual([]);
    expect(loaded.reduce((sum, { clubs }) => sum + clubs, 0)).toBeGreaterThanOrEqual(60);
    expect(loaded.find(({ slug }) => slug === 'fitness-park')?.countries).toEqual(['FR', 'GP', 'MQ']);
    expect(loaded.find(({ slug }) => slug === 'anytime-fitness')?.countries).toEqual([]);
    expect(await seed(testDatabase.url, { samples: true })).toEqual([]);
  });

  it('hold no invented club for production', async () => {
    expect(await seed(testDatabase.url, { samples: false })).not.toContain('sample-gyms.txt');
    const loaded = await chains();
    expect(loaded).toHaveLength(16);
    expect(loaded.filter(({ clubs }) => clubs > 0)).toEqual([]);
  });
});
