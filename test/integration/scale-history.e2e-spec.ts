import { faultsOf } from 'test/performance/training';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { historyOf, weigh } from './scales';

let app: TestApp;
let me: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-10T09:00:00Z');
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'fr-FR', timezone: 'Europe/Paris' });
});

const weights = async (query: string): Promise<(number | null)[]> =>
  (await historyOf(me, query)).items.map(({ weight_kg }) => weight_kg);
const fromScale = (at: string, weightKg: number): Promise<unknown> =>
  app.database.query(
    `INSERT INTO body_measurements (user_id, measured_at, source, weight_kg, created_at, updated_at)
     VALUES ($1, $2, 'withings', $3, now(), now())`,
    [me.id, at, weightKg],
  );

describe('the history of measurements', () => {
  it('is the latest first, page by page, and never one twice', async () => {
    for (const day of [3, 1, 5, 2, 4]) await weigh(me, 70 + day, `2026-03-0${day}T06:00:00Z`);
    await fromScale('2026-03-05T06:00:00Z', 99);
    expect((await weights('')).slice(2)).toEqual([74, 73, 72, 71]);
    const pages = await Promise.all([0, 2, 4, 6].map((offset) => historyOf(me, `?limit=2&offset=${offset}`)));
    expect(pages.map(({ items, has_more, total }) => [items.length, has_more, total])).toEqual([
      [2, true, 6],
      [2, true, 6],
      [2, false, 6],
      [0, false, 6],
    ]);
    expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(6);
  });

  it('is that of some days of the own zone, or of some hours', async () => {
    // The first is of the 2nd in Paris, the last of the 4th.
    for (const [place, at] of ['2026-03-01T23:30:00Z', '2026-03-03T22:59:59Z', '2026-03-03T23:00:00Z'].entries())
      await weigh(me, 70 + place, at);
    expect(await weights('?from=2026-03-02&to=2026-03-03')).toEqual([71, 70]);
    expect(await weights('?from=2026-03-03T23:00:00Z')).toEqual([72]);
    expect(await weights('?to=2026-03-03T23:00:00Z')).toEqual([71, 70]);
    expect((await historyOf(me, '?from=2026-03-04')).total).toBe(1);
  });

  it('is that of one source, where it is asked for', async () => {
    await weigh(me, 70, '2026-03-01T06:00:00Z');
    await fromScale('2026-03-02T06:00:00Z', 71);
    expect(await weights('?source=manual')).toEqual([70]);
    expect(await weights('?source=withings')).toEqual([71]);
    expect(await weights('?source=garmin')).toEqual([]);
  });

  it.each([
    ['from=2026-03-03&to=2026-03-02', 'to invalid_date_range'],
    ['from=soon', 'from invalid_date_range'],
    ['source=somebody', 'source invalid_value'],
    ['limit=101', 'limit too_large'],
    ['source=manual&source=withings', 'source invalid_value'],
  ])('names what is wrong with %s', async (query, fault) => {
    const answer = await me.http.get(`/integrations/scale/history?${query}`);
    expect([answer.status, faultsOf(answer.body)]).toEqual([422, [fault]]);
  });

  it('is the own one alone', async () => {
    await weigh(me, 70);
    for (const path of ['history', 'export', 'chart.svg'])
      expect((await app.http.get(`/integrations/scale/${path}`)).status).toBe(401);
    const coach = await app.register({ role: 'coach' });
    expect(await historyOf(coach)).toMatchObject({ items: [], total: 0 });
  });

  it('takes two queries, however much there is', async () => {
    const queries = async (): Promise<number> => {
      const before = app.queryCount();
      await historyOf(me, '?limit=100');
      return app.queryCount() - before;
    };
    await weigh(me, 70);
    const few = await queries();
    for (let day = 1; day < 10; day += 1) await weigh(me, 70, `2026-02-0${day}T06:00:00Z`);
    expect(await queries()).toBe(few);
  });
});

describe('the own measurements as a file', () => {
  const HEADER = 'measured_at,weight_kg,bmi,fat_pct,muscle_pct,water_pct,bone_kg,source';
  const linesOf = async (query = ''): Promise<string[]> => {
    const { text } = await me.http.get(`/integrations/scale/export${query}`).expect(200);
    return text.trimEnd().split('\r\n');
  };

  it('has a line for each, oldest first', async () => {
    await weigh(me, 82.45, '2026-03-02T06:30:00.5Z', { fat_pct: 18.25, muscle_pct: 76.5, water_pct: 55, bone_kg: 3.2 });
    await weigh(me, 83, '2026-03-01T06:30:00Z', { bmi: 25 });
    const answer = await me.http.get('/integrations/scale/export').expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="mycoach_measurements.csv"',
      'cache-control': 'no-store',
    });
    expect(answer.text).toBe(
      [
        HEADER,
        '2026-03-01T06:30:00Z,83,25,,,,,manual',
        '2026-03-02T06:30:00.500Z,82.45,,18.25,76.5,55,3.2,manual',
        '',
      ].join('\r\n'),
    );
  });

  it('is that of some days of the own zone, and a header alone when there is nothing', async () => {
    await weigh(me, 70, '2026-03-01T23:30:00Z');
    await weigh(me, 71, '2026-03-03T06:00:00Z');
    expect((await linesOf('?from=2026-03-02&to=2026-03-02')).slice(1)).toEqual(['2026-03-01T23:30:00Z,70,,,,,,manual']);
    expect(await linesOf('?from=2026-03-05')).toEqual([HEADER]);
    const wrong = await me.http.get('/integrations/scale/export?from=2026-03-03&to=2026-03-02').expect(422);
    expect(faultsOf(wrong.body)).toEqual(['to invalid_date_range']);
  });

  it('of thousands comes in pieces, each line once', async () => {
    await app.database.query(
      `INSERT INTO body_measurements (user_id, measured_at, source, weight_kg, created_at, updated_at)
       SELECT $1, timestamptz '2020-01-01' + (n / 2) * interval '1 hour',
         CASE WHEN n % 2 = 0 THEN 'manual' ELSE 'withings' END, 70, now(), now() FROM generate_series(0, 1999) n`,
      [me.id],
    );
    const before = app.queryCount();
    const lines = (await linesOf()).slice(1);
    expect(app.queryCount() - before).toBeLessThan(10);
    expect(new Set(lines).size).toBe(2_000);
    const instants = lines.map((line) => line.slice(0, 20));
    expect(instants).toEqual([...instants].sort());
  });
});
