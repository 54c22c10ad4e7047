import { randomUUID } from 'node:crypto';
import { aClub, clubs } from 'test/support/clubs';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { coachWith, IDLE_WEEK } from './profiles';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('what a profile gathers', () => {
  it('shows prices, hours and the week they make', async () => {
    const coach = await coachWith(app, { specialties: ['running'], booking_horizon_days: 20 });
    for (const price of [
      { type: 'per_session', name: 'Séance', price_cents: 6000 },
      { type: 'per_session', name: 'Séance du matin', price_cents: 5000 },
      { type: 'per_session', name: 'Séance privée', price_cents: 100, is_public: false },
      { type: 'package', name: 'Dix séances', price_cents: 4500, session_count: 10 },
    ])
      expect((await coach.http.post('/coaches/pricing').send(price)).status).toBe(201);
    for (const hours of [
      { day_of_week: 2, start_time: '14:00', end_time: '18:00' },
      { day_of_week: 2, start_time: '09:00', end_time: '12:00', booking_horizon_days: 5 },
      { day_of_week: 5, start_time: '09:00', end_time: '10:00', active: false },
    ])
      expect((await coach.http.post('/coaches/availability').send(hours)).status).toBe(201);

    const { body } = await coach.http.get('/coaches/profile');
    const pricing = (await coach.http.get('/coaches/pricing')).body as unknown;
    const availability = (await coach.http.get('/coaches/availability')).body as unknown;
    expect(body).toMatchObject({ session_price_cents: 5000, onboarding_completed: true, pricing, availability });
    expect((body as { work_schedule: unknown[] }).work_schedule).toEqual(
      IDLE_WEEK.map((day) =>
        day.day_of_week === 2
          ? {
              day_of_week: 2,
              is_working_day: true,
              time_slots: [
                { start_time: '09:00', end_time: '12:00' },
                { start_time: '14:00', end_time: '18:00' },
              ],
            }
          : day,
      ),
    );
    expect(
      (body as { availability: { booking_horizon_days: number }[] }).availability.map(
        (row) => row.booking_horizon_days,
      ),
    ).toEqual([5, 20, 20]);
  });

  it('shows the gyms that the coach works in, which a change replaces', async () => {
    const [one, other] = [
      await aClub(app, { name: 'Club Bellecour', city: 'Lyon' }),
      await aClub(app, { name: 'Club Part-Dieu', city: 'Lyon' }),
    ];
    const coach = await coachWith(app, { gym_ids: [one, one.toUpperCase()] });
    const { body } = await coach.http.get('/coaches/profile');
    expect(body).toMatchObject({ gyms: [{ id: one, name: 'Club Bellecour', city: 'Lyon', is_favorite: false }] });
    expect((body as { gyms: unknown[] }).gyms).toHaveLength(1);
    const gymsAfter = async (change: object): Promise<string[]> => {
      const answer = await coach.http.put('/coaches/profile').send(change);
      expect(answer.status).toBe(200);
      return (answer.body as { gyms: { id: string }[] }).gyms.map(({ id }) => id);
    };
    expect(await gymsAfter({ bio: 'Bonjour' })).toEqual([one]);
    expect(await gymsAfter({ gym_ids: [other] })).toEqual([other]);
    expect(await gymsAfter({ gym_ids: [] })).toEqual([]);
  });

  it('takes 20 gyms and no further, and none that does not exist', async () => {
    const gyms = await clubs(app, 21);
    const coach = await coachWith(app, { gym_ids: gyms.slice(0, 20) });
    const many = await coach.http.put('/coaches/profile').send({ gym_ids: gyms });
    expect(many.status).toBe(422);
    expect(faultsOf(many.body)).toEqual(['gym_ids too_many']);
    const malformed = await coach.http.put('/coaches/profile').send({ gym_ids: ['seven'] });
    expect(faultsOf(malformed.body)).toEqual(['gym_ids invalid_format']);
    const unknown = await coach.http.put('/coaches/profile').send({ bio: 'Lost', gym_ids: [gyms[20], randomUUID()] });
    expect(unknown.status).toBe(404);
    expect((unknown.body as Refusal).detail).toBe('gym_not_found');
    const hidden = await coach.http.put('/coaches/profile').send({ gym_ids: [await aClub(app, { validated: false })] });
    expect(hidden.status).toBe(404);
    const kept = (await coach.http.get('/coaches/profile')).body as { bio: null; gyms: { id: string }[] };
    expect(kept.bio).toBeNull();
    expect(kept.gyms.map(({ id }) => id).sort()).toEqual(gyms.slice(0, 20).sort());
  });

  it('is not made with a gym that does not exist', async () => {
    const coach = await app.register({ role: 'coach' });
    const answer = await coach.http.post('/coaches/profile').send({ gym_ids: [randomUUID()] });
    expect(answer.status).toBe(404);
    expect((answer.body as Refusal).detail).toBe('gym_not_found');
    expect((await coach.http.get('/coaches/profile')).status).toBe(404);
  });

  it('counts the clients whose relation has not ended', async () => {
    const coach = await coachWith(app);
    for (const status of ['pending', 'discovery', 'active', 'paused', 'ended']) {
      const client = await app.register();
      await app.database.query(
        `INSERT INTO relations (coach_id, client_id, status, created_at, updated_at) VALUES ($1, $2, $3, now(), now())`,
        [coach.id, client.id, status],
      );
    }
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ client_count: 3 });
  });

  it('costs the same number of queries however much it holds', async () => {
    const coach = await coachWith(app);
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      expect((await coach.http.get('/coaches/profile')).status).toBe(200);
      return app.queryCount() - before;
    };
    await cost();
    const empty = await cost();
    for (const number of [1, 2, 3]) {
      await coach.http.post('/coaches/pricing').send({ type: 'per_session', name: 'Séance', price_cents: number });
      await coach.http.post('/coaches/profile/certifications').send({ name: `Diplôme ${String(number)}` });
    }
    await coach.http
      .put('/coaches/profile')
      .send({ gym_ids: [await aClub(app, { name: 'Club A' }), await aClub(app, { name: 'Club B' })] });
    expect(await cost()).toBe(empty);
  });

  it('counts every part towards the completion of the account, to 100 and back', async () => {
    const coach = await app.register({ role: 'coach' });
    const percent = async (): Promise<number> =>
      ((await coach.http.get('/users/me')).body as { profile_completion_pct: number }).profile_completion_pct;
    expect(await percent()).toBe(0);
    await app.database.query(
      `UPDATE users SET email_verified_at = now(), phone = '+33612345678', phone_verified_at = now(),
              photo_url = '/static/photos/x.webp' WHERE id = $1`,
      [coach.id],
    );
    await coach.http.post('/coaches/profile').send({ bio: 'Bonjour' });
    expect(await percent()).toBe(45);
    await coach.http.post('/coaches/profile/specialties').send({ specialty: 'boxe' });
    expect(await percent()).toBe(55);
    await coach.http.put('/coaches/profile').send({ gym_ids: [await aClub(app, { name: 'Club C' })] });
    expect(await percent()).toBe(65);
    const price = { type: 'per_session', name: 'Séance', price_cents: 5000 };
    const pricing = (await coach.http.post('/coaches/pricing').send(price)).body as { id: string };
    expect(await percent()).toBe(80);
    const days = [{ day_of_week: 0, is_working_day: true, time_slots: [{ start_time: '09:00', end_time: '10:00' }] }];
    await coach.http.put('/coaches/work-schedule').send({ days });
    expect(await percent()).toBe(95);
    const diploma = (await coach.http.post('/coaches/profile/certifications').send({ name: 'BPJEPS' })).body;
    expect(await percent()).toBe(100);

    await coach.http.delete(`/coaches/profile/certifications/${(diploma as { id: string }).id}`);
    expect(await percent()).toBe(95);
    await coach.http.put('/coaches/work-schedule').send({ days: [] });
    expect(await percent()).toBe(80);
    await coach.http.delete(`/coaches/pricing/${pricing.id}`);
    await coach.http.put('/coaches/profile').send({ bio: null, gym_ids: [] });
    await coach.http.delete('/coaches/profile/specialties/boxe');
    expect(await percent()).toBe(35);
  });
});
