import { randomUUID } from 'node:crypto';
import { exerciseId } from 'src/database/exercise-catalogue';
import { bond } from 'test/booking/dealings';
import { setOf, sessionOf, train, trainFor } from 'test/performance/training';
import { aCoach, expectStatus } from 'test/support/coaching';
import { StravaServer } from 'test/support/strava-server';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { plain } from 'test/notification/stories/wording';
import { connected, pushed, pushRows, refusalOf } from './strava';

const DATE = '2026-03-01T17:00:00Z';
const SQUAT = exerciseId('barbell-back-squat');
const RUN = exerciseId('steady-run');

describe('pushing a session to Strava', () => {
  let strava: StravaServer;
  let app: TestApp;
  let me: TestPerson;

  beforeAll(async () => {
    strava = await new StravaServer().start();
    app = await startTestApp(strava.variables);
    await app.setClock('2026-03-02T06:00:00Z');
  });
  beforeEach(async () => {
    strava.forget();
    me = await app.register({ locale: 'fr-FR', timezone: 'Europe/Paris' });
  });
  afterAll(async () => {
    await app.close();
    await strava.stop();
  });

  const path = (sessionId: string): string => `/integrations/strava/push/${sessionId}`;
  const sent = (): unknown[] =>
    strava.requestsTo('/api/v3/activities').map(({ body }) => JSON.parse(plain(body)) as unknown);

  it('tells Strava what was done, by the owner’s clock and in his words', async () => {
    const account = await connected(app, strava, me);
    const sets = [
      setOf(SQUAT, 80, { sets_count: 3, reps: 8 }),
      setOf(SQUAT, 102.5, { reps: 5, notes: 'genou sensible' }),
      setOf(RUN, null, { reps: null, duration_seconds: 600 }),
    ];
    const { id } = await train(me, DATE, sets, { duration_min: 50, feeling: 2 });
    const answer = await pushed(me, id);
    const [activity] = strava.activities;
    expect(answer).toEqual({
      status: 'pushed',
      strava_activity_id: String(activity?.id),
      name: 'Séance libre — MyCoach',
      type: 'WeightTraining',
      start_date_local: '2026-03-01T18:00:00',
      strava_activity_url: `https://www.strava.com/activities/${String(activity?.id)}`,
    });
    const names = (await sessionOf(me, id)).exercise_sets.map(({ exercise_name }) => exercise_name);
    expect(sent()).toEqual([
      {
        name: 'Séance libre — MyCoach',
        sport_type: 'WeightTraining',
        start_date_local: '2026-03-01T18:00:00',
        elapsed_time: 3_000,
        description: `${names[0]}: 5 × 102,5 kg\n${names[2]}: 10:00`,
      },
    ]);
    expect(activity?.athlete.id).toBe(Number(account));
    expect(await sessionOf(me, id)).toMatchObject({ source: 'manual', strava_activity_id: String(activity?.id) });
  });

  it('sends the token in the header, and nowhere else', async () => {
    const account = await connected(app, strava, me);
    await pushed(me, (await train(me, DATE, [])).id);
    const [request] = strava.requestsTo('/api/v3/activities');
    const [grant] = strava.grants.of(account);
    expect(request?.headers.authorization).toBe(`Bearer ${grant?.accessToken ?? ''}`);
    expect(`${request?.path} ${request?.query.toString()} ${request?.body}`).not.toContain(grant?.accessToken);
  });

  it.each([
    ['en-GB', 'Training session — MyCoach'],
    ['fr-FR', 'Séance libre — MyCoach'],
    ['es-ES', 'Entrenamiento libre — MyCoach'],
    ['pt-PT', 'Treino livre — MyCoach'],
  ])('names it in the language of its owner, %s, whoever asks in which', async (locale, name) => {
    me = await app.register({ locale, timezone: 'UTC' });
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const answer = await me.http.post(path(id)).set('Accept-Language', 'fr');
    expect(answer.body).toMatchObject({ name, type: 'Workout', start_date_local: '2026-03-01T17:00:00' });
    expect(sent()).toMatchObject([{ elapsed_time: 3_600, description: '' }]);
  });

  it('takes what a coach entered for its owner', async () => {
    const coach = await aCoach(app);
    await bond(app, coach, me);
    await connected(app, strava, me);
    const { id } = await trainFor(coach, me, DATE, [setOf(RUN, null, { duration_seconds: 1_800 })]);
    expect(await pushed(me, id)).toMatchObject({ name: 'Séance avec coach — MyCoach', type: 'Run' });
  });

  it('tells the owner, once, in his inbox and on his phone', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const { strava_activity_id } = await pushed(me, id);
    const { items } = await expectStatus<{ items: { type: string; data: unknown; body: string }[] }>(
      me.http.get('/notifications?limit=100'),
      200,
    );
    const told = items.filter(({ type }) => type === 'strava_pushed');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      data: { session_id: id, strava_activity_id },
      body: 'Votre séance « Séance libre — MyCoach » est maintenant sur Strava.',
    });
  });

  it('happens once: a second time is 409', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    await pushed(me, id);
    expect(await refusalOf(me.http.post(path(id)))).toBe('409 already_pushed');
    expect(strava.activities).toHaveLength(1);
  });

  it('happens once when several run at once', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    strava.fail('/api/v3/activities', { delayMs: 300 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => refusalOf(me.http.post(path(id)))));
    expect(answers.sort()).toEqual(['200', ...Array.from({ length: 5 }, () => '409 already_pushed')]);
    expect(strava.activities).toHaveLength(1);
  });

  it('happens once when two processes run at once', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const other = await startTestApp({ ...strava.variables, DATABASE_URL: app.databaseUrl });
    try {
      strava.fail('/api/v3/activities', { delayMs: 300 });
      const post = (where: TestApp): Promise<string> => refusalOf(where.client(me.key).post(path(id)));
      const answers = await Promise.all([post(app), post(other), post(app), post(other)]);
      expect(answers.sort()).toEqual(['200', ...Array.from({ length: 3 }, () => '409 already_pushed')]);
      expect(strava.activities).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('gives the same answer again to the same Idempotency-Key, and sends nothing again', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const key = randomUUID();
    const post = (): ReturnType<TestPerson['http']['post']> => me.http.post(path(id)).set('Idempotency-Key', key);
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.body).toEqual(first.body);
    expect(strava.requestsTo('/api/v3/activities')).toHaveLength(1);
  });

  it('keeps no refusal for an Idempotency-Key: the repeat is tried anew', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const post = (): ReturnType<TestPerson['http']['post']> => me.http.post(path(id)).set('Idempotency-Key', 'again');
    strava.fail('/api/v3/activities', { status: 400 });
    expect(await refusalOf(post())).toBe('502 provider_error');
    expect(await refusalOf(post())).toBe('200');
    expect(strava.activities).toHaveLength(1);
  });

  it('is for who is connected (422), and claims nothing before', async () => {
    const { id } = await train(me, DATE, []);
    expect(await refusalOf(me.http.post(path(id)))).toBe('422 integration_not_connected');
    expect(await pushRows(app, me)).toEqual([]);
  });

  it('is for the owner: a coach who sees the session, and a stranger, find none', async () => {
    const coach = await aCoach(app);
    await bond(app, coach, me);
    await connected(app, strava, coach);
    const { id } = await trainFor(coach, me, DATE, []);
    expect((await coach.http.get(`/performances/${id}`)).status).toBe(200);
    const stranger = await app.register();
    await connected(app, strava, stranger);
    for (const person of [coach, stranger])
      expect(await refusalOf(person.http.post(path(id)))).toBe('404 session_not_found');
    expect(await refusalOf(me.http.post(path(randomUUID())))).toBe('404 session_not_found');
    expect(await refusalOf(me.http.post(path('4711')))).toBe('422 validation_error');
    expect(await refusalOf(app.http.post(path(id)))).toBe('401 api_key_missing');
    expect(strava.activities).toEqual([]);
  });

  it('leaves a session that was deleted here on Strava, and does not bring it back', async () => {
    await connected(app, strava, me);
    const { id } = await train(me, DATE, []);
    const { strava_activity_id } = await pushed(me, id);
    await expectStatus(me.http.delete(`/performances/${id}`), 204);
    const [activity] = await expectStatus<{ imported: boolean; session_id: string | null }[]>(
      me.http.get('/integrations/strava/import'),
      200,
    );
    expect(activity).toMatchObject({ strava_activity_id, imported: false, session_id: null });
  });
});
