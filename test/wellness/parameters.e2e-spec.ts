import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { enter, logsAt, parametersOf, type WireParameter } from './values';

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/admin/health/parameters';
const LABEL = { en: 'Mood', fr: 'Humeur', es: 'Ánimo', pt: 'Humor' };

let app: TestApp;
let admin: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock(NOW);
  admin = await app.register();
  await promote(app, admin);
});
afterAll(() => app.close());

const add = (body: object): Promise<WireParameter> => expectStatus(admin.http.post(PATH).send(body), 201);
const lastDeed = async (): Promise<unknown> => {
  const { rows } = await app.database.query(
    `SELECT action, actor_id, target_id FROM audit_log WHERE target_type = 'health_parameter'
     ORDER BY ctid DESC LIMIT 1`,
  );
  return rows[0];
};

describe('the parameters', () => {
  it('are at first the fourteen of the rules, in their order', async () => {
    const listed = await parametersOf((await app.register()).http);
    expect(listed.map(({ slug, data_type }) => `${slug} ${data_type}`)).toEqual([
      'weight_kg float',
      'body_fat_pct float',
      'muscle_mass_kg float',
      'bmi float',
      'resting_heart_rate_bpm int',
      'blood_pressure_systolic int',
      'blood_pressure_diastolic int',
      'spo2_pct float',
      'vo2max float',
      'sleep_hours float',
      'sleep_quality int',
      'stress_level int',
      'water_intake_ml int',
      'steps_daily int',
    ]);
    for (const { label, active, position, unit } of listed) {
      expect(Object.keys(label).sort()).toEqual(['en', 'es', 'fr', 'pt']);
      expect(Object.values(label).every((text) => text.length > 1)).toBe(true);
      expect([active, position > 0, unit === null || unit.length > 0]).toEqual([true, true, true]);
    }
    expect(listed.filter(({ unit }) => unit === '/10').map(({ slug }) => slug)).toEqual([
      'sleep_quality',
      'stress_level',
    ]);
    expect(listed[0]).toEqual({
      id: expect.any(String) as string,
      slug: 'weight_kg',
      label: { en: 'Weight', fr: 'Poids', es: 'Peso', pt: 'Peso' },
      unit: 'kg',
      data_type: 'float',
      category: 'morphology',
      active: true,
      position: 1,
      created_at: expect.any(String) as string,
    });
  });

  it('are for people with an account to see, and for admins to manage', async () => {
    await expectStatus(app.http.get('/health/parameters'), 401);
    const [{ id } = { id: '' }] = await parametersOf(admin.http);
    const coach = await app.register({ role: 'coach' });
    for (const [http, status] of [
      [app.http, 401],
      [coach.http, 403],
    ] as const)
      for (const request of [
        http.get(PATH),
        http.post(PATH).send({ slug: 'a', label: LABEL }),
        http.patch(`${PATH}/${id}`).send({ active: false }),
        http.delete(`${PATH}/${id}`),
      ])
        await expectStatus(request, status);
  });
});

