import { randomUUID } from 'node:crypto';
import { INSTANT } from 'test/support/instant';
import type { Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { coachWith, IDLE_WEEK } from './profiles';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('making a coach profile', () => {
  it('answers the whole profile with its defaults and no field beyond it', async () => {
    const coach = await app.register({ role: 'coach', first_name: 'Inès', last_name: 'Durand' });
    const answer = await coach.http.post('/coaches/profile').send({});
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      user_id: coach.id,
      first_name: 'Inès',
      last_name: 'Durand',
      name: 'Inès Durand',
      email: coach.email,
      phone: null,
      photo_url: null,
      resolved_photo_url: expect.stringMatching(/\/static\/avatars\/default_neutral\.svg$/),
      bio: null,
      verified: false,
      is_certified: false,
      country: null,
      city: null,
      currency: 'EUR',
      session_duration_min: 60,
      discovery_enabled: false,
      discovery_free: true,
      discovery_price_cents: null,
      discovery_duration_min: 60,
      booking_horizon_days: 30,
      buffer_min: 0,
      min_notice_hours: 0,
      sms_sender_name: null,
      experience_years: null,
      max_clients: null,
      languages: [],
      onboarding_completed: false,
      session_price_cents: null,
      specialties: [],
      certifications: [],
      gyms: [],
      pricing: [],
      availability: [],
      work_schedule: IDLE_WEEK,
      cancellation_policy: { threshold_hours: 24, mode: 'auto', noshow_is_due: true, client_message: null },
      social_links: [],
      client_count: 0,
      created_at: expect.stringMatching(INSTANT),
      updated_at: expect.stringMatching(INSTANT),
    });
  });

  it('keeps everything that was given', async () => {
    const given = {
      bio: 'Douze ans de terrain.\nEt le sourire.',
      country: 'CH',
      city: 'Genève',
      session_duration_min: 45,
      discovery_enabled: true,
      discovery_free: false,
      discovery_price_cents: 1500,
      discovery_duration_min: 30,
      booking_horizon_days: 90,
      buffer_min: 15,
      min_notice_hours: 12,
      sms_sender_name: 'CoachInes',
      experience_years: 12,
      max_clients: 25,
      languages: ['fr', 'de'],
      specialties: ['yoga', 'bien_etre'],
    };
    const coach = await coachWith(app, given);
    const { body } = await coach.http.get('/coaches/profile');
    expect(body).toMatchObject({ ...given, currency: 'CHF' });
  });

  it('takes the currency that is given rather than that of the country', async () => {
    const coach = await coachWith(app, { country: 'CH', currency: 'EUR' });
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ country: 'CH', currency: 'EUR' });
  });

  it('makes the discovery session as long as an ordinary one unless told otherwise', async () => {
    const coach = await coachWith(app, { session_duration_min: 300 });
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ discovery_duration_min: 300 });
  });

  it('is done once, however many ask at the same time', async () => {
    const coach = await app.register({ role: 'coach' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => coach.http.post('/coaches/profile').send({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const late = await coach.http.post('/coaches/profile').send({ bio: 'Encore' });
    expect(late.status).toBe(409);
    expect((late.body as Refusal).detail).toBe('coach_profile_exists');
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ bio: null });
  });

  it('chooses the role for good', async () => {
    const coach = await app.register({ role: 'coach' });
    await app.database.query('UPDATE users SET role_locked = false WHERE id = $1', [coach.id]);
    expect((await coach.http.post('/coaches/profile').send({})).status).toBe(201);
    const { rows } = await app.database.query('SELECT role, role_locked FROM users WHERE id = $1', [coach.id]);
    expect(rows).toEqual([{ role: 'coach', role_locked: true }]);
  });

  it('is refused to a client and to somebody without a key', async () => {
    const client = await app.register({ role: 'client' });
    for (const answer of [
      await client.http.post('/coaches/profile').send({}),
      await client.http.get('/coaches/profile'),
      await client.http.put('/coaches/profile').send({}),
    ]) {
      expect(answer.status).toBe(403);
      expect((answer.body as Refusal).detail).toBe('forbidden');
    }
    expect((await app.http.get('/coaches/profile')).status).toBe(401);
  });

  it('drops what the route does not know', async () => {
    const coach = await app.register({ role: 'coach' });
    const answer = await coach.http.post('/coaches/profile').send({
      verified: true,
      user_id: randomUUID(),
      client_count: 99,
      created_at: '2001-01-01T00:00:00Z',
      surprise: 'yes',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ user_id: coach.id, verified: false, client_count: 0 });
    expect(answer.body).not.toHaveProperty('surprise');
    expect((answer.body as { created_at: string }).created_at).not.toMatch(/^2001/);
  });

  it('gives the first answer again to the same key, and refuses the key for another body', async () => {
    const coach = await app.register({ role: 'coach' });
    const key = randomUUID();
    const first = await coach.http.post('/coaches/profile').set('Idempotency-Key', key).send({ bio: 'Bonjour' });
    const again = await coach.http.post('/coaches/profile').set('Idempotency-Key', key).send({ bio: 'Bonjour' });
    expect(first.status).toBe(201);
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toEqual(first.body);
    const other = await coach.http.post('/coaches/profile').set('Idempotency-Key', key).send({ bio: 'Bonsoir' });
    expect(other.status).toBe(422);
    expect((other.body as Refusal).detail).toBe('idempotency_key_reused');
  });
});

