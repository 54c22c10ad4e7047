import { train } from 'test/performance/training';
import type { ProviderFault } from 'test/support/provider-faults';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { connected, pushed, pushRows, refusalOf } from './strava';

const DATE = '2026-03-01T17:00:00Z';
const ACTIVITIES = '/api/v3/activities';
const LIST = '/api/v3/athlete/activities';

describe('pushing a session while Strava fails', () => {
  let strava: StravaServer;
  let app: TestApp;
  let me: TestPerson;
  let account: string;
  let sessionId: string;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  beforeEach(async () => {
    strava.forget();
    await app.setClock('2026-03-02T06:00:00Z');
    me = await app.register({ timezone: 'Europe/Paris' });
    account = await connected(app, strava, me);
    sessionId = (await train(me, DATE, [])).id;
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  const push = (): Promise<string> => refusalOf(me.http.post(`/integrations/strava/push/${sessionId}`));

  it.each<[string, ProviderFault]>([
    ['it refuses what was sent', { status: 400 }],
    ['it forbids it', { status: 403 }],
    ['it has had too many requests', { status: 429 }],
    ['it points elsewhere', 'elsewhere'],
  ])('is 502 when %s, leaves nothing claimed, and goes through later', async (_, fault) => {
    strava.fail(ACTIVITIES, fault);
    expect(await push()).toBe('502 provider_error');
    expect(await pushRows(app, me)).toEqual([]);
    expect(strava.requestsTo('/elsewhere')).toEqual([]);
    expect(await push()).toBe('200');
    expect(strava.requestsTo(LIST)).toEqual([]);
    expect(strava.activities).toHaveLength(1);
  });

  it.each<[string, ProviderFault]>([
    ['is in trouble', { status: 500 }],
    ['cuts the line', 'reset'],
    ['answers nonsense', { text: '<html>' }],
    ['answers no id', { text: '{"id":"../athlete"}' }],
    ['answers without end', 'oversized'],
  ])('is 502 when it %s and did nothing: the next try looks first, and then sends', async (_, fault) => {
    strava.fail(ACTIVITIES, fault);
    expect(await push()).toBe('502 provider_error');
    expect(await pushRows(app, me)).toEqual([{ state: 'unclear', activity_id: null }]);
    expect(await push()).toBe('200');
    expect(strava.requestsTo(LIST)).toHaveLength(2);
    expect(strava.activities).toHaveLength(1);
  });

  it('goes through at once when it was done and only the answer was lost', async () => {
    strava.fail(ACTIVITIES, 'accept and drop');
    const answer = await pushed(me, sessionId);
    expect(answer.strava_activity_id).toBe(String(strava.activities[0]?.id));
    expect(await push()).toBe('409 already_pushed');
    expect(strava.activities).toHaveLength(1);
  });

  it('finds what was done later, where it cannot look at once either', async () => {
    strava.fail(ACTIVITIES, 'accept and drop');
    strava.fail(LIST, { status: 503 });
    expect(await push()).toBe('502 provider_error');
    expect(strava.activities).toHaveLength(1);
    strava.fail(LIST, { status: 503 });
    expect(await push()).toBe('502 provider_error');
    const answer = await pushed(me, sessionId);
    expect(answer.strava_activity_id).toBe(String(strava.activities[0]?.id));
    expect(strava.requestsTo(ACTIVITIES)).toHaveLength(1);
  });

  it('takes an activity that looks the same for its own only once', async () => {
    const twin = (await train(me, DATE, [])).id;
    await pushed(me, twin);
    strava.fail(ACTIVITIES, { status: 500 });
    expect(await push()).toBe('502 provider_error');
    const answer = await pushed(me, sessionId);
    expect(strava.activities).toHaveLength(2);
    expect(answer.strava_activity_id).toBe(String(strava.activities[1]?.id));
  });

  it('sends what the session says now, when it was changed since a try that did nothing', async () => {
    strava.fail(ACTIVITIES, { status: 500 });
    expect(await push()).toBe('502 provider_error');
    await me.http.put(`/performances/${sessionId}`).send({ duration_min: 20 });
    await pushed(me, sessionId);
    expect(strava.activities).toMatchObject([{ elapsed_time: 1_200 }]);
  });

  it('finds what was sent before the session was changed, and does not send it again', async () => {
    strava.fail(ACTIVITIES, 'accept and drop');
    strava.fail(LIST, { status: 500 });
    expect(await push()).toBe('502 provider_error');
    await me.http.put(`/performances/${sessionId}`).send({ duration_min: 20 });
    await pushed(me, sessionId);
    expect(strava.activities).toMatchObject([{ elapsed_time: 3_600 }]);
  });

  it('takes over, after two minutes, from a process that died while sending', async () => {
    await pushed(me, sessionId);
    await app.database.query(`UPDATE strava_pushes SET state = 'sending', activity_id = NULL WHERE user_id = $1`, [
      me.id,
    ]);
    expect(await push()).toBe('409 already_pushed');
    await app.advance(120);
    expect(await push()).toBe('409 already_pushed');
    await app.advance(1);
    expect((await pushed(me, sessionId)).strava_activity_id).toBe(String(strava.activities[0]?.id));
    expect(strava.activities).toHaveLength(1);
  });

  it('asks for another token once when this one is not taken', async () => {
    strava.grants.expireAccess();
    await pushed(me, sessionId);
    expect(strava.activities).toHaveLength(1);
  });

  it('is 422 when Strava lets us in no more, and leaves nothing claimed', async () => {
    strava.grants.revokeAccount(account);
    expect(await push()).toBe('422 integration_not_connected');
    expect(await pushRows(app, me)).toEqual([]);
  });

  it('says when to come again where Strava does', async () => {
    strava.fail(ACTIVITIES, { status: 429, retryAfter: 120 });
    const answer = await me.http.post(`/integrations/strava/push/${sessionId}`);
    expect(answer.body).toMatchObject({ detail: 'provider_error', retry_after: 120 });
    expect(answer.headers['retry-after']).toBe('120');
  });
});
