import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { secondsOf, WithingsServer } from 'test/support/withings-server';
import { connectScale, historyOf, importOf, refusedImport, settle, weigh } from './scales';

const NOW = '2026-03-02T09:00:00Z';

let withings: WithingsServer;
let app: TestApp;
let me: TestPerson;
let account: string;

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
  me = await app.register({ locale: 'fr-FR', timezone: 'Europe/Paris' });
  account = await connectScale(app, withings, me);
  withings.requests.length = 0;
});

const weights = async (): Promise<(number | null)[]> => (await importOf(me)).map(({ weight_kg }) => weight_kg);
const asked = () => withings.requestsTo('/measure').map(({ form }) => Object.fromEntries(form));

describe('an import of a scale', () => {
  it('is told with every field, and kept', async () => {
    await me.http.post('/clients/profile').send({ height_cm: 180 });
    const measured = { kg: 80, fatPct: 21.345, muscleKg: 60.4, waterKg: 44, boneKg: 3.1 };
    withings.weigh(account, '2026-03-02T08:58:00Z', measured);
    const [measurement] = await importOf(me);
    expect(measurement).toEqual({
      id: measurement?.id,
      user_id: me.id,
      measured_at: '2026-03-02T08:58:00Z',
      ...{ weight_kg: 80, bmi: 24.69, fat_pct: 21.35, muscle_pct: 75.5, water_pct: 55, bone_kg: 3.1 },
      source: 'withings',
    });
    expect((await historyOf(me, '?source=withings')).items).toEqual([measurement]);
    expect(asked()).toEqual([
      { action: 'getmeas', meastypes: '1,6,76,77,88', category: '1', lastupdate: String(secondsOf(NOW) - 300) },
    ]);
  });

  it('tells what is new alone, latest first', async () => {
    for (const day of [1, 3, 2]) withings.weigh(account, `2026-02-0${day}T06:00:00Z`, { kg: 70 + day });
    // Read when it was connected, so that these are old for a scale that is asked from then on.
    await app.database.query('UPDATE scale_syncs SET known_until = 0');
    expect(await weights()).toEqual([73, 72, 71]);
    expect(await weights()).toEqual([]);
    withings.weigh(account, '2026-03-02T08:59:00Z', { kg: 75 });
    expect(await weights()).toEqual([75]);
    expect((await historyOf(me)).total).toBe(4);
  });

  it('asks from where the last one ended, with some overlap, and never from what is to come', async () => {
    await weights();
    withings.now = secondsOf('2027-01-01T00:00:00Z');
    await weights();
    await weights();
    const overlap = String(secondsOf(NOW) - 300);
    expect(asked().map(({ lastupdate }) => lastupdate)).toEqual([overlap, overlap, overlap]);
  });

  it('goes from page to page, and tells the last 500 of very many', async () => {
    withings.pageSize = 90;
    await app.database.query('UPDATE scale_syncs SET known_until = 0');
    const start = secondsOf('2024-01-01T06:00:00Z');
    for (let day = 0; day < 610; day += 1)
      withings.weigh(account, new Date((start + day * 86_400) * 1_000).toISOString(), { kg: 70 });
    const told = await importOf(me);
    expect(told).toHaveLength(500);
    expect(told[0]?.measured_at).toBe('2025-09-01T06:00:00Z');
    expect((await historyOf(me)).total).toBe(610);
    expect(asked().map(({ offset }) => offset)).toEqual([undefined, '90', '180', '270', '360', '450', '540']);
  });

  it('never keeps an instant twice, however many run at once', async () => {
    for (let hour = 0; hour < 8; hour += 1) withings.weigh(account, `2026-03-02T0${hour}:00:00Z`, { kg: 70 });
    withings.weigh(account, '2026-03-02T00:00:00Z', { kg: 71 }, { modified: secondsOf(NOW) });
    await app.database.query('UPDATE scale_syncs SET known_until = 0');
    const told = await Promise.all(Array.from({ length: 6 }, () => importOf(me)));
    expect(told.flat()).toHaveLength(8);
    expect(new Set(told.flat().map(({ id }) => id)).size).toBe(8);
    const { items, total } = await historyOf(me);
    expect(total).toBe(8);
    // Of two of one instant the one that changed last.
    expect(items.at(-1)).toMatchObject({ measured_at: '2026-03-02T00:00:00Z', weight_kg: 71 });
  });

  it('hears what was corrected, and tells it as nothing new', async () => {
    const group = withings.weigh(account, '2026-03-02T06:00:00Z', { kg: 70 });
    await app.database.query('UPDATE scale_syncs SET known_until = 0');
    const [first] = await importOf(me);
    group.measures = [{ type: 1, value: 715, unit: -1 }];
    group.modified = secondsOf(NOW);
    expect(await weights()).toEqual([]);
    expect((await historyOf(me)).items).toEqual([{ ...first, weight_kg: 71.5 }]);
  });

  it('stands beside what was told by hand of the same moment', async () => {
    await weigh(me, 69, '2026-03-02T08:58:00Z');
    withings.weigh(account, '2026-03-02T08:58:00Z', { kg: 70 });
    expect(await weights()).toEqual([70]);
    expect((await historyOf(me)).total).toBe(2);
  });

  it('believes no nonsense, and loses nothing else by it (trust 28)', async () => {
    const at = '2026-03-02T08:57:00Z';
    withings.weigh(account, at, { kg: 70 }, { attrib: 1 });
    withings.weigh(account, at, { kg: 70 }, { category: 2 });
    withings.weigh(account, at, { kg: 5_000 });
    withings.weigh(account, at, { kg: 70 }, { measures: [{ type: 1, value: 70, unit: 400 }] });
    withings.weigh(account, '2026-04-02T09:00:00Z', { kg: 70 });
    for (const lie of [null, 'x', 7, [], { measures: 'none' }]) withings.keep(account, lie);
    withings.weigh(account, '2026-03-02T08:58:00Z', { kg: 72 });
    expect(await weights()).toEqual([72]);
  });

  it('is of the own account alone', async () => {
    withings.weigh('999', '2026-03-02T08:58:00Z', { kg: 99 });
    const other = await app.register();
    const theirs = await connectScale(app, withings, other);
    withings.weigh(theirs, '2026-03-02T08:58:00Z', { kg: 50 });
    expect(await weights()).toEqual([]);
    expect((await importOf(other)).map(({ weight_kg }) => weight_kg)).toEqual([50]);
  });

  it('refuses who has connected nothing, or has no key', async () => {
    expect(await refusedImport(await app.register())).toEqual([422, 'integration_not_connected']);
    expect((await app.http.get('/integrations/scale/import')).status).toBe(401);
  });

  it('leaves what was measured when the scale is disconnected, and knows it when it comes back', async () => {
    withings.weigh(account, '2026-03-02T08:58:00Z', { kg: 72 });
    expect(await weights()).toEqual([72]);
    expect((await me.http.delete('/integrations/disconnect/withings')).status).toBe(204);
    await settle(app);
    expect((await historyOf(me)).total).toBe(1);
    expect((await app.database.query('SELECT FROM scale_syncs WHERE user_id = $1', [me.id])).rowCount).toBe(0);
    expect(await refusedImport(me)).toEqual([422, 'integration_not_connected']);
    // Another scale has a history of its own, older than what was read of the first one.
    const next = await connectScale(app, withings, me);
    withings.weigh(next, '2025-01-01T06:00:00Z', { kg: 90 });
    await app.database.query('UPDATE scale_syncs SET known_until = 0');
    expect(await weights()).toEqual([90]);
    expect((await historyOf(me)).total).toBe(2);
  });
});