describe('a coach without a profile', () => {
  it('is told so on every route that needs one', async () => {
    const coach = await app.register({ role: 'coach' });
    const id = randomUUID();
    const price = { type: 'per_session', name: 'Séance', price_cents: 5000 };
    const hours = { day_of_week: 0, start_time: '09:00', end_time: '10:00' };
    const answers = [
      await coach.http.get('/coaches/profile'),
      await coach.http.put('/coaches/profile').send({ bio: 'x' }),
      await coach.http.get('/coaches/pricing'),
      await coach.http.post('/coaches/pricing').send(price),
      await coach.http.get(`/coaches/pricing/${id}`),
      await coach.http.put(`/coaches/pricing/${id}`).send({ price_cents: 1 }),
      await coach.http.delete(`/coaches/pricing/${id}`),
      await coach.http.get('/coaches/availability'),
      await coach.http.post('/coaches/availability').send(hours),
      await coach.http.put(`/coaches/availability/${id}`).send({ active: false }),
      await coach.http.delete(`/coaches/availability/${id}`),
      await coach.http.get('/coaches/work-schedule'),
      await coach.http.put('/coaches/work-schedule').send({ days: [] }),
      await coach.http.get('/coaches/cancellation-policy'),
      await coach.http.put('/coaches/cancellation-policy').send({ threshold_hours: 12 }),
      await coach.http.post('/coaches/profile/specialties').send({ specialty: 'yoga' }),
      await coach.http.delete('/coaches/profile/specialties/yoga'),
      await coach.http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' }),
      await coach.http.put(`/coaches/profile/certifications/${id}`).send({ name: 'BPJEPS' }),
      await coach.http.delete(`/coaches/profile/certifications/${id}`),
    ];
    for (const { status, body } of answers)
      expect([status, (body as Refusal).detail]).toEqual([404, 'coach_profile_not_found']);
  });

  it('is told so in the language asked for', async () => {
    const coach = await app.register({ role: 'coach' });
    const messages = await Promise.all(
      ['en', 'fr', 'es', 'pt'].map(async (language) => {
        const { body } = await coach.http.get('/coaches/profile').set('Accept-Language', language);
        return (body as Refusal).message;
      }),
    );
    expect(messages[1]).toBe('Vous n’avez pas encore de profil de coach.');
    expect(new Set(messages).size).toBe(4);
  });
});
