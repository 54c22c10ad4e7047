import { faultsOf } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { historyOf, weigh, type WireMeasurement } from './scales';

const PATH = '/integrations/scale/manual';

let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T09:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'fr-FR', timezone: 'Europe/Paris' });
});

const refused = async (body: unknown): Promise<unknown[]> => {
  const answer = await me.http.post(PATH).send(body as object);
  return [answer.status, ...faultsOf(answer.body)];
};

describe('a measurement by hand', () => {
  it('is kept with all that was told', async () => {
    const told = { fat_pct: 18.25, muscle_pct: 76.5, water_pct: 55, bone_kg: 3.2, bmi: 24.7 };
    const measurement = await weigh(me, 82.45, '2026-03-01T06:30:00Z', told);
    expect(measurement).toEqual({
      id: measurement.id,
      user_id: me.id,
      measured_at: '2026-03-01T06:30:00Z',
      weight_kg: 82.45,
      ...told,
      source: 'manual',
    });
    expect((await historyOf(me)).items).toEqual([measurement]);
  });

  it('is of now and knows the weight alone where nothing else is told', async () => {
    expect(await weigh(me, 70)).toMatchObject({
      measured_at: '2026-03-02T09:00:00Z',
      ...{ weight_kg: 70, bmi: null, fat_pct: null, muscle_pct: null, water_pct: null, bone_kg: null },
    });
  });

  it('has its index reckoned where the profile tells the height, unless it was told', async () => {
    await expectStatus(me.http.post('/clients/profile').send({ height_cm: 180, weight_kg: 90 }), 201);
    expect((await weigh(me, 81)).bmi).toBe(25);
    expect((await weigh(me, 81, '2026-03-01T06:00:00Z', { bmi: 24.9 })).bmi).toBe(24.9);
    expect((await weigh(me, 81, '2026-03-01T07:00:00Z', { bmi: null })).bmi).toBe(25);
    // A height that gives what no body has tells nothing.
    await expectStatus(me.http.put('/clients/profile').send({ height_cm: 50 }), 200);
    expect((await weigh(me, 81, '2026-03-01T08:00:00Z')).bmi).toBeNull();
    // What somebody says of himself in his profile stays his own word.
    expect(await expectStatus(me.http.get('/clients/profile'), 200)).toMatchObject({ weight_kg: 90 });
  });

  it('takes the place of another one of the same moment', async () => {
    const first = await weigh(me, 80, '2026-03-01T06:00:00Z', { fat_pct: 20 });
    const second = await weigh(me, 81, '2026-03-01T06:00:00Z');
    expect(second).toEqual({ ...first, weight_kg: 81, fat_pct: null });
    // The same once more is answered, too.
    expect(await weigh(me, 81, '2026-03-01T06:00:00Z')).toEqual(second);
    const other = await app.register();
    await weigh(other, 60, '2026-03-01T06:00:00Z');
    expect((await historyOf(me)).items).toEqual([second]);
  });

  it('is one row, however many write the same moment at once', async () => {
    const weights = [70, 71, 72, 73, 74, 75];
    const answers = await Promise.all(weights.map((weight) => weigh(me, weight, '2026-03-01T06:00:00Z')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const { items } = await historyOf(me);
    expect(items).toHaveLength(1);
    expect(weights).toContain(items[0]?.weight_kg);
  });

  it('is told again under the same key, and not written again', async () => {
    const send = () => me.http.post(PATH).set('Idempotency-Key', 'k1').send({ weight_kg: 70 });
    const first = await expectStatus<WireMeasurement>(send(), 201);
    await app.setClock('2026-03-02T09:01:00Z');
    const again = await send();
    await app.setClock('2026-03-02T09:00:00Z');
    expect([again.status, again.headers['idempotent-replayed'], again.body]).toEqual([201, 'true', first]);
    expect((await historyOf(me)).total).toBe(1);
  });

  it.each([
    ['weight_kg', 0.01, 500],
    ['fat_pct', 0, 100],
    ['muscle_pct', 0, 100],
    ['water_pct', 0, 100],
    ['bone_kg', 0, 50],
    ['bmi', 0, 100],
  ])('has a %s from %d to %d and no further', async (field, least, most) => {
    for (const value of [least, most])
      expect(await expectStatus(me.http.post(PATH).send({ weight_kg: 70, [field]: value }), 201)).toMatchObject({
        [field]: value,
      });
    expect(await refused({ weight_kg: 70, [field]: least - 0.01 })).toEqual([422, `${field} too_small`]);
    expect(await refused({ weight_kg: 70, [field]: most + 0.01 })).toEqual([422, `${field} too_large`]);
    expect(await refused({ weight_kg: 70, [field]: 1.234 })).toEqual([422, `${field} invalid_type`]);
    expect(await refused({ weight_kg: 70, [field]: '12' })).toEqual([422, `${field} invalid_type`]);
  });

  it('needs a weight, and a moment that is not to come', async () => {
    expect(await refused({ fat_pct: 20 })).toEqual([422, 'weight_kg required']);
    const at = (measured_at: unknown) => ({ weight_kg: 70, measured_at });
    expect(await refused(at('2026-03-02T09:05:00.001Z'))).toEqual([422, 'measured_at too_large']);
    expect(await refused(at('yesterday'))).toEqual([422, 'measured_at invalid_datetime']);
    expect((await weigh(me, 70, '2026-03-02T09:05:00Z')).measured_at).toBe('2026-03-02T09:05:00Z');
  });

  it('is for who has a key, and drops what a measurement does not have', async () => {
    expect((await app.http.post(PATH).send({ weight_kg: 70 })).status).toBe(401);
    const other = await app.register();
    const kept = await weigh(me, 70, undefined, { user_id: other.id, source: 'withings', id: other.id });
    expect(kept).toMatchObject({ user_id: me.id, source: 'manual' });
    expect(kept.id).not.toBe(other.id);
    expect((await historyOf(other)).items).toEqual([]);
  });
});
