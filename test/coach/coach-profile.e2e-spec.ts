import { randomUUID } from 'node:crypto';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Body = Record<string, unknown>;
interface Refusal {
  detail: string;
  message: string;
  errors?: { field: string; code: string; message: string }[];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;
const IDLE_WEEK = [0, 1, 2, 3, 4, 5, 6].map((day_of_week) => ({ day_of_week, is_working_day: false, time_slots: [] }));

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
});

async function coachWith(profile: Body = {}): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach' });
  const answer = await coach.http.post('/coaches/profile').send(profile);
  expect(answer.status).toBe(201);
  return coach;
}

async function aGym(name: string, validated = true): Promise<string> {
  const { rows } = await app.database.query<{ id: string }>(
    `INSERT INTO gyms (name, zip_code, city, country, validated, created_at, updated_at)
     VALUES ($1, '69002', 'Lyon', 'FR', $2, now(), now()) RETURNING id`,
    [name, validated],
  );
  if (!rows[0]) throw new Error('no gym was made');
  return rows[0].id;
}

function faults(body: unknown): string[] {
  return ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
}

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
    const coach = await coachWith(given);
    const { body } = await coach.http.get('/coaches/profile');
    expect(body).toMatchObject({ ...given, currency: 'CHF' });
  });

  it('takes the currency that is given rather than that of the country', async () => {
    const coach = await coachWith({ country: 'CH', currency: 'EUR' });
    expect((await coach.http.get('/coaches/profile')).body).toMatchObject({ country: 'CH', currency: 'EUR' });
  });

  it('makes the discovery session as long as an ordinary one unless told otherwise', async () => {
    const coach = await coachWith({ session_duration_min: 300 });
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

describe('changing a coach profile', () => {
  it('leaves what is absent, clears what is null and replaces lists', async () => {
    const coach = await coachWith({
      bio: 'Bonjour',
      city: 'Lyon',
      country: 'FR',
      experience_years: 3,
      languages: ['fr', 'en'],
      specialties: ['muscu', 'cardio'],
    });
    const answer = await coach.http
      .put('/coaches/profile')
      .send({ bio: null, experience_years: null, languages: ['pt'], specialties: [] });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      bio: null,
      city: 'Lyon',
      country: 'FR',
      experience_years: null,
      languages: ['pt'],
      specialties: [],
    });
    expect((await coach.http.get('/coaches/profile')).body).toEqual(answer.body);
  });

  it('changes nothing for an empty request', async () => {
    const coach = await coachWith({ bio: 'Bonjour', specialties: ['yoga'] });
    const before = (await coach.http.get('/coaches/profile')).body as Body;
    const answer = await coach.http.put('/coaches/profile').send({});
    expect(answer.status).toBe(200);
    expect({ ...(answer.body as Body), updated_at: null }).toEqual({ ...before, updated_at: null });
  });

  it('takes emptied texts as nothing, trims them, and keeps each entry of a list once', async () => {
    const coach = await coachWith({ bio: 'Bonjour', city: 'Lyon', sms_sender_name: 'Ines' });
    const answer = await coach.http.put('/coaches/profile').send({
      bio: '  ',
      city: '  Nice ',
      sms_sender_name: '',
      languages: ['fr', 'en', 'fr'],
      specialties: ['yoga', 'yoga'],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      bio: null,
      city: 'Nice',
      sms_sender_name: null,
      languages: ['fr', 'en'],
      specialties: ['yoga'],
    });
  });

  it('refuses null where a value is needed', async () => {
    const coach = await coachWith();
    const fields = [
      'currency',
      'session_duration_min',
      'discovery_enabled',
      'discovery_free',
      'discovery_duration_min',
      'booking_horizon_days',
      'buffer_min',
      'min_notice_hours',
      'languages',
      'specialties',
      'gym_ids',
    ];
    const answer = await coach.http
      .put('/coaches/profile')
      .send(Object.fromEntries(fields.map((field) => [field, null])));
    expect(answer.status).toBe(422);
    expect((answer.body as Refusal).detail).toBe('validation_error');
    expect(faults(answer.body).sort()).toEqual(fields.map((field) => `${field} required`).sort());
  });

  it.each<[string, unknown[], [unknown, string][]]>([
    ['bio', ['x'.repeat(2000)], [['x'.repeat(2001), 'too_long']]],
    ['bio', [null], [[42, 'invalid_type']]],
    ['bio', ['tab\tand\nline'], [['nul\u0000', 'invalid_format']]],
    ['city', ['x'.repeat(100), null], [['x'.repeat(101), 'too_long']]],
    ['country', ['FR', null], [['fr', 'invalid_country']]],
    ['country', ['SN'], [['XX', 'invalid_country']]],
    ['currency', ['XOF'], [['eur', 'invalid_currency']]],
    ['session_duration_min', [15, 480], [[14, 'too_small']]],
    ['session_duration_min', [60], [[481, 'too_large']]],
    ['session_duration_min', [60], [[60.5, 'invalid_type']]],
    ['session_duration_min', [60], [['60', 'invalid_type']]],
    ['discovery_enabled', [true, false], [['yes', 'invalid_type']]],
    ['discovery_price_cents', [0, 2_147_483_647, null], [[-1, 'too_small']]],
    ['discovery_price_cents', [0], [[2_147_483_648, 'too_large']]],
    ['discovery_duration_min', [15, 240], [[14, 'too_small']]],
    ['discovery_duration_min', [60], [[241, 'too_large']]],
    ['booking_horizon_days', [1, 365], [[0, 'too_small']]],
    ['booking_horizon_days', [30], [[366, 'too_large']]],
    ['buffer_min', [0, 120], [[121, 'too_large']]],
    ['buffer_min', [0], [[-1, 'too_small']]],
    ['min_notice_hours', [0, 168], [[169, 'too_large']]],
    ['sms_sender_name', ['A1b2C3d4E5f', null], [['A1b2C3d4E5f6', 'too_long']]],
    ['sms_sender_name', ['Ines'], [['In es', 'invalid_format']]],
    ['sms_sender_name', ['Ines'], [['Inès', 'invalid_format']]],
    ['experience_years', [0, 60, null], [[61, 'too_large']]],
    ['max_clients', [1, 9999, null], [[0, 'too_small']]],
    ['max_clients', [1], [[10_000, 'too_large']]],
    ['languages', [[], ['fr', 'en', 'es', 'pt', 'de', 'it', 'nl', 'pl', 'ro', 'ar']], [[['xx'], 'invalid_value']]],
    ['languages', [['fr']], [[['fr', 'en', 'es', 'pt', 'de', 'it', 'nl', 'pl', 'ro', 'ar', 'sv'], 'too_many']]],
    ['languages', [['fr']], [['fr', 'invalid_type']]],
    ['specialties', [['autre']], [[['karate'], 'invalid_specialty']]],
    ['specialties', [[]], [[['yoga', 7], 'invalid_specialty']]],
  ])('takes %s within its limits and no further', async (field, good, bad) => {
    const coach = await coachWith();
    for (const value of good) {
      const answer = await coach.http.put('/coaches/profile').send({ [field]: value });
      expect(answer.status).toBe(200);
      expect((answer.body as Body)[field]).toEqual(value);
    }
    for (const [value, code] of bad) {
      const answer = await coach.http.put('/coaches/profile').send({ [field]: value });
      expect(answer.status).toBe(422);
      expect(faults(answer.body)).toEqual([`${field} ${code}`]);
    }
  });

  it('refuses a list, a text or a number in place of the request', async () => {
    const coach = await coachWith();
    for (const body of ['[]', '"text"', '7']) {
      const answer = await coach.http.put('/coaches/profile').set('Content-Type', 'application/json').send(body);
      expect(answer.status).toBe(422);
    }
  });

  it('tells one coach nothing of another', async () => {
    const [one, other] = [await coachWith({ bio: 'Une' }), await coachWith({ bio: 'Autre' })];
    await one.http.put('/coaches/profile').send({ bio: 'Une autre' });
    expect((await other.http.get('/coaches/profile')).body).toMatchObject({ user_id: other.id, bio: 'Autre' });
  });
});

