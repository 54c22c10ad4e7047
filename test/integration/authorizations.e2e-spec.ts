import { GoogleCalendarServer } from 'test/support/google-calendar-server';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { comeBack, connect, setOut, setStatus, settle, statusOf, storedOf } from './connecting';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const STRAVA = { route: 'strava' } as const;
const NOTHING = { connections: 0, ways: 0 };

describe('the way to a provider and back', () => {
  let app: TestApp;
  let strava: StravaServer;
  let google: GoogleCalendarServer;
  let person: TestPerson;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    google = await new GoogleCalendarServer().start();
    app = await startTestApp({ ...strava.variables, ...google.variables });
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
    await google.stop();
  });
  beforeEach(async () => {
    await app.setClock('2026-03-02T06:00:00Z');
    await settle(app);
    for (const server of [strava, google]) server.forget();
    person = await app.register();
    strava.defaultAccount = String(1_000_000 + Math.trunc(performance.now()));
  });

  it('needs a key', async () => {
    for (const route of ['strava', 'calendar', 'scale', 'status'])
      expect((await app.http.get(`/integrations/${route}`)).status).toBe(401);
    expect((await app.http.delete('/integrations/disconnect/strava')).status).toBe(401);
  });

  it('tells the address, the provider and the state, which is stored as a hash', async () => {
    const answer = await person.http.get('/integrations/strava');
    const { authorize_url: url, state, ...rest } = answer.body as Record<string, string>;
    expect([answer.status, rest]).toEqual([200, { provider: 'strava' }]);
    expect(url).toMatch(`${strava.url}/oauth/authorize?`);
    expect(state).toMatch(/^[A-Za-z0-9_-]{43}\.[0-9a-f]{64}$/);
    const { rows } = await app.database.query('SELECT * FROM oauth_states WHERE user_id = $1', [person.id]);
    expect(rows).toMatchObject([{ provider: 'strava', expires_at: new Date('2026-03-02T06:10:00Z') }]);
    expect(JSON.stringify(rows)).not.toContain(state?.slice(0, 43));
  });

  it('says that nobody configured a provider', async () => {
    const answer = await person.http.get('/integrations/scale');
    expect([answer.status, answer.body]).toMatchObject([503, { detail: 'integration_not_configured' }]);
    expect(await statusOf(person, 'withings')).toMatchObject({ configured: false, connected: false });
  });

  it('answers who connects with the scope, and shows it from then on', async () => {
    const { url } = await setOut(person, STRAVA);
    const answer = await comeBack(app, await strava.decide(url));
    const scope = 'read activity:write activity:read_all';
    expect([answer.status, answer.body]).toEqual([200, { status: 'connected', provider: 'strava', scope }]);
    const states = await person.http.get('/integrations/status');
    const none = { connected: false, needs_reconnect: false, scope: null, expires_at: null };
    expect(states.body).toEqual([
      {
        provider: 'strava',
        connected: true,
        needs_reconnect: false,
        configured: true,
        scope,
        expires_at: '2026-03-02T12:00:00Z',
      },
      { provider: 'google_calendar', configured: true, ...none },
      { provider: 'withings', configured: false, ...none },
      { provider: 'garmin', configured: false, ...none },
    ]);
  });

  it('takes the last moment of ten minutes, and no other', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    await app.setClock('2026-03-02T06:10:00Z');
    expect((await comeBack(app, back)).body).toMatchObject({ detail: 'invalid_state' });
    await app.setClock('2026-03-02T06:09:59Z');
    expect((await comeBack(app, back)).status).toBe(200);
  });

  it('leads nobody back on the way of somebody else (trust 21)', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    const other = await app.register();
    const foreign = await other.http.get(`${back.pathname}${back.search}`);
    expect([foreign.status, foreign.body]).toMatchObject([400, { detail: 'invalid_state' }]);
    for (const one of [person, other]) expect((await storedOf(app, one)).connections).toBe(0);
    // It was not his to use up.
    const own = await person.http.get(`${back.pathname}${back.search}`);
    expect(own.status).toBe(200);
  });

  it('connects no provider by the code of another (trust 23)', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    const mixed = await app.http.get(`/integrations/calendar/callback${back.search}`);
    expect([mixed.status, mixed.body]).toMatchObject([400, { detail: 'invalid_state' }]);
    const calendar = await setOut(person, { route: 'calendar' });
    const query = new URLSearchParams({ state: calendar.state, code: back.searchParams.get('code') ?? '' });
    const foreignCode = await app.http.get(`/integrations/calendar/callback?${query.toString()}`);
    expect([foreignCode.status, foreignCode.body]).toMatchObject([400, { detail: 'oauth_denied' }]);
    expect(strava.requestsTo(strava.tokenPath)).toEqual([]);
    expect((await storedOf(app, person)).connections).toBe(0);
  });

  it('believes no answer that another provider signs with its name', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    back.searchParams.set('iss', 'https://somebody-else.example');
    expect((await comeBack(app, back)).body).toMatchObject({ detail: 'provider_error' });
    expect(await storedOf(app, person)).toEqual(NOTHING);
  });

  it('looks at the state before anything else, and takes no list for one (trust 7)', async () => {
    const state = `${'a'.repeat(43)}.${'0'.repeat(64)}`;
    const queries: Record<string, string>[] = [
      { state, error: 'access_denied' },
      { state, code: 'x' },
      { state },
      { state: 'short' },
    ];
    for (const query of queries) {
      const answer = await app.http.get(`/integrations/strava/callback?${new URLSearchParams(query).toString()}`);
      expect([answer.status, answer.body]).toMatchObject([400, { detail: 'invalid_state' }]);
    }
    for (const query of ['', '?code=x', '?state=a&state=b&code=x', '?state[]=a&code=x'])
      expect((await app.http.get(`/integrations/strava/callback${query}`)).status).toBe(422);
  });

  it('takes one of many that come back at once', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    const answers = await Promise.all(Array.from({ length: 8 }, () => comeBack(app, back)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(400)]);
    expect(strava.requestsTo(strava.tokenPath)).toHaveLength(1);
  });

  it('uses nothing up for who only looks', async () => {
    const { url } = await setOut(person, STRAVA);
    const back = await strava.decide(url);
    expect((await app.http.head(`${back.pathname}${back.search}`)).status).toBe(200);
    expect((await comeBack(app, back)).status).toBe(200);
  });

  it('sends browsers on to the app, whatever came of it', async () => {
    const to = async (spoil: (back: URL) => void, isDenied = false): Promise<unknown> => {
      const { url } = await setOut(person, STRAVA);
      const back = await strava.decide(url, { isDenied });
      spoil(back);
      const answer = await comeBack(app, back).set('Accept', BROWSER).redirects(0);
      expect(answer.status).toBe(302);
      return answer.headers['location'];
    };
    const app_ = 'mycoach://integrations?provider=strava&status=';
    expect(await to(() => undefined)).toBe(`${app_}connected`);
    expect(await to(() => undefined, true)).toBe(`${app_}denied`);
    expect(await to((back) => back.searchParams.set('state', 'x'))).toBe(`${app_}invalid`);
    expect(await to((back) => back.searchParams.delete('state'))).toBe(`${app_}failed`);
    strava.fail(strava.tokenPath, { status: 500 });
    expect(await to(() => undefined)).toBe(`${app_}failed`);
  });

  it.each(['suspended', 'deletion_pending', 'deleted'])(
    'stores nothing for an account that is %s by then',
    async (status) => {
      const { url } = await setOut(person, STRAVA);
      const back = await strava.decide(url);
      await setStatus(app, person, status);
      expect((await comeBack(app, back)).body).toMatchObject({ detail: 'invalid_state' });
      expect(await storedOf(app, person)).toEqual(NOTHING);
      await settle(app);
      expect(strava.grants.of(strava.defaultAccount)).toEqual([]);
    },
  );

  it('puts a new grant in the place of the former one, and takes nothing from it', async () => {
    await connect(app, person, STRAVA, strava);
    await connect(app, person, STRAVA, strava);
    expect(await storedOf(app, person)).toEqual({ connections: 1, ways: 0 });
    await settle(app);
    expect(strava.requestsTo('/oauth/deauthorize')).toEqual([]);
    expect(await statusOf(person, 'strava')).toMatchObject({ connected: true });
  });

  it('gives the former grant back when another account of the provider takes its place', async () => {
    await connect(app, person, STRAVA, strava, { account: '1' });
    await connect(app, person, STRAVA, strava, { account: '2' });
    await settle(app);
    expect([strava.grants.of('1'), strava.grants.of('2')]).toMatchObject([[], [{ account: '2' }]]);
    expect(await storedOf(app, person)).toEqual({ connections: 1, ways: 0 });
  });

  it('forgets ways from which nobody came back', async () => {
    await setOut(person, STRAVA);
    await app.setClock('2026-03-03T06:00:00Z');
    expect((await app.http.post('/sandbox/jobs/purge_expired_tokens/run')).status).toBe(200);
    expect(await storedOf(app, person)).toEqual(NOTHING);
  });
});
