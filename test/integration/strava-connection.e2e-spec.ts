import { expectStatus } from 'test/support/coaching';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { settle } from './connecting';
import { connected, SCOPES } from './strava';

const GIVEN_BACK = '/oauth/deauthorize';

describe('the connection to Strava, in Strava’s own words', () => {
  let strava: StravaServer;
  let app: TestApp;
  let me: TestPerson;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  beforeEach(async () => {
    strava.forget();
    me = await app.register();
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  const disconnect = async (): Promise<void> => {
    await expectStatus(me.http.delete('/integrations/disconnect/strava'), 204);
    await settle(app);
  };

  it('asks for what it needs, separated by commas, and without PKCE', async () => {
    const way = await expectStatus<{ authorize_url: string; state: string }>(me.http.get('/integrations/strava'), 200);
    const url = new URL(way.authorize_url);
    expect(`${url.origin}${url.pathname}`).toBe(`${strava.url}/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: strava.clientId,
      redirect_uri: expect.stringMatching(/\/integrations\/strava\/callback$/) as string,
      scope: SCOPES.join(','),
      state: way.state,
      approval_prompt: 'auto',
    });
  });

  it('keeps what the redirect says was granted', async () => {
    await connected(app, strava, me);
    const status = await expectStatus<{ provider: string; scope: string | null }[]>(
      me.http.get('/integrations/status'),
      200,
    );
    const { scope } = status.find(({ provider }) => provider === 'strava') ?? {};
    expect(scope?.split(' ').sort()).toEqual([...SCOPES].sort());
  });

  it('gives the access back with the token in the header', async () => {
    const account = await connected(app, strava, me);
    const [grant] = strava.grants.of(account);
    await disconnect();
    const [request, ...others] = strava.requestsTo(GIVEN_BACK);
    expect(others).toEqual([]);
    expect(request?.headers.authorization).toBe(`Bearer ${grant?.accessToken ?? ''}`);
    expect(`${request?.query.toString()}${request?.body}`).toBe('');
    expect(strava.grants.of(account)).toEqual([]);
  });

  it('asks for another token to give the access back, where this one has expired', async () => {
    const account = await connected(app, strava, me);
    strava.grants.expireAccess();
    await disconnect();
    expect(strava.requestsTo(GIVEN_BACK)).toHaveLength(2);
    expect(strava.grants.of(account)).toEqual([]);
  });

  it('gives it back later, too, where the token had to be renewed before Strava went away', async () => {
    const account = await connected(app, strava, me);
    strava.fail(GIVEN_BACK, { status: 401 });
    strava.fail(GIVEN_BACK, { status: 503 }, 2);
    await disconnect();
    expect(strava.grants.of(account)).toHaveLength(1);
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle(app);
    expect(strava.grants.of(account)).toEqual([]);
    expect(strava.requestsTo('/oauth/token')).toHaveLength(2);
  });

  it('has nothing to give back where the athlete has taken it', async () => {
    const account = await connected(app, strava, me);
    strava.grants.revokeAccount(account);
    await disconnect();
    const { rows } = await app.database.query('SELECT FROM graphile_worker._private_jobs');
    expect(rows).toEqual([]);
  });

  it('gives it back later when Strava is away', async () => {
    const account = await connected(app, strava, me);
    strava.fail(GIVEN_BACK, { status: 503 });
    await disconnect();
    expect(strava.grants.of(account)).toHaveLength(1);
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle(app);
    expect(strava.grants.of(account)).toEqual([]);
  });

  it('keeps whose account it is through a refresh, which does not say it', async () => {
    const account = await connected(app, strava, me);
    strava.grants.expireAccess();
    await expectStatus(me.http.get('/integrations/strava/import'), 200);
    strava.record(account, '2026-03-01T18:30:00Z');
    expect(await expectStatus<unknown[]>(me.http.get('/integrations/strava/import'), 200)).toHaveLength(1);
  });
});