describe('the price of a discovery session', () => {
  it('is needed when the session is not free, at the creation and later', async () => {
    const coach = await app.register({ role: 'coach' });
    const created = await coach.http.post('/coaches/profile').send({ discovery_enabled: true, discovery_free: false });
    expect(created.status).toBe(422);
    expect((created.body as Refusal).detail).toBe('discovery_price_required');
    expect((await coach.http.get('/coaches/profile')).status).toBe(404);

    await coach.http.post('/coaches/profile').send({ discovery_enabled: true });
    const changed = await coach.http.put('/coaches/profile').send({ discovery_free: false });
    expect(changed.status).toBe(422);
    expect((changed.body as Refusal).detail).toBe('discovery_price_required');
    const both = await coach.http.put('/coaches/profile').send({ discovery_free: false, discovery_price_cents: 0 });
    expect(both.status).toBe(200);
  });

  it('cannot be taken away while the session is not free', async () => {
    const coach = await coachWith({ discovery_enabled: true, discovery_free: false, discovery_price_cents: 2000 });
    const cleared = await coach.http.put('/coaches/profile').send({ discovery_price_cents: null });
    expect(cleared.status).toBe(422);
    const freed = await coach.http.put('/coaches/profile').send({ discovery_free: true, discovery_price_cents: null });
    expect(freed.status).toBe(200);
    expect(freed.body).toMatchObject({ discovery_free: true, discovery_price_cents: null });
  });

  it('holds when two changes that exclude each other arrive at once', async () => {
    const coach = await coachWith({ discovery_enabled: true, discovery_free: true, discovery_price_cents: 2000 });
    const answers = await Promise.all([
      coach.http.put('/coaches/profile').send({ discovery_free: false }),
      coach.http.put('/coaches/profile').send({ discovery_price_cents: null }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });
});

describe('what a profile gathers', () => {
  it('shows prices, hours and the week they make', async () => {
    const coach = await coachWith({ specialties: ['running'], booking_horizon_days: 20 });
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
    const [one, other] = [await aGym('Club Bellecour'), await aGym('Club Part-Dieu')];
    const coach = await coachWith({ gym_ids: [one, one.toUpperCase()] });
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
    const gyms: string[] = [];
    for (let number = 0; number < 21; number += 1) gyms.push(await aGym(`Club ${String(number)}`));
    const coach = await coachWith({ gym_ids: gyms.slice(0, 20) });
    const many = await coach.http.put('/coaches/profile').send({ gym_ids: gyms });
    expect(many.status).toBe(422);
    expect(faults(many.body)).toEqual(['gym_ids too_many']);
    const malformed = await coach.http.put('/coaches/profile').send({ gym_ids: ['seven'] });
    expect(faults(malformed.body)).toEqual(['gym_ids invalid_format']);
    const unknown = await coach.http.put('/coaches/profile').send({ bio: 'Lost', gym_ids: [gyms[20], randomUUID()] });
    expect(unknown.status).toBe(404);
    expect((unknown.body as Refusal).detail).toBe('gym_not_found');
    const hidden = await coach.http.put('/coaches/profile').send({ gym_ids: [await aGym('Not yet', false)] });
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
    const coach = await coachWith();
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
    const coach = await coachWith();
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
    await coach.http.put('/coaches/profile').send({ gym_ids: [await aGym('Club A'), await aGym('Club B')] });
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
    await coach.http.put('/coaches/profile').send({ gym_ids: [await aGym('Club C')] });
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
