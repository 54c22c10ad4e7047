import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { bond } from 'test/booking/dealings';
import { aCoach, expectStatus } from 'test/support/coaching';
import { dataOf } from 'test/support/personal-data';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { enter, logsAt, parameterId, share, type WireLog } from './values';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
});
afterAll(() => app.close());

/** Which parameters have a value that somebody sees; a refusal instead of it. */
async function seen(person: TestPerson, path: string): Promise<string[] | string> {
  const answer = await person.http.get(path);
  const body = answer.body as { detail: string; items: WireLog[]; total: number };
  if (answer.status !== 200) return `${String(answer.status)} ${body.detail}`;
  expect(body.total).toBe(body.items.length);
  return body.items.map(({ parameter }) => parameter.slug).sort();
}

describe('who sees which wellness value', () => {
  /** One value each: shared with the coach who looks, with nobody, with another coach, and shared but switched off. */
  const VALUES = ['weight_kg', 'stress_level', 'sleep_hours', 'bmi'] as const;

  let client: TestPerson;
  let confidant: TestPerson;

  beforeAll(async () => {
    client = await app.register();
    confidant = await aCoach(app);
    for (const slug of VALUES) await enter(app, client, slug, 7);
    await bond(app, confidant, client);
    await share(app, client, confidant, 'sleep_hours');
    await app.database.query(`UPDATE health_parameters SET active = false WHERE slug = 'bmi'`);
  });
  afterAll(() => app.database.query('UPDATE health_parameters SET active = true'));

  const aCoachWith = async (status: string | null, { shares }: { shares: boolean }): Promise<TestPerson> => {
    const coach = await aCoach(app);
    if (status) await bond(app, coach, client, status as 'active');
    if (shares) for (const slug of ['weight_kg', 'bmi']) await share(app, client, coach, slug);
    return coach;
  };

  it.each<[string, string | null, boolean, string[] | string]>([
    ['an active coach, of what is shared with him', 'active', true, ['weight_kg']],
    ['a paused coach, of what is shared with him', 'paused', true, ['weight_kg']],
    ['a coach in discovery, whatever is shared', 'discovery', true, '403 no_coaching_relation'],
    ['a coach who was asked, whatever is shared', 'pending', true, '403 no_coaching_relation'],
    ['a former coach, whatever is shared', 'ended', true, '403 no_coaching_relation'],
    ['a coach whom the client never met, whatever is shared', null, true, '404 client_not_found'],
    ['an active coach, where nothing is shared', 'active', false, []],
    ['a paused coach, where nothing is shared', 'paused', false, []],
    ['a coach in discovery, where nothing is shared', 'discovery', false, '403 no_coaching_relation'],
    ['a coach who was asked, where nothing is shared', 'pending', false, '403 no_coaching_relation'],
    ['a former coach, where nothing is shared', 'ended', false, '403 no_coaching_relation'],
    ['a coach whom the client never met, where nothing is shared', null, false, '404 client_not_found'],
  ])('%s', async (_, status, shares, expected) => {
    const coach = await aCoachWith(status, { shares });
    const path = `/health/clients/${client.id}/logs`;
    expect(await seen(coach, path)).toEqual(expected);
    if (typeof expected === 'string') return;
    // Nor does asking for a parameter by its id show what is not shared, is another's, or is switched off.
    for (const slug of VALUES) {
      const found = await seen(coach, `${path}?parameter_id=${await parameterId(app, slug)}`);
      expect([slug, found]).toEqual([slug, expected.includes(slug) ? [slug] : []]);
    }
  });

  it('the owner, of all but what is switched off', async () => {
    expect(await seen(client, '/health/logs')).toEqual(['sleep_hours', 'stress_level', 'weight_kg']);
    expect(await seen(client, `/health/logs?parameter_id=${await parameterId(app, 'bmi')}`)).toEqual([]);
    expect(await seen(client, `/health/clients/${client.id}/logs`)).toBe('403 forbidden');
  });

  it('the coach with whom it is shared, and an admin no more than any coach', async () => {
    const path = `/health/clients/${client.id}/logs`;
    expect(await seen(confidant, path)).toEqual(['sleep_hours']);
    const admin = await app.register();
    await promote(app, admin);
    expect(await seen(admin, path)).toBe('404 client_not_found');
    expect(await seen(admin, `/health/clients/${randomUUID()}/logs`)).toBe('404 client_not_found');
    await expectStatus(app.http.get(path), 401);
  });

  it('a coach at once when it is shared, and no more once it is taken back or the relation ends', async () => {
    const coach = await aCoachWith('active', { shares: false });
    const path = `/health/clients/${client.id}/logs`;
    await share(app, client, coach, 'stress_level');
    expect(await seen(coach, path)).toEqual(['stress_level']);
    const relation = `/coaches/clients/${client.id}/relation`;
    await expectStatus(coach.http.put(relation).send({ status: 'ended' }), 200);
    expect(await seen(coach, path)).toBe('403 no_coaching_relation');
    await expectStatus(coach.http.put(relation).send({ status: 'active' }), 200);
    expect(await seen(coach, path)).toEqual(['stress_level']);
    await share(app, client, coach, 'stress_level', false);
    expect(await seen(coach, path)).toEqual([]);
  });

  it('everybody again who saw it, once a parameter is switched on again', async () => {
    const coach = await aCoachWith('active', { shares: true });
    await app.database.query(`UPDATE health_parameters SET active = true WHERE slug = 'bmi'`);
    expect(await seen(coach, `/health/clients/${client.id}/logs`)).toEqual(['bmi', 'weight_kg']);
    expect(await seen(client, '/health/logs')).toHaveLength(4);
    await app.database.query(`UPDATE health_parameters SET active = false WHERE slug = 'bmi'`);
  });

  it('a coach in pages and by time, like the owner', async () => {
    const coach = await aCoachWith('active', { shares: true });
    const path = `/health/clients/${client.id}/logs`;
    const [shown] = (await logsAt(coach.http, path)).items;
    expect(shown).toMatchObject({ user_id: client.id, value: 7, parameter: { slug: 'weight_kg' } });
    expect(await seen(coach, `${path}?from=2026-03-03`)).toEqual([]);
    expect(await logsAt(coach.http, `${path}?limit=1&offset=1`)).toMatchObject({ items: [], total: 1 });
    expect(await seen(coach, `${path}?from=2026-03-03&to=2026-03-02`)).toBe('422 validation_error');
  });
});

