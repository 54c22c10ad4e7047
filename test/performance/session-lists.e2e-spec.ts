import { randomUUID } from 'node:crypto';
import { aClub } from 'test/support/clubs';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { anExercise, faultsOf, type Listed, sessionsOf, setOf, train } from './training';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-02T06:00:00Z');
  squat = await anExercise(app, 'squat', { quads: 'primary', glutes: 'secondary' });
  bench = await anExercise(app, 'bench', { chest: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ timezone: 'Europe/Paris' });
});

describe('the list of the own sessions', () => {
  it('comes latest date first, in pages', async () => {
    const dates = ['2026-02-03T10:00:00Z', '2026-03-01T10:00:00Z', '2026-02-20T10:00:00Z'];
    for (const date of dates) await train(me, date, []);
    await train(await app.register(), '2026-02-25T10:00:00Z', []);
    const all = await sessionsOf(me);
    expect(all.items.map(({ date }) => date)).toEqual([...dates].sort().reverse());
    expect(await sessionsOf(me, '?limit=2')).toMatchObject({ total: 3, offset: 0, limit: 2, has_more: true });
    expect((await sessionsOf(me, '?limit=2&offset=2')).items).toEqual([all.items[2]]);
    expect(await sessionsOf(me, '?offset=3')).toMatchObject({ items: [], total: 3, has_more: false });
  });

  it('is filtered by each of its fields, alone and together', async () => {
    const gym = await aClub(app);
    const guided = await train(me, '2026-02-01T10:00:00Z', [setOf(squat, 50)], { session_type: 'solo_guided' });
    const inClub = await train(me, '2026-02-02T10:00:00Z', [setOf(bench, 50), setOf(squat, 60)], { gym_id: gym });
    const plain = await train(me, '2026-02-03T10:00:00Z', [setOf(bench, 50)]);
    const found = async (query: string): Promise<string[]> => {
      const list = await sessionsOf(me, query);
      expect(list.total).toBe(list.items.length);
      return list.items.map(({ id }) => id);
    };
    expect(await found('?session_type=solo_guided')).toEqual([guided.id]);
    expect(await found(`?gym_id=${gym}`)).toEqual([inClub.id]);
    expect(await found(`?exercise_type_id=${squat}`)).toEqual([inClub.id, guided.id]);
    expect(await found('?muscle_group=quads')).toEqual([inClub.id, guided.id]);
    expect(await found('?muscle_group=glutes')).toEqual([inClub.id, guided.id]);
    expect(await found('?muscle_group=chest')).toEqual([plain.id, inClub.id]);
    expect(await found('?muscle_group=chest&session_type=solo_guided')).toEqual([]);
    expect(await found(`?muscle_group=chest&exercise_type_id=${squat}`)).toEqual([inClub.id]);
    expect(await found('?from=2026-02-02T10:00:00Z')).toEqual([plain.id, inClub.id]);
    expect(await found('?to=2026-02-02T10:00:00Z')).toEqual([guided.id]);
    expect(await found('?from=2026-02-02&to=2026-02-02')).toEqual([inClub.id]);
    expect(await found(`?gym_id=${randomUUID()}`)).toEqual([]);
  });

  it('reads dates in the zone of the caller', async () => {
    const late = await train(me, '2026-02-10T23:30:00Z', []);
    expect((await sessionsOf(me, '?from=2026-02-11&to=2026-02-11')).items).toMatchObject([{ id: late.id }]);
    expect((await sessionsOf(me, '?from=2026-02-10&to=2026-02-10')).items).toEqual([]);
  });

  it.each([
    ['from=2026-03-02&to=2026-03-01', 'to invalid_date_range'],
    ['from=soon', 'from invalid_date_range'],
    ['muscle_group=tail', 'muscle_group invalid_value'],
    ['session_type=x', 'session_type invalid_value'],
    ['gym_id=x', 'gym_id invalid_format'],
    ['limit=101', 'limit too_large'],
  ])('refuses %s', async (query, fault) => {
    const refused = await me.http.get(`/performances?${query}`);
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, [fault]]);
  });

  it('costs as many queries for many sessions as for one', async () => {
    const cost = async (limit: number): Promise<number> => {
      const before = app.queryCount();
      const { items } = await expectStatus<Listed<unknown>>(me.http.get(`/performances?limit=${String(limit)}`), 200);
      expect(items).toHaveLength(limit);
      return app.queryCount() - before;
    };
    for (let day = 1; day <= 9; day += 1)
      await train(me, `2026-02-0${String(day)}T10:00:00Z`, [setOf(squat, day), setOf(bench, day)]);
    await cost(1);
    expect(await cost(9)).toBe(await cost(1));
  });
});
