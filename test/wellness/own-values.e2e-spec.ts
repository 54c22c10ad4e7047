import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { enter, logsAt, parameterId, parametersOf } from './values';

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/health/logs';

let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  me = await app.register({ timezone: 'Europe/Paris' });
});

const send = async (body: object, status: number): Promise<{ detail: string; errors?: object[] }> =>
  expectStatus(me.http.post(PATH).send(body), status);

describe('a new value', () => {
  it('has every field of the contract', async () => {
    const given = { note: 'Après la course\n10 km', logged_at: '2026-03-01T21:30:00Z', source: 'import' };
    const made = await enter(app, me, 'weight_kg', 72.125, { ...given, user_id: randomUUID() });
    const [parameter] = await parametersOf(me.http);
    expect(made).toEqual({
      id: expect.any(String) as string,
      user_id: me.id,
      parameter_id: parameter?.id,
      value: 72.125,
      ...given,
      created_at: NOW,
      parameter,
    });
    expect(await logsAt(me.http)).toMatchObject({ items: [made], total: 1 });
  });

  it('is of now and entered by hand, unless something else is said', async () => {
    const made = await enter(app, me, 'steps_daily', 9_000);
    expect(made).toMatchObject({ logged_at: NOW, source: 'manual', note: null });
  });

  it.each([9_999_999.999, -9_999_999.999, 0, 0.001])('may be %d', async (value) => {
    expect(await enter(app, me, 'vo2max', value)).toMatchObject({ value });
    expect((await logsAt(me.http)).items[0]?.value).toBe(value);
  });

  it.each<[string, object, [string, string]]>([
    ['a value beyond the largest', { value: 10_000_000 }, ['value', 'too_large']],
    ['a value below the least', { value: -10_000_000 }, ['value', 'too_small']],
    ['four decimals', { value: 1.0005 }, ['value', 'invalid_format']],
    ['a value next to nothing', { value: 1e-7 }, ['value', 'invalid_format']],
    ['a value in words', { value: '72' }, ['value', 'invalid_type']],
    ['no value', { value: undefined }, ['value', 'required']],
    ['null', { value: null }, ['value', 'required']],
    ['no parameter', { parameter_id: undefined }, ['parameter_id', 'required']],
    ['a parameter that is no id', { parameter_id: 'weight_kg' }, ['parameter_id', 'invalid_format']],
    ['a moment that is none', { logged_at: 'today' }, ['logged_at', 'invalid_datetime']],
    ['a note of 501 characters', { note: 'x'.repeat(501) }, ['note', 'too_long']],
    ['an unknown source', { source: 'scale' }, ['source', 'invalid_value']],
  ])('is refused with %s', async (_, wish, [field, code]) => {
    const body = { parameter_id: await parameterId(app, 'vo2max'), value: 50, ...wish };
    expect((await send(body, 422)).errors).toContainEqual(expect.objectContaining({ field, code }));
    expect(await logsAt(me.http)).toMatchObject({ total: 0 });
  });

  it('of a number of people, beats or steps is whole', async () => {
    const parameter_id = await parameterId(app, 'resting_heart_rate_bpm');
    expect(await send({ parameter_id, value: 51.5 }, 422)).toMatchObject({ detail: 'integer_required' });
    expect(await enter(app, me, 'resting_heart_rate_bpm', 51.0)).toMatchObject({ value: 51 });
  });

  it('is of a parameter that is there and in use, in every language', async () => {
    await app.database.query(`UPDATE health_parameters SET active = false WHERE slug = 'bmi'`);
    try {
      const wrong: [string, string, number][] = [
        [randomUUID(), 'unknown_parameter', 20],
        [await parameterId(app, 'bmi'), 'inactive_parameter', 20],
        [await parameterId(app, 'sleep_quality'), 'integer_required', 7.5],
      ];
      for (const [parameter_id, detail, value] of wrong) {
        const said = new Set<string>();
        for (const language of ['fr', 'en', 'es', 'pt']) {
          const refused = me.http.post(PATH).set('Accept-Language', language).send({ parameter_id, value });
          const answer = await expectStatus<{ detail: string; message: string }>(refused, 422);
          expect(answer.detail).toBe(detail);
          said.add(answer.message);
        }
        expect(said.size).toBe(4);
      }
    } finally {
      await app.database.query('UPDATE health_parameters SET active = true');
    }
  });

  it('has its note encrypted at rest', async () => {
    const { id } = await enter(app, me, 'stress_level', 8, { note: 'Divorce' });
    const { rows } = await app.database.query<{ row: string; note: string }>(
      'SELECT l::text AS row, note FROM health_logs l WHERE id = $1',
      [id],
    );
    expect(rows[0]?.row).not.toContain('Divorce');
    expect(rows[0]?.note).toMatch(/^[^:]+:[A-Za-z0-9+/]+=*$/);
    expect((await logsAt(me.http)).items[0]).toMatchObject({ note: 'Divorce' });
  });
});