describe('a new parameter', () => {
  it('is a number of any kind, comes last and is active, unless something else is said', async () => {
    const last = Math.max(...(await parametersOf(admin.http, PATH)).map(({ position }) => position));
    const made = await add({ slug: 'mood', label: LABEL, id: randomUUID(), active: false });
    expect(made).toEqual({
      id: expect.any(String) as string,
      slug: 'mood',
      label: LABEL,
      unit: null,
      data_type: 'float',
      category: 'other',
      active: true,
      position: last + 1,
      created_at: NOW,
    });
    expect((await parametersOf(admin.http)).at(-1)).toEqual(made);
    expect(await lastDeed()).toEqual({
      action: 'health_parameter.created',
      actor_id: admin.id,
      target_id: made.id,
    });
  });

  it('has what it is given', async () => {
    const given = { unit: 'mg/dl', data_type: 'int', category: 'nutrition', position: 0 };
    const made = await add({ slug: 'glucose', label: { fr: ' Glycémie ' }, ...given });
    expect(made).toMatchObject({ ...given, label: { fr: 'Glycémie' } });
    expect((await parametersOf(admin.http))[0]).toEqual(made);
  });

  it('is refused when its slug is taken', async () => {
    const refused = admin.http.post(PATH).send({ slug: 'weight_kg', label: LABEL });
    expect(await expectStatus(refused, 409)).toMatchObject({ detail: 'slug_exists' });
  });

  it.each<[string, object, [string, string]]>([
    ['no label', { label: undefined }, ['label', 'required']],
    ['an empty label', { label: {} }, ['label', 'required']],
    ['a label that is a word', { label: 'Mood' }, ['label', 'invalid_type']],
    ['a label in a language that we do not speak', { label: { ...LABEL, de: 'Laune' } }, ['label', 'invalid_locale']],
    ['a label that is too long', { label: { en: 'x'.repeat(101) } }, ['label', 'too_long']],
    ['a slug in capitals', { slug: 'Mood' }, ['slug', 'invalid_format']],
    ['a slug of 51 characters', { slug: 'x'.repeat(51) }, ['slug', 'too_long']],
    ['a unit of 21 characters', { unit: 'x'.repeat(21) }, ['unit', 'too_long']],
    ['an unknown type', { data_type: 'text' }, ['data_type', 'invalid_value']],
    ['an unknown category', { category: 'mind' }, ['category', 'invalid_value']],
    ['a place before the first', { position: -1 }, ['position', 'too_small']],
  ])('is refused with %s', async (_, wish, [field, code]) => {
    const refused = admin.http.post(PATH).send({ slug: 'fine', label: LABEL, ...wish });
    const { errors } = await expectStatus<{ errors: object[] }>(refused, 422);
    expect(errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});

describe('a parameter', () => {
  it('is changed in what is named; its slug and type are for ever', async () => {
    const made = await add({ slug: 'steady', label: LABEL, unit: 'x' });
    const patch = (body: object): Promise<WireParameter> =>
      expectStatus(admin.http.patch(`${PATH}/${made.id}`).send(body), 200);
    expect(await patch({ label: { en: 'Steady' }, slug: 'other', data_type: 'int' })).toEqual({
      ...made,
      label: { en: 'Steady' },
    });
    const changes = { unit: null, category: 'sleep', position: 3, active: false };
    expect(await patch(changes)).toEqual({ ...made, label: { en: 'Steady' }, ...changes });
    expect(await lastDeed()).toMatchObject({ action: 'health_parameter.updated', target_id: made.id });
    await expectStatus(admin.http.patch(`${PATH}/${made.id}`).send({ label: null }), 422);
    const missing = admin.http.patch(`${PATH}/${randomUUID()}`).send({ unit: 'x' });
    expect(await expectStatus(missing, 404)).toMatchObject({ detail: 'parameter_not_found' });
  });

  it('that is switched off is hidden with its values, which come back with it', async () => {
    const made = await add({ slug: 'fading', label: LABEL });
    const owner = await app.register();
    const log = await enter(app, owner, 'fading', 1);
    const off = await expectStatus<WireParameter>(admin.http.delete(`${PATH}/${made.id}`), 200);
    expect(off).toEqual({ ...made, active: false });
    expect(await lastDeed()).toMatchObject({ action: 'health_parameter.switched_off', target_id: made.id });
    expect(await parametersOf(owner.http)).not.toContainEqual(expect.objectContaining({ slug: 'fading' }));
    expect(await parametersOf(admin.http, PATH)).toContainEqual(off);
    expect(await logsAt(owner.http)).toMatchObject({ total: 0 });
    await expectStatus(admin.http.patch(`${PATH}/${made.id}`).send({ active: true }), 200);
    expect(await logsAt(owner.http)).toMatchObject({ items: [log], total: 1 });
    expect(await expectStatus(admin.http.delete(`${PATH}/${randomUUID()}`), 404)).toMatchObject({
      detail: 'parameter_not_found',
    });
  });
});
