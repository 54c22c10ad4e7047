import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { secondsOf, WITHINGS_SECRET, WithingsServer } from 'test/support/withings-server';
import { connectScale, historyOf, settle } from './scales';

const NOW = '2026-03-02T09:00:00Z';
const HOUR = 3_600;

let withings: WithingsServer;
let app: TestApp;

beforeAll(async () => {
  withings = await new WithingsServer().start();
  app = await startTestApp(withings.variables);
});
afterAll(async () => {
  await app.close();
  await withings.stop();
});
beforeEach(async () => {
  withings.forget();
  withings.now = secondsOf(NOW);
  await app.setClock(NOW);
  await app.database.query('DELETE FROM scale_syncs');
});

const weightsOf = async (person: TestPerson): Promise<(number | null)[]> =>
  (await historyOf(person)).items.map(({ weight_kg }) => weight_kg);
const jobs = async (task: string): Promise<number> => {
  const { rows } = await app.database.query('SELECT FROM graphile_worker.jobs WHERE task_identifier = $1', [task]);
  return rows.length;
};
const aScale = async (): Promise<{ person: TestPerson; account: string }> => {
  const person = await app.register();
  return { person, account: await connectScale(app, withings, person) };
};

describe('a scale that was connected', () => {
  it('is read at once, and Withings is asked to call', async () => {
    withings.weigh(withings.defaultAccount, '2024-05-01T06:00:00Z', { kg: 80 });
    const person = await app.register();
    const { body } = await person.http.get('/integrations/scale').expect(200);
    const back = await withings.decide((body as { authorize_url: string }).authorize_url);
    expect(back.pathname).toBe('/integrations/scale/callback');
    await app.http
      .get(`${back.pathname}${back.search}`)
      .expect(200, { status: 'connected', provider: 'withings', scope: 'user.metrics' });
    await settle(app);
    expect(await weightsOf(person)).toEqual([80]);
    const [asked] = withings.requestsTo('/notify/subscribe');
    expect(Object.fromEntries(asked?.form ?? [])).toEqual({
      action: 'subscribe',
      callbackurl: `http://localhost:3000/webhooks/withings/${WITHINGS_SECRET}`,
      appli: '1',
    });
    expect([...withings.subscriptions.keys()]).toEqual([withings.defaultAccount]);
  });

  it('asks for no more than the weight, and for no PKCE that Withings does not know', async () => {
    const person = await app.register();
    const { body } = await person.http.get('/integrations/scale').expect(200);
    const { searchParams } = new URL((body as { authorize_url: string }).authorize_url);
    expect([...searchParams.keys()].sort()).toEqual(['client_id', 'redirect_uri', 'response_type', 'scope', 'state']);
    expect(searchParams.get('scope')).toBe('user.metrics');
  });

  it('is given back when it is disconnected: no more calls, and no more access', async () => {
    const { person, account } = await aScale();
    expect(withings.grants.of(account)).toHaveLength(1);
    await person.http.delete('/integrations/disconnect/withings').expect(204);
    await settle(app);
    expect([...(withings.subscriptions.get(account) ?? [])]).toEqual([]);
    expect(withings.grants.of(account)).toEqual([]);
    const [nonce, revoked] = [withings.requestsTo('/v2/signature'), withings.requestsTo('/v2/oauth2/revoke')];
    expect([nonce.length, revoked.length]).toEqual([1, 1]);
    expect(revoked[0]?.form.get('userid')).toBe(account);
  });

  it('is given back, too, where the token for it has expired, or Withings knows of no calls', async () => {
    const first = await aScale();
    withings.grants.expireAccess();
    await first.person.http.delete('/integrations/disconnect/withings').expect(204);
    await settle(app);
    expect(withings.grants.of(first.account)).toEqual([]);
    expect(await jobs('revoke_grant')).toBe(0);
  });

  it('is no longer read when it was disconnected, and its jobs end', async () => {
    const { person, account } = await aScale();
    await withings.call(app.http, withings.newsOf(account, withings.weigh(account, NOW, { kg: 70 }))).expect(200);
    await person.http.delete('/integrations/disconnect/withings').expect(204);
    withings.requests.length = 0;
    await settle(app);
    expect(withings.requestsTo('/measure')).toEqual([]);
    expect(await jobs('read_scale')).toBe(0);
  });
});

