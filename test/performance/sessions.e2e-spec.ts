import { randomUUID } from 'node:crypto';
import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aMachine, anExercise, faultsOf, sessionOf, sessionsOf, setOf, train } from './training';

const NOW = '2026-03-02T06:00:00Z';
const DATE = '2026-03-01T17:00:00Z';
const TOO_LONG = 'x'.repeat(501);

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  squat = await anExercise(app, 'squat', { quads: 'primary' });
  bench = await anExercise(app, 'bench', { chest: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  me = await app.register({ locale: 'es-ES', timezone: 'Europe/Paris' });
});

const post = (body: object) => me.http.post('/performances').send(body);

describe('writing down a session', () => {
  it('keeps every field, and answers it as it can be read again', async () => {
    const gym = await aClub(app);
    const machine = await aMachine(app, 'validated');
    const coach = await aCoach(app);
    const booking = await book(me, coach.id, '2026-03-03T09:00:00Z');
    const heavy = {
      exercise_type_id: squat,
      machine_id: machine,
      set_order: 7,
      sets_count: 3,
      reps: 10,
      weight_kg: 62.25,
      duration_seconds: 90,
      notes: 'Despacio\nal bajar',
    };
    const body = {
      ...{ date: DATE, session_type: 'solo_guided', booking_id: booking.id, gym_id: gym, duration_min: 45, feeling: 4 },
      exercise_sets: [heavy, { exercise_type_id: bench }],
      ...{ user_id: coach.id, entered_by: coach.id, source: 'strava', is_pr: true, total_volume_kg: 1 },
    };
    const answer = await post(body);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      user_id: me.id,
      session_type: 'solo_guided',
      booking_id: booking.id,
      entered_by: null,
      gym_id: gym,
      date: DATE,
      duration_min: 45,
      feeling: 4,
      source: 'manual',
      source_terms: null,
      strava_activity_id: null,
      total_volume_kg: 1_867.5,
      editable_until: '2026-03-04T06:00:00Z',
      created_at: NOW,
      exercise_sets: [
        {
          id: expect.any(String),
          exercise_type_id: bench,
          exercise_slug: 'own-bench',
          exercise_name: 'es bench',
          machine_id: null,
          set_order: 2,
          sets_count: 1,
          reps: null,
          weight_kg: null,
          duration_seconds: null,
          notes: null,
          is_pr: false,
        },
        { ...heavy, id: expect.any(String), exercise_slug: 'own-squat', exercise_name: 'es squat', is_pr: true },
      ],
      prs_detected: [{ exercise_type_id: squat, exercise_name: 'es squat', weight_kg: 62.25 }],
    });
    const read = await sessionOf(me, (answer.body as { id: string }).id);
    expect(read).toEqual({ ...(answer.body as object), prs_detected: [] });
  });

  it('needs a date alone: it is free, of one’s own, and may be without sets', async () => {
    const session = await train(me, DATE, []);
    expect(session).toMatchObject({ session_type: 'solo_free', booking_id: null, gym_id: null, duration_min: null });
    expect(session).toMatchObject({ feeling: null, exercise_sets: [], total_volume_kg: 0 });
  });

  it('speaks the language that the caller asks for', async () => {
    const { id } = await train(me, DATE, [setOf(squat, 50)]);
    for (const language of ['en', 'fr', 'pt']) {
      const answer = await me.http.get(`/performances/${id}`).set('Accept-Language', language);
      expect(answer.body).toMatchObject({ exercise_sets: [{ exercise_name: `${language} squat` }] });
    }
  });

  it('orders sets by their place where none is told, and takes 200 of them', async () => {
    const sets = Array.from({ length: 200 }, (_, at) => setOf(squat, 10 + at / 4, { notes: String(at) }));
    const session = await train(me, DATE, sets);
    expect(session.exercise_sets.map(({ notes }) => Number(notes))).toEqual(sets.map((_, at) => at));
    expect(session.exercise_sets.map(({ set_order }) => set_order)).toEqual(sets.map((_, at) => Math.min(at + 1, 50)));
    expect(session.total_volume_kg).toBe(200 * 5 * 10 + (5 * (199 * 200)) / 2 / 4);
    const refused = await post({ date: DATE, exercise_sets: [...sets, setOf(squat, 10)] });
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, ['exercise_sets too_many']]);
  });

  it('takes a date 24 hours ahead and not a millisecond more', async () => {
    await train(me, '2026-03-03T06:00:00Z', []);
    const refused = await post({ date: '2026-03-03T06:00:00.001Z' });
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, ['date too_large']]);
  });

  it('takes every number at its bounds', async () => {
    const low = { sets_count: 1, reps: 0, weight_kg: 0, duration_seconds: 1, set_order: 1 };
    const high = { sets_count: 20, reps: 9_999, weight_kg: 9_999, duration_seconds: 86_400, set_order: 50 };
    const sets = [low, high].map((bounds) => ({ exercise_type_id: squat, ...bounds }));
    const session = await train(me, DATE, sets, { duration_min: 600, feeling: 5 });
    expect(session.exercise_sets).toMatchObject([low, high]);
    expect(session.total_volume_kg).toBe(20 * 9_999 * 9_999);
    expect(await train(me, DATE, [], { duration_min: 1, feeling: 1 })).toMatchObject({ duration_min: 1, feeling: 1 });
  });

  it.each([
    ['date required', { date: undefined }],
    ['date invalid_datetime', { date: 'yesterday' }],
    ['date required', { date: null }],
    ['session_type invalid_value', { session_type: 'group' }],
    ['booking_id invalid_format', { booking_id: 'x' }],
    ['gym_id invalid_type', { gym_id: 7 }],
    ['duration_min too_small', { duration_min: 0 }],
    ['duration_min too_large', { duration_min: 601 }],
    ['feeling too_small', { feeling: 0 }],
    ['feeling too_large', { feeling: 6 }],
    ['feeling invalid_type', { feeling: 2.5 }],
    ['exercise_sets required', { exercise_sets: null }],
    ['exercise_sets invalid_type', { exercise_sets: {} }],
  ])('refuses %s', async (fault, change: object) => {
    const refused = await post({ date: DATE, ...change });
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, expect.arrayContaining([fault])]);
  });

  it.each([
    ['exercise_type_id required', { exercise_type_id: undefined }],
    ['machine_id invalid_format', { machine_id: 'x' }],
    ['set_order too_small', { set_order: 0 }],
    ['set_order too_large', { set_order: 51 }],
    ['sets_count too_small', { sets_count: 0 }],
    ['sets_count too_large', { sets_count: 21 }],
    ['sets_count required', { sets_count: null }],
    ['reps too_small', { reps: -1 }],
    ['reps too_large', { reps: 10_000 }],
    ['weight_kg too_small', { weight_kg: -0.01 }],
    ['weight_kg too_large', { weight_kg: 9_999.01 }],
    ['weight_kg invalid_type', { weight_kg: 1.001 }],
    ['duration_seconds too_small', { duration_seconds: 0 }],
    ['duration_seconds too_large', { duration_seconds: 86_401 }],
    ['notes too_long', { notes: TOO_LONG }],
  ])('names the set that is at fault: %s', async (fault, change: object) => {
    const sets = [setOf(squat, 50), { ...setOf(squat, 50), ...change }];
    const refused = await post({ date: DATE, exercise_sets: sets });
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, [`exercise_sets.1.${fault}`]]);
  });

  it('trust 2: refuses what it names and is not there, not shown, or of somebody else, and writes nothing', async () => {
    const coach = await aCoach(app);
    const foreign = await book(await app.register(), coach.id, '2026-03-03T10:00:00Z');
    const hidden = await aClub(app, { validated: false });
    const named: [object, string][] = [
      [{ exercise_sets: [setOf(squat, 1), setOf(randomUUID(), 1)] }, 'exercise_not_found'],
      [{ exercise_sets: [setOf(squat, 1, { machine_id: randomUUID() })] }, 'machine_not_found'],
      [{ exercise_sets: [setOf(squat, 1, { machine_id: await aMachine(app, 'pending') })] }, 'machine_not_found'],
      [{ exercise_sets: [setOf(squat, 1, { machine_id: await aMachine(app, 'rejected') })] }, 'machine_not_found'],
      [{ gym_id: randomUUID() }, 'gym_not_found'],
      [{ gym_id: hidden }, 'gym_not_found'],
      [{ booking_id: randomUUID() }, 'booking_not_found'],
      [{ booking_id: foreign.id }, 'booking_not_found'],
    ];
    for (const [names, detail] of named) {
      const refused = await post({ date: DATE, ...names });
      expect([refused.status, refused.body]).toEqual([404, expect.objectContaining({ detail })]);
    }
    // The coach of a session has not trained in it.
    const asCoach = await coach.http.post('/performances').send({ date: DATE, booking_id: foreign.id });
    expect([asCoach.status, asCoach.body]).toMatchObject([404, { detail: 'booking_not_found' }]);
    expect((await sessionsOf(me)).total).toBe(0);
  });

  it('wants to know who asks', async () => {
    for (const request of [app.http.post('/performances'), app.http.get('/performances')])
      await expectStatus(request, 401);
  });
});
