import { IntegrationNotConnected } from 'src/modules/integration/integration.errors';
import { eventually } from 'test/support/eventually';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { connect, settle, statusOf, storedOf, tokenOf } from './connecting';

const ACCOUNT = '4711';
const STRAVA = { route: 'strava' } as const;

describe('tokens that are renewed by several processes (trust 25)', () => {
  let server: StravaServer;
  let apps: [TestApp, TestApp];
  let one: TestApp;
  let person: TestPerson;

  const asked = (): number => server.requestsTo(server.tokenPath).length;
  /** Three callers in each of the two processes, at once. */
  const everybody = (): Promise<PromiseSettledResult<string>[]> =>
    Promise.allSettled([...apps, ...apps, ...apps].map((app) => tokenOf(app, person, 'strava')));
  const row = async (): Promise<{ version: number; refresher: string | null }> => {
    const { rows } = await one.database.query<{ version: number; refresher: string | null }>(
      'SELECT version, refresher FROM oauth_connections WHERE user_id = $1',
      [person.id],
    );
    return rows[0] ?? { version: -1, refresher: null };
  };

  beforeAll(async () => {
    server = await new StravaServer().start();
    one = await startTestApp(server.variables);
    apps = [one, await startTestApp({ ...server.variables, DATABASE_URL: one.databaseUrl })];
  });
  afterAll(async () => {
    for (const app of apps.reverse()) await app.close();
    await server.stop();
  });
  beforeEach(async () => {
    server.forget();
    await one.setClock('2026-03-02T06:00:00Z');
    person = await one.register();
    await connect(one, person, STRAVA, server, { account: ACCOUNT });
    server.requests.length = 0;
    await one.setClock('2026-03-02T18:00:00Z');
    // Both processes know what time it is.
    await eventually(
      () => apps[1].http.get('/sandbox/clock'),
      ({ text }) => text.includes('2026-03-02T18:00:00'),
    );
  });

  it('asks once, and everybody has the same new token', async () => {
    server.fail(server.tokenPath, { delayMs: 400 });
    const tokens = await everybody();
    expect(asked()).toBe(1);
    const [grant] = server.grants.of(ACCOUNT);
    expect(tokens).toEqual(tokens.map(() => ({ status: 'fulfilled', value: grant?.accessToken })));
    expect(await row()).toEqual({ version: 2, refresher: null });
    server.grants.expireAccess();
    await one.setClock('2026-03-03T18:00:00Z');
    expect(await tokenOf(one, person, 'strava')).toBe(server.grants.of(ACCOUNT)[0]?.accessToken);
  });

  it('asks once when tokens of one version are refused to many at once', async () => {
    await everybody();
    server.requests.length = 0;
    server.grants.expireAccess();
    server.fail(server.tokenPath, { delayMs: 300 });
    const answers = await Promise.all(
      [...apps, ...apps].map((app) => app.client(person.key).get('/integrations/strava/import')),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(asked()).toBe(1);
  });

  it('tells everybody of one refusal, tells the owner once, and asks no more', async () => {
    server.grants.revokeAccount(ACCOUNT);
    server.fail(server.tokenPath, { delayMs: 300 });
    for (const outcome of await everybody())
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(IntegrationNotConnected) as unknown });
    expect(asked()).toBe(1);
    expect((await everybody()).map(({ status }) => status)).not.toContain('fulfilled');
    expect(asked()).toBe(1);
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: false, needs_reconnect: true });
    const told = await person.http.get('/notifications');
    const { items } = told.body as { items: { type: string }[] };
    expect(items.map(({ type }) => type)).toEqual(['integration_reconnect']);
  });

  it('fails for each process once when the provider is away, and is well again afterwards', async () => {
    server.fail(server.tokenPath, { status: 503 }, Infinity);
    expect((await everybody()).map(({ status }) => status)).not.toContain('fulfilled');
    expect(asked()).toBeLessThanOrEqual(2);
    expect(await row()).toEqual({ version: 1, refresher: null });
    server.mend();
    expect((await everybody()).map(({ status }) => status)).not.toContain('rejected');
  });

  it('takes over from a process that died while it asked', async () => {
    const lease = (seconds: number): Promise<unknown> =>
      one.database.query(
        `UPDATE oauth_connections SET refresher = gen_random_uuid(),
           refreshing_until = clock_timestamp() + $2 * interval '1 second' WHERE user_id = $1`,
        [person.id, seconds],
      );
    await lease(1);
    const begun = performance.now();
    await expect(tokenOf(one, person, 'strava')).resolves.toMatch(/^access_/);
    expect(performance.now() - begun).toBeGreaterThan(700);
    expect(asked()).toBe(1);
  });

  it('writes the answer down when nobody waits for it any more', async () => {
    server.fail(server.tokenPath, { delayMs: 500 });
    const asking = one.client(person.key).get('/integrations/strava/import').timeout(100);
    await expect(asking).rejects.toThrow(/[Tt]imeout/);
    await eventually(row, ({ version }) => version === 2);
    expect(await tokenOf(one, person, 'strava')).toBe(server.grants.of(ACCOUNT)[0]?.accessToken);
    expect(asked()).toBe(1);
  });

  it('gives back what it is told after somebody has disconnected', async () => {
    server.fail(server.tokenPath, { delayMs: 500 });
    const asking = tokenOf(one, person, 'strava');
    asking.catch(() => undefined);
    await eventually(row, ({ refresher }) => refresher !== null);
    expect((await person.http.delete('/integrations/disconnect/strava')).status).toBe(204);
    await expect(asking).rejects.toBeInstanceOf(IntegrationNotConnected);
    await settle(one);
    expect(await storedOf(one, person)).toEqual({ connections: 0, ways: 0 });
    expect(server.grants.of(ACCOUNT)).toEqual([]);
  });

  it('keeps what somebody has connected anew, when the former grant is refused meanwhile', async () => {
    server.grants.revokeAccount(ACCOUNT);
    server.fail(server.tokenPath, { delayMs: 600 });
    const asking = tokenOf(one, person, 'strava');
    await eventually(row, ({ refresher }) => refresher !== null);
    await connect(one, person, STRAVA, server, { account: ACCOUNT });
    const [grant] = server.grants.of(ACCOUNT);
    await expect(asking).resolves.toBe(grant?.accessToken);
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: true, needs_reconnect: false });
  });
});
