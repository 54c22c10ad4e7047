import { randomUUID } from 'node:crypto';
import { clubs } from 'test/support/clubs';
import { expectStatus } from 'test/support/coaching';
import { INSTANT } from 'test/support/instant';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Body = Record<string, unknown>;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

describe('making a client profile', () => {
  it('answers the whole profile with nothing known and no field beyond it', async () => {
    const person = await app.register();
    const answer = await person.http.post('/clients/profile').send({});
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      user_id: person.id,
      birth_date: null,
      weight_kg: null,
      height_cm: null,
      goal: null,
      level: null,
      weight_unit: 'kg',
      country: null,
      target_weight_kg: null,
      onboarding_completed: false,
      gyms: [],
      created_at: expect.stringMatching(INSTANT),
      updated_at: expect.stringMatching(INSTANT),
    });
  });

  it('keeps everything that was given', async () => {
    const person = await app.register();
    const [first = '', second = ''] = await clubs(app, 2);
    const given = {
      birth_date: '1990-02-28',
      weight_kg: 72.35,
      height_cm: 178,
      goal: 'sport_perf',
      level: 'intermediate',
      weight_unit: 'lb',
      country: 'BE',
      target_weight_kg: 68.5,
    };
    await expectStatus(person.http.post('/clients/profile').send({ ...given, gym_ids: [first, second, first] }), 201);
    const body = await expectStatus(person.http.get('/clients/profile'), 200);
    expect(body).toMatchObject(given);
    const favorites = body['gyms'] as { id: string; is_favorite: boolean }[];
    expect(favorites.map(({ id }) => id).sort()).toEqual([first, second].sort());
    expect(favorites.every(({ is_favorite }) => is_favorite)).toBe(true);
    expect(await expectStatus(person.http.get('/users/me/gyms'), 200)).toHaveLength(2);
  });

  it('reads weights in the unit of the given country, else of the account’s', async () => {
    const american = await app.register({ country: 'US' });
    const visitor = await app.register({ country: 'US' });
    const emigrant = await app.register({ country: 'FR' });
    const unit = async (person: TestPerson, body: Body): Promise<unknown> =>
      (await expectStatus(person.http.post('/clients/profile').send(body), 201))['weight_unit'];
    expect(await unit(american, {})).toBe('lb');
    expect(await unit(visitor, { country: 'FR' })).toBe('kg');
    expect(await unit(emigrant, { country: 'US' })).toBe('lb');
  });

  it('is done once, however many ask at the same time', async () => {
    const person = await app.register();
    const answers = await Promise.all(Array.from({ length: 6 }, () => person.http.post('/clients/profile').send({})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const late = await person.http.post('/clients/profile').send({ goal: 'endurance' });
    expect(late.status).toBe(409);
    expect((late.body as Refusal).detail).toBe('client_profile_exists');
    expect(await expectStatus(person.http.get('/clients/profile'), 200)).toMatchObject({ goal: null });
  });

  it('answers a repeat under the same idempotency key alike', async () => {
    const person = await app.register();
    const key = randomUUID();
    const post = () => person.http.post('/clients/profile').set('Idempotency-Key', key).send({ height_cm: 180 });
    const first = await post();
    const again = await post();
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  it('leaves nothing behind when a club is unknown or not validated', async () => {
    const person = await app.register();
    const [hidden = ''] = await clubs(app, 1);
    await app.database.query('UPDATE gyms SET validated = false WHERE id = $1', [hidden]);
    for (const id of [randomUUID(), hidden]) {
      const answer = await person.http.post('/clients/profile').send({ gym_ids: [id] });
      expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'gym_not_found']);
    }
    const missing = await person.http.get('/clients/profile');
    expect([missing.status, (missing.body as Refusal).detail]).toEqual([404, 'client_profile_not_found']);
  });
});

