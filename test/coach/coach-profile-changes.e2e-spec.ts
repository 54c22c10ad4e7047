import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp } from 'test/support/test-app';
import { coachWith } from './profiles';

type Body = Record<string, unknown>;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('changing a coach profile', () => {
  it('leaves what is absent, clears what is null and replaces lists', async () => {
    const coach = await coachWith(app, {
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
    const coach = await coachWith(app, { bio: 'Bonjour', specialties: ['yoga'] });
    const before = (await coach.http.get('/coaches/profile')).body as Body;
    const answer = await coach.http.put('/coaches/profile').send({});
    expect(answer.status).toBe(200);
    expect({ ...(answer.body as Body), updated_at: null }).toEqual({ ...before, updated_at: null });
  });

  it('takes emptied texts as nothing, trims them, and keeps each entry of a list once', async () => {
    const coach = await coachWith(app, { bio: 'Bonjour', city: 'Lyon', sms_sender_name: 'Ines' });
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
    const coach = await coachWith(app);
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
    expect(faultsOf(answer.body).sort()).toEqual(fields.map((field) => `${field} required`).sort());
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
    const coach = await coachWith(app);
    for (const value of good) {
      const answer = await coach.http.put('/coaches/profile').send({ [field]: value });
      expect(answer.status).toBe(200);
      expect((answer.body as Body)[field]).toEqual(value);
    }
    for (const [value, code] of bad) {
      const answer = await coach.http.put('/coaches/profile').send({ [field]: value });
      expect(answer.status).toBe(422);
      expect(faultsOf(answer.body)).toEqual([`${field} ${code}`]);
    }
  });

  it('refuses a list, a text or a number in place of the request', async () => {
    const coach = await coachWith(app);
    for (const body of ['[]', '"text"', '7']) {
      const answer = await coach.http.put('/coaches/profile').set('Content-Type', 'application/json').send(body);
      expect(answer.status).toBe(422);
    }
  });

  it('tells one coach nothing of another', async () => {
    const [one, other] = [await coachWith(app, { bio: 'Une' }), await coachWith(app, { bio: 'Autre' })];
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
    const coach = await coachWith(app, { discovery_enabled: true, discovery_free: false, discovery_price_cents: 2000 });
    const cleared = await coach.http.put('/coaches/profile').send({ discovery_price_cents: null });
    expect(cleared.status).toBe(422);
    const freed = await coach.http.put('/coaches/profile').send({ discovery_free: true, discovery_price_cents: null });
    expect(freed.status).toBe(200);
    expect(freed.body).toMatchObject({ discovery_free: true, discovery_price_cents: null });
  });

  it('holds when two changes that exclude each other arrive at once', async () => {
    const coach = await coachWith(app, { discovery_enabled: true, discovery_free: true, discovery_price_cents: 2000 });
    const answers = await Promise.all([
      coach.http.put('/coaches/profile').send({ discovery_free: false }),
      coach.http.put('/coaches/profile').send({ discovery_price_cents: null }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  });
});
