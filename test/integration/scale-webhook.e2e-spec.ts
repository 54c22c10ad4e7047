import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { secondsOf, WITHINGS_SECRET, WITHINGS_WEBHOOK, WithingsServer } from 'test/support/withings-server';
import { connectScale, historyOf, settle } from './scales';

const NOW = '2026-03-02T09:00:00Z';

let withings: WithingsServer;
let app: TestApp;
let me: TestPerson;
let account: string;

beforeAll(async () => {
  withings = await new WithingsServer().start();
  app = await startTestApp(withings.variables);
  await app.setClock(NOW);
});
afterAll(async () => {
  await app.close();
  await withings.stop();
});
beforeEach(async () => {
  withings.forget();
  withings.now = secondsOf(NOW);
  me = await app.register();
  account = await connectScale(app, withings, me);
  withings.requests.length = 0;
});

const total = async (): Promise<number> => (await historyOf(me)).total;

describe('a call of Withings', () => {
  it('is answered at once, and the scale is read by a job', async () => {
    const group = withings.weigh(account, '2026-03-02T08:59:00Z', { kg: 80 });
    const answer = await withings.call(app.http, withings.newsOf(account, group));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(withings.requests).toEqual([]);
    await settle(app);
    expect((await historyOf(me)).items).toMatchObject([{ weight_kg: 80, source: 'withings' }]);
  });

  it('changes nothing when it is repeated (trust 26)', async () => {
    const group = withings.weigh(account, '2026-03-02T08:59:00Z', { kg: 80 });
    const news = withings.newsOf(account, group);
    await Promise.all(Array.from({ length: 5 }, () => withings.call(app.http, news).expect(200)));
    await settle(app);
    await withings.call(app.http, news).expect(200);
    await settle(app);
    expect(withings.requestsTo('/measure')).toHaveLength(1);
    expect(await total()).toBe(1);
  });

  it('is remembered without whose scale it was', async () => {
    await withings.call(app.http, { userid: account, appli: '1', startdate: '1', enddate: '2' }).expect(200);
    const { rows } = await app.database.query<{ event_id: string }>('SELECT event_id FROM webhook_events');
    expect(rows.length).toBeGreaterThan(0);
    for (const { event_id } of rows) expect(event_id).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['of somebody whom nobody knows', { userid: '1', appli: '1', startdate: '1', enddate: '2' }],
    ['of something else', { userid: 'ACCOUNT', appli: '16', date: '2026-03-02' }],
    ['of nobody', { appli: '1' }],
    ['of more than anybody has', { userid: '9'.repeat(400), appli: '1' }],
    ['without anything', {}],
  ])('%s is answered like any other, and is nothing to do', async (_, fields) => {
    const told = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value.replace('ACCOUNT', account)]),
    );
    await withings.call(app.http, told).expect(200);
    await withings.call(app.http, told).send('userid=1&userid=2&appli=1').expect(200);
    await settle(app);
    expect(withings.requests).toEqual([]);
  });

  it('is answered when it only asks whether the address is ours', async () => {
    const answer = await app.http.head(WITHINGS_WEBHOOK);
    expect(answer.status).toBe(200);
  });
});