describe('sync_scales', () => {
  it('reads every connected scale each six hours, and nobody else’s', async () => {
    const [one, other] = [await aScale(), await aScale()];
    await app.register();
    withings.now = secondsOf('2026-03-02T12:00:00Z');
    for (const { account } of [one, other]) withings.weigh(account, '2026-03-02T10:00:00Z', { kg: 80 });
    withings.requests.length = 0;
    const run = await app.advance(6 * HOUR);
    expect(run.filter(({ name }) => name === 'sync_scales')).toEqual([
      { name: 'sync_scales', at: '2026-03-02T12:00:00Z' },
    ]);
    expect(withings.requestsTo('/measure')).toHaveLength(2);
    for (const { person } of [one, other]) expect(await weightsOf(person)).toEqual([80]);
    const later = await app.advance(12 * HOUR);
    expect(later.filter(({ name }) => name === 'sync_scales').map(({ at }) => at)).toEqual([
      '2026-03-02T18:00:00Z',
      '2026-03-03T00:00:00Z',
    ]);
  });

  it('changes nothing when it runs again, and says how many it had read', async () => {
    await aScale();
    await aScale();
    await app.setClock('2026-03-02T12:00:00Z');
    const run = async (): Promise<unknown> => (await app.http.post('/sandbox/jobs/sync_scales/run').expect(200)).body;
    expect(await run()).toMatchObject({ name: 'sync_scales', processed_count: 2 });
    expect(await run()).toMatchObject({ processed_count: 0 });
  });

  it('is no worse for one that fails: the others are read, and it is tried again (trust 53)', async () => {
    const [bad, good] = [await aScale(), await aScale()];
    withings.grants.revokeAccount(bad.account);
    withings.weigh(good.account, '2026-03-02T10:00:00Z', { kg: 80 });
    withings.now = secondsOf('2026-03-02T12:00:00Z');
    await app.advance(6 * HOUR);
    expect(await weightsOf(good.person)).toEqual([80]);
    const { body } = await bad.person.http.get('/integrations/status').expect(200);
    expect(body).toContainEqual(expect.objectContaining({ provider: 'withings', needs_reconnect: true }));
    withings.requests.length = 0;
    await app.advance(6 * HOUR);
    // The tokens of the good one alone, and his scale.
    const forWhom = (path: string): number => withings.requestsTo(path).length;
    expect([forWhom('/v2/oauth2'), forWhom('/measure')]).toEqual([1, 1]);
  });

  it('keeps a job that ran into a fault of Withings', async () => {
    const { person, account } = await aScale();
    withings.weigh(account, '2026-03-02T10:00:00Z', { kg: 80 });
    withings.fail('/measure', { status: 500 });
    await app.advance(6 * HOUR);
    const { rows } = await app.database.query<{ last_error: string }>(
      "SELECT last_error FROM graphile_worker.jobs WHERE task_identifier = 'read_scale'",
    );
    expect(rows).toEqual([{ last_error: expect.stringContaining('withings http_500') as string }]);
    await app.database.query("UPDATE graphile_worker._private_jobs SET run_at = now() - interval '1 second'");
    await settle(app);
    expect(await weightsOf(person)).toEqual([80]);
  });

  it('leaves no job behind of a scale that Withings refuses to read for good: the next tick asks anew', async () => {
    await aScale();
    withings.fail('/measure', { status: 400 });
    await app.advance(6 * HOUR);
    expect(await jobs('read_scale')).toBe(0);
  });

  it('is queued once by several processes', async () => {
    await aScale();
    await app.setClock('2026-03-02T12:00:00Z');
    const other = await startTestApp({ ...withings.variables, DATABASE_URL: app.databaseUrl });
    try {
      await other.setClock('2026-03-02T12:00:00Z');
      const runs = await Promise.all(
        [app, other, app, other].map((each) => each.http.post('/sandbox/jobs/sync_scales/run').expect(200)),
      );
      const counts = runs.map(({ body }) => (body as { processed_count: number }).processed_count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    } finally {
      await other.close();
    }
  });
});
