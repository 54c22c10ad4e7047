import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { PALETTES } from 'src/common/chart/theme';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { progressionOf, refusalOf, trainedDaily } from './statistics';
import { anExercise, faultsOf, setOf, train } from './training';

let app: TestApp;
let me: TestPerson;
let squat: string;
let bench: string;

beforeAll(async () => {
  app = await startTestApp();
  await app.setClock('2026-03-04T09:00:00Z');
  squat = await anExercise(app, 'squat', { quads: 'primary', hip_flexors: 'secondary' });
  bench = await anExercise(app, '</text><script>alert("bench")</script> & \'press\'', { chest: 'primary' });
});
afterAll(() => app.close());
beforeEach(async () => {
  me = await app.register({ locale: 'fr-FR', timezone: 'Europe/Paris' });
});

const exercisePath = (id = squat, query = ''): string => `/performances/stats/exercise/${id}/chart.svg${query}`;
const weekPath = (query = ''): string => `/performances/stats/week/chart.svg${query}`;
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

/** The picture, once it is certain that it is one. */
async function pictureOf(person: TestPerson, path: string, language?: string): Promise<string> {
  const request = person.http.get(path);
  const answer = await (language ? request.set('Accept-Language', language) : request);
  expect(answer.status).toBe(200);
  const svg = answer.body as Buffer;
  expect((await sharp(svg).metadata()).format).toBe('svg');
  return plain(svg.toString());
}

describe('a chart', () => {
  it.each([
    ['of an exercise', exercisePath],
    ['of the weeks', weekPath],
  ])('%s is a private picture that may run nothing', async (_, path) => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 60)]);
    const answer = await me.http.get(path());
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(Number(answer.headers['content-length'])).toBe((answer.body as Buffer).length);
    expect(refusalOf(await app.http.get(path()))).toEqual([401, 'api_key_missing']);
  });

  it('has the width and the theme that are asked for', async () => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 60)]);
    const seen = async (path: string): Promise<unknown[]> => {
      const svg = await pictureOf(me, path);
      const background = /<rect [^>]*rx="12" fill="([^"]+)"/.exec(svg)?.[1];
      return [(await sharp(Buffer.from(svg)).metadata()).width, background];
    };
    const { light, dark } = PALETTES;
    for (const path of [(query: string) => exercisePath(squat, query), weekPath]) {
      expect(await seen(path(''))).toEqual([800, light.background]);
      expect(await seen(path('?width=320&theme=dark'))).toEqual([320, dark.background]);
      expect(await seen(path('?width=1600&theme=light'))).toEqual([1_600, light.background]);
    }
  });

  it.each([
    ['width=319', 'width too_small'],
    ['width=1601', 'width too_large'],
    ['width=wide', 'width invalid_type'],
    ['theme=blue', 'theme invalid_value'],
  ])('names what is wrong with %s', async (query, fault) => {
    for (const path of [exercisePath(squat, `?${query}`), weekPath(`?${query}`)]) {
      const refused = await me.http.get(path);
      expect([refused.status, faultsOf(refused.body)]).toEqual([422, [fault]]);
      expect(refused.headers['content-type']).toContain('application/json');
    }
  });
});