describe('a secret that replaces another', () => {
  const fresh = 'the-secret-of-from-now-on';
  const at = (secret: string): string => `http://localhost:3000/webhooks/withings/${secret}`;
  let rotating: TestApp;

  beforeAll(async () => {
    rotating = await startTestApp({
      ...withings.variables,
      WITHINGS_WEBHOOK_SECRET: `${fresh},${WITHINGS_SECRET}`,
      DATABASE_URL: app.databaseUrl,
    });
  });
  afterAll(() => rotating.close());

  const isKnown = async (secret: string): Promise<boolean> =>
    (await rotating.http.head(`/webhooks/withings/${secret}`)).status === 200;

  it('stands beside it: both addresses are called, and no third one (trust 26)', async () => {
    expect([await isKnown(fresh), await isKnown(WITHINGS_SECRET)]).toEqual([true, true]);
    expect([await isKnown(`${fresh},${WITHINGS_SECRET}`), await isKnown('the-secret-of-nobody')]).toEqual([
      false,
      false,
    ]);
  });

  it('is told to Withings when the old address is called, which is called no more then', async () => {
    expect([...(withings.subscriptions.get(account) ?? [])]).toEqual([at(WITHINGS_SECRET)]);
    const group = withings.weigh(account, '2026-03-02T08:59:00Z', { kg: 80 });
    await withings.call(rotating.http, withings.newsOf(account, group)).expect(200);
    await settle(rotating);
    expect([...(withings.subscriptions.get(account) ?? [])]).toEqual([at(fresh)]);
    expect(await total()).toBe(1);
    // From there nothing has to be told any more.
    const asked = withings.requestsTo('/notify/subscribe').length;
    const next = withings.weigh(account, '2026-03-02T08:59:30Z', { kg: 81 });
    await withings.call(rotating.http, withings.newsOf(account, next), `/webhooks/withings/${fresh}`).expect(200);
    await settle(rotating);
    expect(withings.requestsTo('/notify/subscribe')).toHaveLength(asked);
    expect(await total()).toBe(2);
  });

  it('is the only one that whoever connects is called at, and leaves no address behind', async () => {
    const other = await rotating.register();
    const theirs = await connectScale(rotating, withings, other);
    expect([...(withings.subscriptions.get(theirs) ?? [])]).toEqual([at(fresh)]);
    withings.subscriptions.get(theirs)?.add(at(WITHINGS_SECRET));
    await other.http.delete('/integrations/disconnect/withings').expect(204);
    await settle(rotating);
    expect([...(withings.subscriptions.get(theirs) ?? [])]).toEqual([]);
  });
});

describe('somebody who does not know the secret', () => {
  it('finds no such address, as anywhere where nothing is', async () => {
    const nowhere = await app.http.post('/webhooks/nowhere/at-all').type('form').send({ userid: account });
    const wrong = await withings.call(app.http, { userid: account, appli: '1' }, `${WITHINGS_WEBHOOK}x`);
    const told = ({ body, status }: typeof wrong): unknown => ({
      status,
      body: { ...(body as object), request_id: '' },
    });
    expect(told(wrong)).toEqual(told(nowhere));
    expect(wrong.body).toMatchObject({ detail: 'not_found' });
    for (const guess of ['', 'x', encodeURIComponent('../..'), '%00', 'a'.repeat(5_000)]) {
      expect((await app.http.head(`/webhooks/withings/${guess}`)).status).toBe(404);
      expect((await withings.call(app.http, {}, `/webhooks/withings/${guess}`)).status).toBe(404);
    }
    await settle(app);
    expect(withings.requests).toEqual([]);
  });

  it('has only so many guesses a minute', async () => {
    const limited = await startTestApp({ ...withings.variables, RATE_LIMIT_FACTOR: '1' });
    try {
      const statuses: number[] = [];
      for (let guess = 0; guess < 125; guess += 1)
        statuses.push((await limited.http.head(`/webhooks/withings/guess-${guess}`)).status);
      expect(statuses.slice(0, 100)).toEqual(Array<number>(100).fill(404));
      expect(statuses.at(-1)).toBe(429);
      // Withings itself is not limited.
      expect((await limited.http.head(WITHINGS_WEBHOOK)).status).toBe(200);
    } finally {
      await limited.close();
    }
  });

  it('finds no address at all where nobody is to call', async () => {
    const { WITHINGS_WEBHOOK_SECRET: _, ...silent } = withings.variables;
    const quiet = await startTestApp(silent);
    try {
      expect((await quiet.http.head(WITHINGS_WEBHOOK)).status).toBe(404);
      expect((await withings.call(quiet.http, { userid: account, appli: '1' })).status).toBe(404);
      const person = await quiet.register();
      await connectScale(quiet, withings, person);
      expect(withings.requestsTo('/measure')).toHaveLength(1);
      expect(withings.requestsTo('/notify')).toEqual([]);
    } finally {
      await quiet.close();
    }
  });
});
