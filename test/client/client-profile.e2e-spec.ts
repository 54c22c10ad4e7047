import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

type Body = Record<string, unknown>;
interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

function faults(body: unknown): string[] {
  return ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`);
}

/** Validated clubs, as an import makes them. */
async function gyms(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await app.database.query(
    `INSERT INTO gyms (id, name, city, country, validated, created_at, updated_at)
     SELECT id, 'Club ' || id, 'Lyon', 'FR', true, now(), now() FROM unnest($1::uuid[]) AS clubs (id)`,
    [ids],
  );
  return ids;
}

async function percentOf(person: TestPerson): Promise<number> {
  return ((await person.http.get('/users/me')).body as { profile_completion_pct: number }).profile_completion_pct;
}

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
    const [first = '', second = ''] = await gyms(2);
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
    const clubs = body['gyms'] as { id: string; is_favorite: boolean }[];
    expect(clubs.map(({ id }) => id).sort()).toEqual([first, second].sort());
    expect(clubs.every(({ is_favorite }) => is_favorite)).toBe(true);
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
    const [hidden = ''] = await gyms(1);
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
    expect(faults(answer.body)).toContain(`${field} ${code}`);
  });

  it('take ten favourites', async () => {
    const person = await app.register();
    const body = await expectStatus(person.http.post('/clients/profile').send({ gym_ids: await gyms(10) }), 201);
    expect(body['gyms']).toHaveLength(10);
  });

  it('take yesterday as a date of birth and refuse today, by the caller’s own calendar', async () => {
    await app.setClock('2026-03-02T23:30:00Z');
    // In Paris it is the 3rd already.
    const person = await app.register({ timezone: 'Europe/Paris' });
    const today = await person.http.post('/clients/profile').send({ birth_date: '2026-03-03' });
    expect(today.status).toBe(422);
    expect(faults(today.body)).toEqual(['birth_date too_large']);
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
    const [first = '', second = ''] = await gyms(2);
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

describe('the questionnaire', () => {
  const full = {
    goal: 'muscle_gain',
    level: 'advanced',
    frequency_per_week: 4,
    session_duration_min: 75,
    equipment: ['dumbbells', 'bench'],
    target_zones: ['chest', 'back'],
    injuries: 'Épaule droite : tendinite.\nRien au-dessus de la tête.',
    injury_zones: ['shoulders'],
  };

  it('is saved for the first time with 201, with an empty profile if there is none', async () => {
    const person = await app.register();
    const answer = await person.http.post('/clients/questionnaire').send(full);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ ...full, updated_at: expect.stringMatching(INSTANT) });
    expect(await expectStatus(person.http.get('/clients/questionnaire'), 200)).toEqual(answer.body);
    expect(await expectStatus(person.http.get('/clients/profile'), 200)).toMatchObject({
      goal: null,
      weight_unit: 'kg',
      onboarding_completed: true,
    });
  });

  it('is replaced with 200: what is absent is not answered any more', async () => {
    const person = await app.register();
    await expectStatus(person.http.post('/clients/questionnaire').send(full), 201);
    const replaced = await person.http.post('/clients/questionnaire').send({ goal: 'endurance' });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toEqual({
      goal: 'endurance',
      level: null,
      frequency_per_week: null,
      session_duration_min: null,
      equipment: [],
      target_zones: [],
      injuries: null,
      injury_zones: [],
      updated_at: expect.stringMatching(INSTANT),
    });
  });

  it('keeps a profile that is there', async () => {
    const person = await app.register();
    await expectStatus(person.http.post('/clients/profile').send({ goal: 'endurance', height_cm: 170 }), 201);
    await expectStatus(person.http.post('/clients/questionnaire').send(full), 201);
    expect(await expectStatus(person.http.get('/clients/profile'), 200)).toMatchObject({
      goal: 'endurance',
      height_cm: 170,
      onboarding_completed: true,
    });
  });

  it('is made once, however many save it at the same time', async () => {
    const person = await app.register();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        person.http.post('/clients/questionnaire').send({ ...full, frequency_per_week: at + 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    const { rows } = await app.database.query('SELECT FROM questionnaires WHERE user_id = $1', [person.id]);
    expect(rows).toHaveLength(1);
  });

  it('changes what is given and leaves the rest', async () => {
    const person = await app.register();
    const missing = await person.http.put('/clients/questionnaire').send({ goal: 'other' });
    expect([missing.status, (missing.body as Refusal).detail]).toEqual([404, 'questionnaire_not_found']);
    expect((await person.http.get('/clients/questionnaire')).status).toBe(404);
    await expectStatus(person.http.post('/clients/questionnaire').send(full), 201);
    const changed = await expectStatus(
      person.http.put('/clients/questionnaire').send({ level: null, injury_zones: [], equipment: ['bands', 'bands'] }),
      200,
    );
    expect(changed).toMatchObject({ ...full, level: null, injury_zones: [], equipment: ['bands'] });
    const healed = await expectStatus(person.http.put('/clients/questionnaire').send({ injuries: null }), 200);
    expect(healed).toMatchObject({ injuries: null, goal: 'muscle_gain' });
  });

  it('keeps injuries unreadable in the table, bound to their row', async () => {
    const [person, other] = [await app.register(), await app.register()];
    await expectStatus(person.http.post('/clients/questionnaire').send(full), 201);
    await expectStatus(other.http.post('/clients/questionnaire').send({ injuries: 'Genou' }), 201);
    const { rows } = await app.database.query<{ injuries: string }>(
      'SELECT injuries FROM questionnaires WHERE user_id = $1',
      [person.id],
    );
    expect(rows[0]?.injuries).toMatch(/^[^:]+:[A-Za-z0-9+/=]+$/);
    expect(rows[0]?.injuries).not.toContain('tendinite');
    await app.database.query(
      `UPDATE questionnaires SET injuries = (SELECT injuries FROM questionnaires WHERE user_id = $1)
       WHERE user_id = $2`,
      [person.id, other.id],
    );
    expect((await other.http.get('/clients/questionnaire')).status).toBe(500);
  });

  it.each<[string, unknown]>([
    ['frequency_per_week', 1],
    ['frequency_per_week', 7],
    ['session_duration_min', 15],
    ['session_duration_min', 240],
    ['injuries', 'é'.repeat(2000)],
  ])('takes %s at its limit', async (field, value) => {
    const person = await app.register();
    expect(await expectStatus(person.http.post('/clients/questionnaire').send({ [field]: value }), 201)).toMatchObject({
      [field]: value,
    });
  });

  it.each<[string, unknown, string]>([
    ['frequency_per_week', 0, 'too_small'],
    ['frequency_per_week', 8, 'too_large'],
    ['session_duration_min', 14, 'too_small'],
    ['session_duration_min', 241, 'too_large'],
    ['injuries', 'é'.repeat(2001), 'too_long'],
    ['equipment', ['spoon'], 'invalid_value'],
    ['target_zones', ['ear'], 'invalid_value'],
    ['injury_zones', ['ear'], 'invalid_value'],
    ['goal', 'rehab', 'invalid_value'],
  ])('refuses %s beyond it: %#', async (field, value, code) => {
    const person = await app.register();
    const answer = await person.http.post('/clients/questionnaire').send({ [field]: value });
    expect(answer.status).toBe(422);
    expect(faults(answer.body)).toEqual([`${field} ${code}`]);
  });
});

describe('the completion of a client’s account', () => {
  it('grows with goal, level, rhythm, means and the questionnaire itself', async () => {
    const person = await app.register();
    const base = await percentOf(person);
    const gained = async (): Promise<number> => (await percentOf(person)) - base;
    await expectStatus(person.http.post('/clients/profile').send({ goal: 'endurance' }), 201);
    expect(await gained()).toBe(10);
    await expectStatus(person.http.put('/clients/profile').send({ level: 'beginner' }), 200);
    expect(await gained()).toBe(20);
    await expectStatus(person.http.post('/clients/questionnaire').send({ frequency_per_week: 2 }), 201);
    expect(await gained()).toBe(30);
    await expectStatus(person.http.put('/clients/questionnaire').send({ session_duration_min: 60 }), 200);
    expect(await gained()).toBe(40);
    await expectStatus(person.http.put('/clients/questionnaire').send({ equipment: ['bands'] }), 200);
    expect(await gained()).toBe(40);
    await expectStatus(person.http.put('/clients/questionnaire').send({ target_zones: ['core'] }), 200);
    expect(await gained()).toBe(50);
    await expectStatus(person.http.put('/clients/profile').send({ goal: null }), 200);
    expect(await gained()).toBe(40);
  });

  it('reaches one hundred with address, phone and picture', async () => {
    const person = await app.register({ phone: '+33612345678' });
    await app.database.query(
      `UPDATE users SET email_verified_at = now(), status = 'active', photo_url = '/static/photos/x.webp' WHERE id = $1`,
      [person.id],
    );
    await expectStatus(
      person.http.post('/clients/questionnaire').send({
        goal: 'other',
        level: 'beginner',
        frequency_per_week: 1,
        session_duration_min: 30,
        equipment: ['bodyweight'],
        target_zones: ['full_body'],
      }),
      201,
    );
    expect(await percentOf(person)).toBe(100);
  });

  it('counts nothing for a coach who trains himself: his hundred is that of a coach', async () => {
    const coach = await app.register({ role: 'coach' });
    const base = await percentOf(coach);
    await expectStatus(coach.http.post('/clients/questionnaire').send({ goal: 'other', level: 'beginner' }), 201);
    expect(await percentOf(coach)).toBe(base);
  });
});
