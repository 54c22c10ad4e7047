import { bond } from 'test/booking/dealings';
import { anExercise, imported, setOf } from 'test/performance/training';
import { aCoach, expectStatus, slotsOf } from 'test/support/coaching';
import { faultsOfAnswer } from 'test/support/api-schema';
import { type HttpClient, startTestApp, TEST_PASSWORD, type TestApp, type TestPerson } from 'test/support/test-app';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';

describe('trust 5: an answer holds what the API document says and nothing beyond it', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
    await app.setClock('2026-03-02T06:00:00Z');
    coach = await aCoach(app, { maxSlots: 2 });
    client = await app.register({ gender: 'female', birth_year: 1990 });
  });
  afterAll(() => app.close());

  /** Asks and holds the answer against the document; `{id}` in the template is replaced. */
  const ask = async (
    http: HttpClient,
    verb: Verb,
    template: string,
    { id = '', query = '', body }: { id?: string; query?: string; body?: object } = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await http[verb](`${template.replace(/\{\w+\}/, id)}${query}`).send(body);
    expect(faultsOfAnswer(verb, template, answer.status, answer.status === 204 ? undefined : answer.body)).toEqual([]);
    return { status: answer.status, body: answer.body as Record<string, unknown> };
  };

  it('for accounts', async () => {
    const person = {
      first_name: 'Zoé',
      last_name: 'Roy',
      email: 'zoe@example.com',
      password: TEST_PASSWORD,
      role: 'client',
    };
    expect((await ask(app.http, 'post', '/auth/register', { body: person })).status).toBe(201);
    expect((await ask(app.http, 'post', '/auth/register', { body: person })).status).toBe(409);
    expect((await ask(app.http, 'post', '/auth/register', { body: {} })).status).toBe(422);
    expect((await ask(app.http, 'post', '/auth/login', { body: person })).status).toBe(403);
    expect((await ask(app.http, 'post', '/auth/forgot-password', { body: person })).status).toBe(202);
    expect((await ask(client.http, 'get', '/auth/me')).status).toBe(200);
    expect((await ask(client.http, 'get', '/users/me')).status).toBe(200);
    expect((await ask(client.http, 'patch', '/users/me', { body: { birth_year: null, gender: null } })).status).toBe(
      200,
    );
    expect((await ask(client.http, 'get', '/auth/api-keys')).status).toBe(200);
    expect((await ask(app.http, 'get', '/auth/me')).status).toBe(401);
    expect((await ask(client.http, 'get', '/admin/users')).status).toBe(403);
  });

  it('for a coach', async () => {
    const fresh = await app.register({ role: 'coach' });
    expect((await ask(fresh.http, 'get', '/coaches/profile')).status).toBe(404);
    expect((await ask(fresh.http, 'post', '/coaches/profile', { body: {} })).status).toBe(201);
    const full = { bio: 'Force', country: 'FR', city: 'Lyon', experience_years: 3, max_clients: 20, languages: ['fr'] };
    expect((await ask(fresh.http, 'put', '/coaches/profile', { body: full })).status).toBe(200);
    expect((await ask(coach.http, 'get', '/coaches/profile')).status).toBe(200);
    expect((await ask(coach.http, 'get', '/coaches/pricing')).status).toBe(200);
    expect((await ask(coach.http, 'get', '/coaches/availability')).status).toBe(200);
    const price = { type: 'package', name: 'Ten', session_count: 10, price_cents: 40_000, validity_months: 6 };
    const made = await ask(coach.http, 'post', '/coaches/pricing', { body: price });
    expect(made.status).toBe(201);
    const id = String(made.body['id']);
    expect(
      (await ask(coach.http, 'put', '/coaches/pricing/{id}', { id, body: { validity_months: null } })).status,
    ).toBe(200);
    expect((await ask(coach.http, 'delete', '/coaches/pricing/{id}', { id })).status).toBe(204);
  });

  it('for slots and bookings', async () => {
    const query = '?from=2026-03-02&to=2026-03-04&explain=true';
    expect((await ask(coach.http, 'get', '/coaches/{id}/slots', { id: coach.id, query })).status).toBe(200);
    const [first, second] = await slotsOf(client, coach.id, '?from=2026-03-03&to=2026-03-03');
    const wish = (slot = first): object => ({
      coach_id: coach.id,
      scheduled_at: slot?.scheduled_at,
      client_message: 'Hello',
    });
    const booked = await ask(client.http, 'post', '/bookings', { body: wish() });
    expect(booked.status).toBe(201);
    expect((await ask(client.http, 'post', '/bookings', { body: wish() })).status).toBe(409);
    const id = String(booked.body['id']);
    expect((await ask(client.http, 'get', '/bookings')).status).toBe(200);
    expect((await ask(client.http, 'get', '/bookings/{id}', { id })).status).toBe(200);
    expect((await ask(coach.http, 'post', '/bookings/{id}/confirm', { id })).status).toBe(200);
    expect((await ask(client.http, 'delete', '/bookings/{id}', { id, body: { reason: 'ill' } })).status).toBe(200);
    expect((await ask(client.http, 'get', '/bookings/{id}/history', { id })).status).toBe(200);
    const other = await ask(client.http, 'post', '/bookings', { body: wish(second) });
    const rejected = { id: String(other.body['id']), body: { reason: 'full' } };
    expect((await ask(coach.http, 'post', '/bookings/{id}/reject', rejected)).status).toBe(200);
    expect((await ask(coach.http, 'get', '/notifications')).status).toBe(200);
    expect((await ask(coach.http, 'get', '/notifications/unread-count')).status).toBe(200);
    expect((await ask(coach.http, 'post', '/notifications/read-all')).status).toBe(200);
  });

  it('for the absences of a coach, his templates, his dashboard and the hours of a client', async () => {
    const body = { starts_at: '2026-05-01T00:00:00Z', ends_at: '2026-05-02T00:00:00Z', reason: 'Rest' };
    const { body: absence } = await ask(coach.http, 'post', '/coaches/time-off', { body });
    expect((await ask(coach.http, 'get', '/coaches/time-off')).status).toBe(200);
    const wish = { coach_id: coach.id, scheduled_at: '2026-03-12T09:00:00Z' };
    const waiting = await expectStatus(client.http.post('/bookings').send(wish), 201);
    const booked = await expectStatus(
      client.http.post('/bookings').send({ ...wish, scheduled_at: '2026-03-13T09:00:00Z' }),
      201,
    );
    await expectStatus(coach.http.post(`/bookings/${String(booked['id'])}/confirm`), 200);
    const sold = { name: 'Two', sessions_total: 2, price_cents: 9_000 };
    await expectStatus(coach.http.post(`/coaches/clients/${client.id}/packages`).send(sold), 201);
    expect((await ask(coach.http, 'get', '/coaches/dashboard')).body).toMatchObject({
      next_bookings: [{}],
      pending_bookings: [{}],
      low_packages: [{}],
    });
    expect((await ask(coach.http, 'get', '/coaches/clients/{id}/hours', { id: client.id })).status).toBe(200);
    const templates = '/coaches/cancellation-templates';
    const made = await ask(coach.http, 'post', templates, { body: { title: 'Ill', body: 'I am ill, {prénom}.' } });
    const id = String(made.body['id']);
    expect((await ask(coach.http, 'get', templates)).status).toBe(200);
    expect((await ask(coach.http, 'put', `${templates}/{id}`, { id, body: { position: 1 } })).status).toBe(200);
    expect((await ask(coach.http, 'post', `${templates}/reorder`, { body: [{ id, position: 2 }] })).status).toBe(200);
    const preview = { id, body: { booking_id: waiting['id'] } };
    expect((await ask(coach.http, 'post', `${templates}/{id}/preview`, preview)).status).toBe(200);
    expect((await ask(coach.http, 'delete', `${templates}/{id}`, { id })).status).toBe(204);
    expect((await ask(coach.http, 'delete', '/coaches/time-off/{id}', { id: String(absence['id']) })).status).toBe(204);
  });

  it('for training', async () => {
    const trainee = await app.register();
    await bond(app, coach, trainee);
    const exercise = await anExercise(app, 'press');
    const body = { date: '2026-03-01T17:00:00Z', exercise_sets: [setOf(exercise, 40)] };
    const own = await ask(trainee.http, 'post', '/performances', { body });
    expect(own.status).toBe(201);
    const entered = await ask(coach.http, 'post', '/performances/for-client/{id}', { id: trainee.id, body });
    expect(entered.status).toBe(201);
    const [id, ofCoach] = [String(own.body['id']), String(entered.body['id'])];
    const activity = await imported(app, trainee, 'strava', '2026-02-01T10:00:00Z');
    expect((await ask(trainee.http, 'get', '/performances/{id}', { id: activity })).status).toBe(200);
    expect((await ask(trainee.http, 'get', '/performances')).body).toMatchObject({ total: 3 });
    expect((await ask(trainee.http, 'get', '/performances/personal-records')).body).toMatchObject({ total: 1 });
    expect((await ask(coach.http, 'get', '/coaches/clients/{id}/performances', { id: trainee.id })).status).toBe(200);
    expect((await ask(trainee.http, 'put', '/performances/{id}', { id, body: { feeling: 2 } })).status).toBe(200);
    expect((await ask(trainee.http, 'post', '/performances/{id}/report-error', { id: ofCoach })).status).toBe(202);
    expect((await ask(trainee.http, 'delete', '/performances/{id}', { id: ofCoach })).status).toBe(403);
    expect((await ask(trainee.http, 'delete', '/performances/{id}', { id })).status).toBe(204);
  });

  it('for probes and the sandbox', async () => {
    expect((await ask(app.http, 'get', '/health')).status).toBe(200);
    expect((await ask(app.http, 'get', '/livez')).status).toBe(200);
    expect((await ask(app.http, 'get', '/readyz')).status).toBe(200);
    expect((await ask(app.http, 'get', '/sandbox/messages')).status).toBe(200);
    expect((await ask(app.http, 'get', '/sandbox/clock')).status).toBe(200);
    expect((await ask(app.http, 'post', '/sandbox/clock/advance', { body: { seconds: 60 } })).status).toBe(200);
  });

  it('and would be caught with one field more', async () => {
    const me = await expectStatus(client.http.get('/users/me'), 200);
    expect(faultsOfAnswer('get', '/users/me', 200, { ...me, password_hash: 'x' })).toHaveLength(1);
    const { email: _, ...less } = me;
    expect(faultsOfAnswer('get', '/users/me', 200, less)).toHaveLength(1);
  });
});
