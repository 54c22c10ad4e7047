import { eventually } from 'test/support/eventually';
import { aCoach, expectStatus } from 'test/support/coaching';
import type { OwnDatabase } from 'test/support/own-database';
import { Replica, startPrimary } from 'test/support/replica';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const MAX_LAG_SECONDS = 2;

interface Page {
  items: { id: string }[];
  total: number;
}

describe('the search and the public pages with a streaming replica', () => {
  let primary: OwnDatabase;
  let replica: Replica;
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    primary = await startPrimary();
    replica = await Replica.of(primary);
    app = await startTestApp({
      DATABASE_URL: primary.url,
      DATABASE_REPLICA_URL: replica.url,
      DATABASE_REPLICA_MAX_LAG_SECONDS: String(MAX_LAG_SECONDS),
    });
    coach = await aCoach(app, { profile: { bio: 'first' } });
    client = await app.register();
    await untilRead();
  }, 90_000);
  afterAll(async () => {
    await app.close();
    await replica.remove();
    await primary.remove();
  }, 30_000);

  const bioFor = async (http: TestApp['http']): Promise<unknown> =>
    (await expectStatus(http.get(`/coaches/${coach.id}/public`), 200))['bio'];
  const write = async (bio: string): Promise<void> => {
    await expectStatus(coach.http.put('/coaches/profile').send({ bio }), 200);
  };
  const search = async (query = ''): Promise<Page> =>
    expectStatus<Page>(client.http.get(`/coaches/search${query}`), 200);
  const lagSeconds = async (): Promise<number> => {
    const { text } = await app.http.get('/metrics');
    return Number(/^mycoach_database_replica_lag_seconds (\S+)$/m.exec(text)?.[1]?.replace('+Inf', 'Infinity'));
  };
  const untilRead = async (): Promise<void> => {
    await eventually(
      () => replica.lacks(),
      (bytes) => bytes === 0,
    );
    await eventually(lagSeconds, (seconds) => seconds < MAX_LAG_SECONDS);
  };

  it('shows strangers what the replica has, and whoever is signed in what is', async () => {
    await replica.pause();
    await write('second');
    expect(await bioFor(app.http)).toBe('first');
    expect(await bioFor(coach.http)).toBe('second');
    expect(await bioFor(client.http)).toBe('second');
    expect((await expectStatus(coach.http.get('/coaches/profile'), 200))['bio']).toBe('second');
    await replica.resume();
    expect(
      await eventually(
        () => bioFor(app.http),
        (bio) => bio === 'second',
      ),
    ).toBe('second');
    await untilRead();
  });

  it('reads the primary for strangers too when the replica lags beyond the bound', async () => {
    await replica.pause();
    await write('third');
    const since = performance.now();
    await eventually(
      () => bioFor(app.http),
      (bio) => bio === 'third',
    );
    expect(performance.now() - since).toBeLessThan(MAX_LAG_SECONDS * 1_000 + 1_500);
    expect(await lagSeconds()).toBeGreaterThan(MAX_LAG_SECONDS);
    await replica.resume();
    await untilRead();
  });

  it('searches the replica, and never misses what was written before', async () => {
    const { total } = await search();
    await untilRead();
    replica.takeCountOf('coach_search');
    expect((await search()).total).toBe(total);
    expect(replica.takeCountOf('coach_search')).toBeGreaterThan(0);

    await replica.pause();
    const newcomer = await aCoach(app, { profile: { city: 'Brest' } });
    // The replica is near enough by its age, but has not heard of the newcomer.
    replica.takeCountOf('coach_search');
    expect((await search()).total).toBe(total + 1);
    expect((await search('?city=Brest')).items.map(({ id }) => id)).toEqual([newcomer.id]);
    expect(replica.takeCountOf('coach_search')).toBe(0);
    await replica.resume();
    await untilRead();
    expect((await search('?city=Brest')).items.map(({ id }) => id)).toEqual([newcomer.id]);
    expect(replica.takeCountOf('coach_search')).toBeGreaterThan(0);
  });

  it('is answered by the primary while the replica is gone, and by the replica when it is back', async () => {
    await replica.stop();
    const answers = await Promise.all(Array.from({ length: 20 }, () => bioFor(app.http)));
    expect(new Set(answers)).toEqual(new Set(['third']));
    expect((await search()).total).toBeGreaterThan(0);
    await eventually(lagSeconds, (seconds) => seconds > MAX_LAG_SECONDS);
    await write('fourth');
    expect(await bioFor(app.http)).toBe('fourth');
    await replica.start();
    await untilRead();
    replica.takeCountOf('coach_profiles');
    expect(await bioFor(app.http)).toBe('fourth');
    expect(replica.takeCountOf('coach_profiles')).toBeGreaterThan(0);
  });

  it('is held up for two seconds at most by a replica that answers nothing, and only at first', async () => {
    replica.mute();
    const took = async (): Promise<number> => {
      const since = performance.now();
      expect(await bioFor(app.http)).toBe('fourth');
      return performance.now() - since;
    };
    expect(await took()).toBeLessThan(2_500);
    // From then on it is known.
    expect(Math.max(await took(), await took(), await took())).toBeLessThan(500);
    replica.unmute();
    await untilRead();
    expect(await bioFor(app.http)).toBe('fourth');
  });

  it('serves from the first moment when the replica is not there at the start', async () => {
    await replica.stop();
    const other = await startTestApp({ DATABASE_URL: primary.url, DATABASE_REPLICA_URL: replica.url });
    expect((await other.http.get(`/coaches/${coach.id}/public`)).status).toBe(200);
    expect((await other.http.get('/readyz')).status).toBe(200);
    await other.close();
    await replica.start();
    await untilRead();
  }, 30_000);
});
