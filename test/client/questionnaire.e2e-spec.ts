import { expectStatus } from 'test/support/coaching';
import { INSTANT } from 'test/support/instant';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function percentOf(person: TestPerson): Promise<number> {
  return ((await person.http.get('/users/me')).body as { profile_completion_pct: number }).profile_completion_pct;
}

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
    expect(faultsOf(answer.body)).toEqual([`${field} ${code}`]);
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
