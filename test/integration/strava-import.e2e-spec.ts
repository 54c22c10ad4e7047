import { bond } from 'test/booking/dealings';
import { sessionOf, sessionsOf, train } from 'test/performance/training';
import { aCoach, expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { connected, importOf, pushed, refusalOf } from './strava';

const NOW = '2026-03-02T06:00:00Z';
const LIST = '/api/v3/athlete/activities';

describe('importing activities from Strava', () => {
  let strava: StravaServer;
  let app: TestApp;
  let me: TestPerson;
  let account: string;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
  });
  beforeEach(async () => {
    strava.forget();
    await app.setClock(NOW);
    me = await app.register({ timezone: 'Europe/Paris' });
    account = await connected(app, strava, me);
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  it('answers them latest first, and makes a session of each', async () => {
    const ride = strava.record(account, '2026-02-27T10:00:00Z', { name: 'Col de la Croix', sport_type: 'GravelRide' });
    const run = strava.record(account, '2026-03-01T18:30:00Z');
    const [first, second, ...others] = await importOf(me);
    expect(others).toEqual([]);
    expect([first, second]).toEqual([
      {
        ...{ strava_activity_id: String(run.id), name: 'Evening run', type: 'Run', imported: true },
        ...{ start_date: '2026-03-01T18:30:00Z', duration_min: 45, session_id: expect.any(String) as string },
      },
      {
        ...{ strava_activity_id: String(ride.id), name: 'Col de la Croix', type: 'GravelRide', imported: true },
        ...{ start_date: '2026-02-27T10:00:00Z', duration_min: 45, session_id: expect.any(String) as string },
      },
    ]);
    expect(await sessionOf(me, first?.session_id ?? '')).toMatchObject({
      ...{ user_id: me.id, session_type: 'solo_free', source: 'strava', strava_activity_id: String(run.id) },
      ...{ date: '2026-03-01T18:30:00Z', duration_min: 45, exercise_sets: [], total_volume_kg: 0, entered_by: null },
      source_terms: { visible_to_coach: false, usable_for_stats: false, keep_until: '2026-03-08T06:00:00Z' },
    });
  });

  it('makes no second session of an activity that it knows, and tells which one it is', async () => {
    strava.record(account, '2026-03-01T18:30:00Z');
    const [first] = await importOf(me);
    strava.record(account, '2026-03-01T20:00:00Z');
    const [fresh, known] = await importOf(me);
    expect([fresh?.imported, known?.imported, known?.session_id]).toEqual([true, false, first?.session_id]);
    expect((await sessionsOf(me)).total).toBe(2);
  });

  it('makes one session of an activity when several ask at once', async () => {
    for (const day of [1, 2, 3]) strava.record(account, `2026-02-0${day}T18:30:00Z`);
    const answers = await Promise.all(Array.from({ length: 5 }, () => importOf(me)));
    expect((await sessionsOf(me)).total).toBe(3);
    expect(answers.flat().filter(({ imported }) => imported)).toHaveLength(3);
    expect(new Set(answers.flat().map(({ session_id }) => session_id)).size).toBe(3);
  });

  it('takes ten where nobody says how many, and 1 to 30', async () => {
    for (let day = 1; day <= 28; day += 1)
      for (const hour of ['07', '18']) strava.record(account, `2026-02-${String(day).padStart(2, '0')}T${hour}:30:00Z`);
    expect(await importOf(me)).toHaveLength(10);
    expect(await importOf(me, '?limit=1')).toHaveLength(1);
    const most = await importOf(me, '?limit=30');
    expect(most).toHaveLength(30);
    expect(most[0]?.start_date).toBe('2026-02-28T18:30:00Z');
    for (const limit of ['0', '31', 'x', '1.5'])
      expect(await refusalOf(me.http.get(`/integrations/strava/import?limit=${limit}`))).toBe('422 validation_error');
  });

  it('knows its own: what was pushed is not imported, and what was imported is not pushed', async () => {
    const { id } = await train(me, '2026-03-01T17:00:00Z', []);
    const { strava_activity_id } = await pushed(me, id);
    strava.record(account, '2026-02-27T10:00:00Z');
    const [own, foreign] = await importOf(me);
    expect(own).toMatchObject({ strava_activity_id, imported: false, session_id: null });
    expect((await sessionsOf(me)).total).toBe(2);
    const push = me.http.post(`/integrations/strava/push/${foreign?.session_id ?? ''}`);
    expect(await refusalOf(push)).toBe('409 already_pushed');
  });

  it('knows its own also while the answer to the push is on its way', async () => {
    const { id } = await train(me, '2026-03-01T17:00:00Z', []);
    strava.fail('/api/v3/activities', 'accept and drop');
    strava.fail(LIST, { status: 500 });
    expect(await refusalOf(me.http.post(`/integrations/strava/push/${id}`))).toBe('502 provider_error');
    expect(await importOf(me)).toMatchObject([{ imported: false, session_id: null }]);
    expect((await sessionsOf(me)).total).toBe(1);
  });

  it('is for its owner alone, and moves neither records nor statistics', async () => {
    const coach = await aCoach(app);
    await bond(app, coach, me);
    await expectStatus(me.http.put(`/clients/coaches/${coach.id}/sharing`).send({ share_performances: true }), 200);
    strava.record(account, '2026-03-01T18:30:00Z');
    const [imported] = await importOf(me);
    expect((await coach.http.get(`/performances/${imported?.session_id ?? ''}`)).status).toBe(404);
    const week = await expectStatus<{ sessions_count: number }>(
      me.http.get('/performances/stats/week?week_start=2026-02-23'),
      200,
    );
    expect(week.sessions_count).toBe(0);
    const inbox = await expectStatus<{ items: { type: string }[] }>(coach.http.get('/notifications?limit=100'), 200);
    expect(inbox.items.filter(({ type }) => type.startsWith('performance'))).toEqual([]);
  });

  it('leaves out what is no activity, and what is somebody else’s', async () => {
    const good = strava.record(account, '2026-03-01T18:30:00Z');
    strava.activities.push(
      { ...good, id: 1.5 },
      { ...good, id: good.id + 100, start_date: 'yesterday' },
      { ...good, id: good.id + 101, elapsed_time: 'long' as unknown as number },
    );
    const stranger = await app.register();
    const other = await connected(app, strava, stranger);
    const [list] = [strava.activities.map((activity) => ({ ...activity }))];
    const foreign = { ...good, id: good.id + 102, athlete: { id: Number(other) } };
    const nobodys = { ...good, id: good.id + 103, athlete: { id: 1 } };
    strava.fail(LIST, { text: JSON.stringify([foreign, nobodys, ...list, null, 7]) });
    expect((await importOf(me)).map((activity) => activity.strava_activity_id)).toEqual([String(good.id)]);
    expect((await sessionsOf(me)).total).toBe(1);
  });

  it('survives numbers and names beyond all bounds', async () => {
    strava.record(account, '2026-03-01T18:30:00Z', { elapsed_time: 1e15, moving_time: 1e15, name: 'x'.repeat(9_999) });
    strava.record(account, '2026-02-28T18:30:00Z', { elapsed_time: 0, moving_time: 0, name: 5 as unknown as string });
    strava.record(account, '2031-01-01T00:00:00Z');
    const [ahead, long, short] = await importOf(me);
    expect(ahead).toMatchObject({ imported: false, session_id: null });
    expect([long?.duration_min, long?.name.length, short?.duration_min, short?.name]).toEqual([600, 255, 1, '']);
    expect((await sessionsOf(me)).total).toBe(2);
  });

  it.each([
    ['is in trouble', { status: 500 }],
    ['has had too many requests', { status: 429 }],
    ['forbids it', { status: 403 }],
    ['cuts the line', 'reset'],
    ['answers no list', { text: '{"message":"hello"}' }],
    ['answers without end', 'oversized'],
  ] as const)('is 502 when Strava %s, and nothing is stored', async (_, fault) => {
    strava.record(account, '2026-03-01T18:30:00Z');
    strava.fail(LIST, fault);
    expect(await refusalOf(me.http.get('/integrations/strava/import'))).toBe('502 provider_error');
    expect((await sessionsOf(me)).total).toBe(0);
  });

  it('is for who is connected', async () => {
    const stranger = await app.register();
    expect(await refusalOf(stranger.http.get('/integrations/strava/import'))).toBe('422 integration_not_connected');
    expect(await refusalOf(app.http.get('/integrations/strava/import'))).toBe('401 api_key_missing');
  });

  it('may be deleted by its owner at any time, and comes back only when he imports again', async () => {
    strava.record(account, '2026-03-01T18:30:00Z');
    const [first] = await importOf(me);
    await app.advance(3 * 86_400);
    await expectStatus(me.http.delete(`/performances/${first?.session_id ?? ''}`), 204);
    const [again] = await importOf(me);
    expect(again?.imported).toBe(true);
  });

  it('is kept for less than seven days after Strava has shown it, and no longer', async () => {
    strava.record(account, '2026-03-01T18:30:00Z');
    strava.record(account, '2026-02-20T18:30:00Z');
    await importOf(me);
    await app.advance(86_400);
    await importOf(me, '?limit=1');
    const own = await train(me, '2026-03-01T10:00:00Z', []);
    await app.advance(5 * 86_400 + 22 * 3_600);
    expect((await sessionsOf(me)).items.map(({ date }) => date)).toEqual(['2026-03-01T18:30:00Z', own.date]);
    await app.advance(86_400);
    expect((await sessionsOf(me)).items.map(({ id }) => id)).toEqual([own.id]);
  });

  it('goes with the connection; what was pushed stays, and stays pushed', async () => {
    const { id } = await train(me, '2026-03-01T17:00:00Z', []);
    await pushed(me, id);
    strava.record(account, '2026-02-27T10:00:00Z');
    await importOf(me);
    await expectStatus(me.http.delete('/integrations/disconnect/strava'), 204);
    expect((await sessionsOf(me)).items.map((session) => session.id)).toEqual([id]);
    await connected(app, strava, me, account);
    expect(await refusalOf(me.http.post(`/integrations/strava/push/${id}`))).toBe('409 already_pushed');
    expect((await importOf(me)).map(({ imported }) => imported)).toEqual([false, true]);
  });

  it('stores nothing behind the back of somebody who disconnects meanwhile', async () => {
    strava.record(account, '2026-02-27T10:00:00Z');
    strava.fail(LIST, { delayMs: 400 });
    const asking = refusalOf(me.http.get('/integrations/strava/import'));
    await eventually(
      () => strava.requestsTo(LIST).length,
      (count) => count === 1,
    );
    await expectStatus(me.http.delete('/integrations/disconnect/strava'), 204);
    expect(await asking).toBe('422 integration_not_connected');
    expect((await sessionsOf(me)).total).toBe(0);
  });
});