describe('the wellness values of a person', () => {
  it('are handed out with who may see them, those that are switched off too, and erased with him', async () => {
    const [me, coach, other] = [await app.register(), await aCoach(app), await app.register()];
    const { exported, erased } = dataOf(app, 'wellness', me, 'es-ES');
    const log = await enter(app, me, 'bmi', 21.5, { note: 'Por la mañana' });
    await enter(app, me, 'weight_kg', 70);
    await share(app, me, coach, 'weight_kg');
    await enter(app, other, 'weight_kg', 80);
    await share(app, other, coach, 'weight_kg');
    await app.database.query(`UPDATE health_parameters SET active = false WHERE slug = 'bmi'`);
    const rows = await exported('health_logs');
    await app.database.query(`UPDATE health_parameters SET active = true WHERE slug = 'bmi'`);
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      id: log.id,
      parameter: 'bmi',
      label: 'Índice de masa corporal',
      unit: 'kg/m²',
      value: 21.5,
      note: 'Por la mañana',
      source: 'manual',
      logged_at: '2026-03-02T06:00:00Z',
      created_at: '2026-03-02T06:00:00Z',
      shared_with: [],
    });
    expect(rows).toContainEqual(expect.objectContaining({ parameter: 'weight_kg', shared_with: ['Inès Martin'] }));
    expect(await erased()).toBe(1);
    expect(await exported('health_logs')).toEqual([]);
    const left = await app.database.query('SELECT user_id FROM health_sharings WHERE coach_id = $1', [coach.id]);
    expect(left.rows).toEqual([{ user_id: other.id }]);
    expect(await logsAt(other.http)).toMatchObject({ total: 1 });
    await dataOf(app, 'wellness', coach).erased();
    const none = await app.database.query('SELECT FROM health_sharings WHERE coach_id = $1', [coach.id]);
    expect(none.rows).toEqual([]);
  });

  it('are handed out and erased in steps, however many there are', async () => {
    const me = await app.register();
    await app.database.query(
      `INSERT INTO health_logs (id, user_id, parameter_id, value, source, logged_at, created_at)
       SELECT gen_random_uuid(), $1, id, n, 'import', now(), now()
       FROM health_parameters, generate_series(1, 1001) AS n WHERE slug = 'steps_daily'`,
      [me.id],
    );
    const { exported, erased } = dataOf(app, 'wellness', me);
    const values = (await exported('health_logs')).map(({ value }) => Number(value));
    expect(values.sort((one, other) => one - other)).toEqual(Array.from({ length: 1_001 }, (_, place) => place + 1));
    expect(await erased()).toBe(3);
    expect(await logsAt(me.http)).toMatchObject({ total: 0 });
  });
});
