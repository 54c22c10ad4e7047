import { sessionsOf, sessionOf, train, type WireSession } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { StravaServer, SUBSCRIPTION_ID, type WireActivity } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { settle } from './connecting';
import { connected, hears, importOf, pushed, refusalOf } from './strava';

const ACTIVITY = '/api/v3/activities';

describe('what Strava tells at the webhook', () => {
  let strava: StravaServer;
  let app: TestApp;
  let me: TestPerson;
  let account: string;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
    await app.setClock('2026-03-02T06:00:00Z');
  });
  beforeEach(async () => {
    strava.forget();
    me = await app.register({ timezone: 'Europe/Paris' });
    account = await connected(app, strava, me);
    await settle(app);
    strava.requests.length = 0;
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  const sessions = async (): Promise<WireSession[]> => (await sessionsOf(me)).items;
  const isConnected = async (): Promise<unknown> =>
    (await expectStatus<{ provider: string; connected: boolean }[]>(me.http.get('/integrations/status'), 200)).find(
      ({ provider }) => provider === 'strava',
    )?.connected;
  /** What waits for its next run comes now. */
  const again = async (): Promise<void> => {
    await app.database.query('UPDATE graphile_worker._private_jobs SET run_at = now()');
    await settle(app);
  };

  describe('the handshake', () => {
    it('gives the challenge back to who brings the word', async () => {
      const answer = await strava.ask(app.http);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ 'hub.challenge': '15f7d1a91c1f40f8a748fd134752feb3' });
    });

    it.each([
      ['another word', 'the-word-that-strava-repeatS', 'subscribe'],
      ['no word', '', 'subscribe'],
      ['another request', 'the-word-that-strava-repeats', 'unsubscribe'],
    ])('refuses %s', async (_, word, mode) => {
      expect(await refusalOf(strava.ask(app.http, word, mode))).toBe('401 webhook_signature_invalid');
    });

    it('refuses everything where nobody is told', async () => {
      expect(await refusalOf(app.http.get('/webhooks/strava'))).toBe('401 webhook_signature_invalid');
    });
  });

  it('is heard of our subscription alone (trust 26)', async () => {
    const event = strava.eventOf(strava.record(account, '2026-03-01T18:30:00Z'), 'create');
    for (const subscription_id of [1, 'x', undefined, null, { $ne: 0 }])
      expect(await refusalOf(app.http.post('/webhooks/strava').send({ ...event, subscription_id }))).toBe(
        '401 webhook_signature_invalid',
      );
    expect(await refusalOf(app.http.post('/webhooks/strava').send({}))).toBe('401 webhook_signature_invalid');
    await settle(app);
    expect(strava.requests).toEqual([]);
    const { rows } = await app.database.query('SELECT FROM webhook_events');
    expect(rows).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['an athlete of ours who changed his name', { object_type: 'athlete', aspect_type: 'update', updates: {} }],
    ['a kind that nobody knows', { object_type: 'club', object_id: 1, owner_id: 1, aspect_type: 'create' }],
    ['somebody whom we do not know', { object_type: 'activity', object_id: 1, owner_id: 1, aspect_type: 'create' }],
  ])('is answered and passed over: %s', async (_, event) => {
    await hears(app, { ...event, subscription_id: Number(SUBSCRIPTION_ID) });
    expect(strava.requests).toEqual([]);
  });

  it('of a new activity makes a session', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    await hears(app, strava.eventOf(activity, 'create'));
    expect(await sessions()).toMatchObject([
      { source: 'strava', strava_activity_id: String(activity.id), date: '2026-03-01T18:30:00Z', duration_min: 45 },
    ]);
  });

  it('is worked off once, however often and at once it is told', async () => {
    const event = strava.eventOf(strava.record(account, '2026-03-01T18:30:00Z'), 'create');
    const told = Array.from({ length: 5 }, () => refusalOf(app.http.post('/webhooks/strava').send(event)));
    expect(await Promise.all(told)).toEqual(Array.from({ length: 5 }, () => '200'));
    await settle(app);
    await hears(app, event);
    expect(strava.requestsTo(ACTIVITY)).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
  });

  it('of a changed activity changes its session, and makes none', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    await hears(app, strava.eventOf(activity, 'update'));
    expect(await sessions()).toEqual([]);
    await importOf(me);
    Object.assign(activity, { start_date: '2026-03-01T19:00:00Z', moving_time: 1_200 });
    await hears(app, strava.eventOf(activity, 'update', { title: 'Night run' }));
    expect(await sessions()).toMatchObject([{ date: '2026-03-01T19:00:00Z', duration_min: 20 }]);
  });

  it('of a deleted activity deletes its session', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    await importOf(me);
    strava.remove(activity);
    await hears(app, strava.eventOf(activity, 'delete'));
    expect(await sessions()).toEqual([]);
  });

  it('of a deletion that did not happen changes nothing', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    await importOf(me);
    await hears(app, strava.eventOf(activity, 'delete'));
    expect(await sessions()).toHaveLength(1);
  });

  it('in the wrong order ends as it is at Strava', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    const [created, deleted] = [strava.eventOf(activity, 'create'), strava.eventOf(activity, 'delete')];
    strava.remove(activity);
    await hears(app, deleted);
    await hears(app, created);
    expect(await sessions()).toEqual([]);
  });

  it('of an activity that we pushed makes none; when it is deleted there, it may be pushed again', async () => {
    const { id } = await train(me, '2026-03-01T17:00:00Z', []);
    await pushed(me, id);
    const [activity] = strava.activities as [WireActivity];
    await hears(app, strava.eventOf(activity, 'create'));
    expect(await sessions()).toHaveLength(1);
    strava.remove(activity);
    await hears(app, strava.eventOf(activity, 'delete'));
    expect(await sessionOf(me, id)).toMatchObject({ strava_activity_id: null });
    await pushed(me, id);
    expect(strava.activities).toHaveLength(1);
  });

  it('of somebody else’s activity makes none, though Strava would show it', async () => {
    const foreign = strava.record('1', '2026-03-01T18:30:00Z');
    await hears(app, { ...strava.eventOf(foreign, 'create'), owner_id: Number(account) });
    expect(strava.requestsTo(ACTIVITY)).toHaveLength(1);
    expect(await sessions()).toEqual([]);
  });

  it.each([
    ['in trouble', { status: 500 }],
    ['silent at the other end', 'reset'],
    ['answering nonsense', { text: '[]' }],
  ] as const)('is tried again while Strava is %s', async (_, fault) => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    strava.fail(ACTIVITY, fault);
    await hears(app, strava.eventOf(activity, 'create'));
    expect(await sessions()).toEqual([]);
    await again();
    expect(await sessions()).toHaveLength(1);
  });

  it('leaves no job behind of an activity that Strava refuses to show for good', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    strava.fail(ACTIVITY, { status: 400 });
    await hears(app, strava.eventOf(activity, 'create'));
    const { rows } = await app.database.query('SELECT FROM graphile_worker._private_jobs');
    expect(rows).toEqual([]);
  });

  it('waits for who has disconnected in vain', async () => {
    const activity = strava.record(account, '2026-03-01T18:30:00Z');
    strava.fail(ACTIVITY, { status: 500 });
    await hears(app, strava.eventOf(activity, 'create'));
    await expectStatus(me.http.delete('/integrations/disconnect/strava'), 204);
    await again();
    expect(await sessions()).toEqual([]);
    const { rows } = await app.database.query('SELECT FROM graphile_worker._private_jobs');
    expect(rows).toEqual([]);
  });

  describe('that somebody took our access away', () => {
    it('ends the connection and takes along what came through it', async () => {
      strava.record(account, '2026-03-01T18:30:00Z');
      await importOf(me);
      strava.grants.revokeAccount(account);
      await hears(app, strava.goneEvent(account));
      expect(await isConnected()).toBe(false);
      expect(await sessions()).toEqual([]);
      expect(strava.requestsTo('/oauth/deauthorize')).toEqual([]);
    });

    it('changes nothing when it is not so', async () => {
      strava.record(account, '2026-03-01T18:30:00Z');
      await importOf(me);
      await hears(app, strava.goneEvent(account));
      expect(strava.requestsTo('/api/v3/athlete').map(({ path }) => path)).toContain('/api/v3/athlete');
      expect(await isConnected()).toBe(true);
      expect(await sessions()).toHaveLength(1);
    });

    it('is not believed of an account that nobody speaks for now', async () => {
      await app.database.query(
        `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
        [me.id],
      );
      await hears(app, strava.goneEvent(account));
      await app.database.query(`UPDATE users SET status = 'active', status_before_suspension = NULL WHERE id = $1`, [
        me.id,
      ]);
      expect(strava.requests).toEqual([]);
      expect(await isConnected()).toBe(true);
    });

    it('is seen without an event too, by a refresh that is refused', async () => {
      strava.record(account, '2026-03-01T18:30:00Z');
      await importOf(me);
      strava.grants.revokeAccount(account);
      expect(await refusalOf(me.http.get('/integrations/strava/import'))).toBe('422 integration_not_connected');
      expect(await sessions()).toEqual([]);
    });

    it('is asked again when Strava does not answer', async () => {
      strava.grants.revokeAccount(account);
      strava.fail('/api/v3/athlete', { status: 503 });
      await hears(app, strava.goneEvent(account));
      expect(await isConnected()).toBe(true);
      await again();
      expect(await isConnected()).toBe(false);
    });
  });
});