describe('the own values', () => {
  const at = (logged_at: string, slug = 'weight_kg') => enter(app, me, slug, 70, { logged_at });

  it('are in pages, the latest first, whenever they were entered', async () => {
    const [second, first, third] = [
      await at('2026-03-01T08:00:00Z'),
      await at('2026-03-01T09:00:00Z'),
      await at('2026-02-01T08:00:00Z'),
    ];
    expect((await logsAt(me.http)).items).toEqual([first, second, third]);
    expect(await logsAt(me.http, `${PATH}?limit=1&offset=1`)).toEqual({
      items: [second],
      total: 3,
      offset: 1,
      limit: 1,
      has_more: true,
    });
  });

  it('are those of a parameter and of a time, where asked for', async () => {
    const early = await at('2026-02-28T22:59:59Z');
    const midnight = await at('2026-02-28T23:00:00Z');
    const other = await at('2026-03-01T12:00:00Z', 'vo2max');
    const late = await at('2026-03-01T22:59:59.999Z');
    await at('2026-03-01T23:00:00Z');
    const found = async (query: string): Promise<string[]> =>
      (await logsAt(me.http, `${PATH}?${query}`)).items.map(({ id }) => id);
    // Days are those of the caller, here an hour ahead of UTC.
    expect(await found('from=2026-03-01&to=2026-03-01')).toEqual([late.id, other.id, midnight.id]);
    expect(await found('to=2026-02-28T23:00:00Z')).toEqual([early.id]);
    expect(await found(`parameter_id=${other.parameter_id}`)).toEqual([other.id]);
    expect(await found(`parameter_id=${other.parameter_id}&from=2026-03-02`)).toEqual([]);
    expect(await found(`parameter_id=${randomUUID()}`)).toEqual([]);
    for (const query of ['from=2026-03-02&to=2026-03-01', 'from=later'])
      expect(await expectStatus(me.http.get(`${PATH}?${query}`), 422)).toMatchObject({
        errors: [{ code: 'invalid_date_range' }],
      });
    await expectStatus(me.http.get(`${PATH}?parameter_id=x`), 422);
  });

  it('go when they are removed, and are nobody else’s: trust 1', async () => {
    const { id } = await enter(app, me, 'weight_kg', 70);
    const other = await app.register();
    for (const unknown of [id, randomUUID()])
      expect(await expectStatus(other.http.delete(`${PATH}/${unknown}`), 404)).toMatchObject({
        detail: 'log_not_found',
      });
    expect(await logsAt(other.http)).toMatchObject({ items: [], total: 0 });
    await expectStatus(me.http.delete(`${PATH}/${id}`), 204);
    await expectStatus(me.http.delete(`${PATH}/${id}`), 404);
    expect(await logsAt(me.http)).toMatchObject({ total: 0 });
    await expectStatus(app.http.get(PATH), 401);
    await expectStatus(app.http.post(PATH).send({}), 401);
  });

  it('cost the same queries however many there are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await logsAt(me.http);
      return app.queryCount() - before;
    };
    await at('2026-03-01T08:00:00Z');
    await cost();
    const one = await cost();
    for (const slug of ['vo2max', 'sleep_hours', 'spo2_pct']) await at('2026-03-01T08:00:00Z', slug);
    expect(await cost()).toBe(one);
  });
});