describe('a scale whose provider fails', () => {
  it.each([
    ['an error in its envelope', { text: JSON.stringify({ status: 2555, error: 'An unknown error occurred' }) }],
    ['a request that it calls wrong', { text: JSON.stringify({ status: 503, error: 'Invalid Params' }) }],
    ['an answer that is none', { text: '[]' }],
    ['an answer without groups', { text: JSON.stringify({ status: 0, body: { updatetime: 1 } }) }],
    ['a fault', { status: 500 }],
    ['no connection', 'reset' as const],
  ])('by %s is a 502, and loses nothing', async (_, fault) => {
    withings.weigh(account, '2026-03-02T08:58:00Z', { kg: 72 });
    withings.fail('/measure', fault);
    expect(await refusedImport(me)).toEqual([502, 'provider_error']);
    expect(await weights()).toEqual([72]);
  });

  it('says when to come back where it was asked too often', async () => {
    withings.fail('/measure', { text: JSON.stringify({ status: 601, error: 'Too Many Request' }) });
    const answer = await me.http.get('/integrations/scale/import');
    expect([answer.status, answer.body]).toMatchObject([502, { detail: 'provider_error', retry_after: 60 }]);
    expect(answer.headers['retry-after']).toBe('60');
  });

  it('keeps nothing of a page before the one that failed', async () => {
    withings.pageSize = 1;
    for (const minute of [56, 57, 58]) withings.weigh(account, `2026-03-02T08:${minute}:00Z`, { kg: minute });
    withings.fail('/measure', { delayMs: 0 });
    withings.fail('/measure', { status: 500 });
    expect(await refusedImport(me)).toEqual([502, 'provider_error']);
    expect((await historyOf(me)).total).toBe(0);
    expect(await weights()).toEqual([58, 57, 56]);
  });

  it('is not asked for ever when it says that there is always more', async () => {
    const endless = { updatetime: 1, more: 1, offset: 1, measuregrps: [] };
    withings.fail('/measure', { text: JSON.stringify({ status: 0, body: endless }) }, Infinity);
    expect(await refusedImport(me)).toEqual([502, 'provider_error']);
    expect(asked()).toHaveLength(2);
  });

  it('renews a token that is refused in an envelope, and asks again', async () => {
    withings.weigh(account, '2026-03-02T08:58:00Z', { kg: 72 });
    withings.grants.expireAccess();
    expect(await weights()).toEqual([72]);
    expect(withings.requestsTo('/v2/oauth2/requesttoken')).toHaveLength(1);
  });

  it('has to be connected anew when it refuses the refresh, and is asked nothing until then', async () => {
    withings.grants.revokeAccount(account);
    expect(await refusedImport(me)).toEqual([422, 'integration_not_connected']);
    withings.requests.length = 0;
    expect(await refusedImport(me)).toEqual([422, 'integration_not_connected']);
    expect(withings.requests).toEqual([]);
  });

  it('keeps everybody connected when the secret of the application is wrong', async () => {
    const wrong = { text: JSON.stringify({ status: 503, error: 'Invalid Params: invalid client_secret' }) };
    withings.grants.expireAccess();
    withings.fail('/v2/oauth2', wrong);
    expect(await refusedImport(me)).toEqual([502, 'provider_error']);
    expect(await weights()).toEqual([]);
  });
});

describe('without an application at Withings', () => {
  it('nobody imports, and everybody weighs', async () => {
    const plain = await startTestApp();
    try {
      const person = await plain.register();
      expect(await refusedImport(person)).toEqual([422, 'integration_not_connected']);
      await weigh(person, 70);
      expect((await historyOf(person)).total).toBe(1);
    } finally {
      await plain.close();
    }
  });
});