describe('the limits of a client profile', () => {
  it.each<[string, unknown]>([
    ['weight_kg', 10],
    ['weight_kg', 500],
    ['target_weight_kg', 10],
    ['target_weight_kg', 499.99],
    ['height_cm', 50],
    ['height_cm', 300],
    ['birth_date', '1900-01-01'],
    ['goal', 'other'],
    ['level', 'advanced'],
  ])('take %s %p', async (field, value) => {
    const person = await app.register();
    const body = await expectStatus(person.http.post('/clients/profile').send({ [field]: value }), 201);
    expect(body[field]).toBe(value);
  });

  it.each<[string, unknown, string]>([
    ['weight_kg', 9.99, 'too_small'],
    ['weight_kg', 500.01, 'too_large'],
    ['weight_kg', 70.123, 'invalid_type'],
    ['weight_kg', '70', 'invalid_type'],
    ['target_weight_kg', 9, 'too_small'],
    ['target_weight_kg', 501, 'too_large'],
    ['height_cm', 49, 'too_small'],
    ['height_cm', 301, 'too_large'],
    ['height_cm', 170.5, 'invalid_type'],
    ['birth_date', '1990-02-30', 'invalid_format'],
    ['birth_date', '90-02-01', 'invalid_format'],
    ['birth_date', 19900201, 'invalid_type'],
    ['goal', 'fame', 'invalid_value'],
    ['level', 'god', 'invalid_value'],
    ['weight_unit', 'stone', 'invalid_value'],
    ['weight_unit', null, 'required'],
    ['country', 'XX', 'invalid_country'],
    ['gym_ids', ['1'], 'invalid_format'],
    ['gym_ids', Array.from({ length: 11 }, () => randomUUID()), 'too_many'],
  ])('refuse %s beyond them: %#', async (field, value, code) => {
    const person = await app.register();
    const answer = await person.http.post('/clients/profile').send({ [field]: value });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toContain(`${field} ${code}`);
  });

  it('take ten favourites', async () => {
    const person = await app.register();
    const body = await expectStatus(person.http.post('/clients/profile').send({ gym_ids: await clubs(app, 10) }), 201);
    expect(body['gyms']).toHaveLength(10);
  });

  it('take yesterday as a date of birth and refuse today, by the caller’s own calendar', async () => {
    await app.setClock('2026-03-02T23:30:00Z');
    // In Paris it is the 3rd already.
    const person = await app.register({ timezone: 'Europe/Paris' });
    const today = await person.http.post('/clients/profile').send({ birth_date: '2026-03-03' });
    expect(today.status).toBe(422);
    expect(faultsOf(today.body)).toEqual(['birth_date too_large']);
    await expectStatus(person.http.post('/clients/profile').send({ birth_date: '2026-03-02' }), 201);
    await app.setClock(null);
  });
});

describe('changing a client profile', () => {
  it('needs one', async () => {
    const person = await app.register();
    const answer = await person.http.put('/clients/profile').send({ goal: 'endurance' });
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'client_profile_not_found']);
  });

  it('changes what is given, clears with null and leaves the rest', async () => {
    const person = await app.register();
    const [first = '', second = ''] = await clubs(app, 2);
    const given = { goal: 'endurance', level: 'beginner', weight_kg: 80, gym_ids: [first] };
    await expectStatus(person.http.post('/clients/profile').send(given), 201);
    const changed = await expectStatus(person.http.put('/clients/profile').send({ goal: null, weight_kg: 79.5 }), 200);
    expect(changed).toMatchObject({ goal: null, level: 'beginner', weight_kg: 79.5, gyms: [{ id: first }] });
    const moved = await expectStatus(person.http.put('/clients/profile').send({ gym_ids: [second] }), 200);
    expect(moved).toMatchObject({ level: 'beginner', gyms: [{ id: second }] });
    const none = await expectStatus(person.http.put('/clients/profile').send({ gym_ids: [] }), 200);
    expect(none).toMatchObject({ gyms: [] });
  });

  it('changes nothing when a club is unknown', async () => {
    const person = await app.register();
    await expectStatus(person.http.post('/clients/profile').send({ goal: 'endurance' }), 201);
    const answer = await person.http.put('/clients/profile').send({ goal: 'other', gym_ids: [randomUUID()] });
    expect([answer.status, (answer.body as Refusal).detail]).toEqual([404, 'gym_not_found']);
    expect(await expectStatus(person.http.get('/clients/profile'), 200)).toMatchObject({ goal: 'endurance' });
  });

  it('drops fields that nobody may set', async () => {
    const person = await app.register();
    const other = await app.register();
    await expectStatus(
      person.http.post('/clients/profile').send({ user_id: other.id, onboarding_completed: true, created_at: 'x' }),
      201,
    );
    expect((await other.http.get('/clients/profile')).status).toBe(404);
    expect(await expectStatus(person.http.get('/clients/profile'), 200)).toMatchObject({
      user_id: person.id,
      onboarding_completed: false,
    });
  });
});