describe('the chart of an exercise', () => {
  it('shows the sessions that the statistics tell', async () => {
    await trainedDaily(app, me, squat, 30, '2026-03-01T10:00:00Z');
    const told = async (query = ''): Promise<number> => {
      const svg = await pictureOf(me, exercisePath(squat, `?${query}`));
      return [...svg.matchAll(/<circle [^>]*><title>/g)].length;
    };
    expect([await told(), await told('from=2026-01-01'), await told('from=2026-02-20&to=2026-02-22')]).toEqual([
      20, 30, 3,
    ]);
    const last = (await progressionOf(me, squat)).data_points.at(-1);
    expect(last?.max_weight_kg).toBe(106);
    expect(await pictureOf(me, exercisePath())).toContain('<title>1er mars · 106 kg</title>');
  });

  it.each([
    ['fr', 'Meilleure charge (kg)', '2 mars · 62,5 kg', 'Maximum estimé 72,9 kg'],
    ['en', 'Best weight (kg)', 'Mar 2 · 62.5 kg', 'Estimated max 72.9 kg'],
    ['es', 'Mejor peso (kg)', '2 mar · 62,5 kg', 'Máximo estimado 72,9 kg'],
    ['pt', 'Melhor carga (kg)', '2 de mar. · 62,5 kg', 'Máximo estimado 72,9 kg'],
  ])('speaks the language of the caller: %s', async (language, ...words) => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 62.5)]);
    const svg = await pictureOf(me, exercisePath(), language);
    expect(svg).toContain(`lang="${language}"`);
    expect(svg).toContain(`<title id="progression-title">${language} squat</title>`);
    for (const text of words) expect(svg).toContain(text);
  });

  it('speaks the unit of the caller', async () => {
    await app.database.query("UPDATE users SET country = 'US', locale = 'en-US' WHERE id = $1", [me.id]);
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 45.36)]);
    expect(await pictureOf(me, exercisePath(), 'en')).toContain('Mar 2 · 100 lb');
    await me.http.post('/clients/profile').send({ weight_unit: 'kg' });
    expect(await pictureOf(me, exercisePath(), 'en')).toContain('Mar 2 · 45.36 kg');
  });

  it('lets no name of an exercise become markup', async () => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(bench, 60)]);
    const svg = await pictureOf(me, exercisePath(bench));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;bench&quot;)&lt;/script&gt; &amp; &#39;press&#39;');
  });

  it.each([
    ['fr', 'Pas encore de séance avec cet exercice.'],
    ['en', 'No session with this exercise yet.'],
    ['es', 'Todavía no hay sesiones con este ejercicio.'],
    ['pt', 'Ainda não há sessões com este exercício.'],
  ])('says a friendly word where there is nothing: %s', async (language, words) => {
    expect(await pictureOf(me, exercisePath(), language)).toContain(words);
  });

  it('refuses as the statistics do', async () => {
    const refused = async (path: string): Promise<unknown[]> => refusalOf(await me.http.get(path));
    expect(await refused(exercisePath(randomUUID()))).toEqual([404, 'exercise_not_found']);
    expect(await refused(exercisePath(squat, `?client_id=${randomUUID()}`))).toEqual([404, 'client_not_found']);
    expect(await refused(exercisePath('squat'))).toEqual([422, 'validation_error']);
    const reversed = await me.http.get(exercisePath(squat, '?from=2026-03-02&to=2026-03-01'));
    expect(faultsOf(reversed.body)).toEqual(['to invalid_date_range']);
  });
});

describe('the chart of the weeks', () => {
  it('shows the volume of the last weeks and the muscles that worked in them', async () => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 100, { reps: 10, sets_count: 4 })]);
    await train(me, '2026-02-24T17:00:00Z', [setOf(bench, 50, { reps: 10, sets_count: 2 })]);
    await train(me, '2026-02-08T22:59:59Z', [setOf(bench, 200, { reps: 10, sets_count: 9 })]);
    const svg = await pictureOf(me, weekPath('?weeks=4'), 'fr');
    expect(svg).toContain('<title>2 mars · 4 000</title>');
    expect(svg).toContain('<title>23 févr. · 1 000</title>');
    expect(svg).toContain('9 févr. – 8 mars 2026. Séances : 2. Volume : 5 000 kg.');
    expect(svg).toContain('Séries par muscle. Quadriceps : 4, Pectoraux : 2.');
    expect(svg).not.toContain('Fléchisseurs');
    expect(await pictureOf(me, weekPath('?weeks=5'), 'fr')).toContain('Pectoraux : 11, Quadriceps : 4');
  });

  it.each([
    ['fr', 'L’entraînement par semaine', 'Quadriceps', 'Volume par semaine (kg)'],
    ['en', 'Training by week', 'Quadriceps', 'Volume by week (kg)'],
    ['es', 'Entrenamiento por semana', 'Cuádriceps', 'Volumen por semana (kg)'],
    ['pt', 'Treino por semana', 'Quadríceps', 'Volume por semana (kg)'],
  ])('speaks the language of the caller: %s', async (language, ...words) => {
    await train(me, '2026-03-02T17:00:00Z', [setOf(squat, 62.5)]);
    const svg = await pictureOf(me, weekPath(), language);
    for (const text of words) expect(svg).toContain(text);
  });

  it('says a friendly word where nobody trained, and shows nothing of others', async () => {
    await train(await app.register(), '2026-03-02T17:00:00Z', [setOf(squat, 100)]);
    expect(await pictureOf(me, weekPath(), 'fr')).toContain('Aucune séance pendant ces semaines.');
  });

  it.each([
    ['weeks=3', ['weeks too_small']],
    ['weeks=53', ['weeks too_large']],
    ['weeks=some', ['weeks invalid_type']],
  ])('names what is wrong with %s', async (query, faults) => {
    const refused = await me.http.get(weekPath(`?${query}`));
    expect([refused.status, faultsOf(refused.body)]).toEqual([422, faults]);
  });

  it('takes as many queries for a year as for a month', async () => {
    await trainedDaily(app, me, squat, 360, '2026-03-01T10:00:00Z');
    const queries = async (weeks: number): Promise<number> => {
      await pictureOf(me, weekPath(`?weeks=${String(weeks)}`));
      const before = app.queryCount();
      await pictureOf(me, weekPath(`?weeks=${String(weeks)}`));
      return app.queryCount() - before;
    };
    expect(await queries(52)).toBe(await queries(4));
  });
});
