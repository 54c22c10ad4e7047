import sharp from 'sharp';
import { PALETTES } from 'src/common/chart/theme';
import { faultsOf } from 'test/performance/training';
import { expectStatus } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { weigh } from './scales';

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

const PATH = '/integrations/scale/chart.svg';
const plain = (text: string): string => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

/** The picture, once it is certain that it is one. */
async function pictureOf(query = '', language?: string): Promise<string> {
  const request = me.http.get(`${PATH}${query}`);
  const answer = await (language ? request.set('Accept-Language', language) : request);
  expect(answer.status).toBe(200);
  const svg = answer.body as Buffer;
  expect((await sharp(svg).metadata()).format).toBe('svg');
  return plain(svg.toString());
}

describe('the chart of the own weight', () => {
  it('is a private picture that may run nothing', async () => {
    await weigh(me, 80);
    const answer = await me.http.get(PATH).expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    });
    expect(String(answer.body)).not.toMatch(/<script|<style|href|url\(/);
  });

  it('shows each measurement, and tells the whole in words', async () => {
    await weigh(me, 82.5, '2026-03-01T06:00:00Z');
    await weigh(me, 81, '2026-03-04T06:00:00Z', { fat_pct: 21 });
    await weigh(me, 81.2, '2026-03-08T06:00:00Z', { fat_pct: 20.5 });
    const svg = await pictureOf();
    expect([...svg.matchAll(/<circle [^>]*><title>([^<]*)<\/title>/g)].map((found) => found[1])).toEqual([
      '1er mars · 82,5 kg',
      '4 mars · 81 kg',
      '8 mars · 81,2 kg',
      '4 mars · 21 %',
      '8 mars · 20,5 %',
    ]);
    expect(svg).toContain('role="img" aria-labelledby="scale-title scale-description" lang="fr"');
    expect(svg).toContain('<title id="scale-title">Votre poids</title>');
    expect(svg).toContain(
      '1er–8 mars 2026. Mesures : 3. Première : 82,5 kg, dernière : 81,2 kg, la plus basse : 81 kg, la plus haute : 82,5 kg. ' +
        'Dernière masse grasse : 20,5 %.',
    );
  });

  it('has no panel for what nobody told', async () => {
    await weigh(me, 80);
    expect(await pictureOf()).not.toContain('Masse grasse');
  });

  it.each([
    ['fr', 'Votre poids', 'Poids (kg)', 'Masse grasse (%)', '2 mars · 62,5 kg'],
    ['en', 'Your weight', 'Weight (kg)', 'Body fat (%)', 'Mar 2 · 62.5 kg'],
    ['es', 'Su peso', 'Peso (kg)', 'Grasa corporal (%)', '2 mar · 62,5 kg'],
    ['pt', 'O seu peso', 'Peso (kg)', 'Gordura corporal (%)', '2 de mar. · 62,5 kg'],
  ])('speaks the language of the caller: %s', async (language, ...words) => {
    await weigh(me, 62.5, '2026-03-02T06:00:00Z', { fat_pct: 20 });
    const svg = await pictureOf('', language);
    expect(svg).toContain(`lang="${language}"`);
    for (const text of words) expect(svg).toContain(text);
  });

  it.each([
    ['fr', 'Pas encore de mesure ici.'],
    ['en', 'No measurement here yet.'],
    ['es', 'Todavía no hay mediciones aquí.'],
    ['pt', 'Ainda não há medições aqui.'],
  ])('says a friendly word where there is nothing: %s', async (language, words) => {
    await weigh(await app.register(), 99);
    expect(await pictureOf('', language)).toContain(words);
  });

  it('speaks the unit of the caller', async () => {
    await app.database.query("UPDATE users SET country = 'US', locale = 'en-US' WHERE id = $1", [me.id]);
    await weigh(me, 45.36, '2026-03-02T06:00:00Z');
    const pounds = await pictureOf('', 'en');
    expect(pounds).toContain('Weight (lb)');
    expect(pounds).toContain('Mar 2 · 100 lb');
    await expectStatus(me.http.post('/clients/profile').send({ weight_unit: 'kg' }), 201);
    expect(await pictureOf('', 'en')).toContain('Mar 2 · 45.36 kg');
  });

  it('is that of some days of the own zone', async () => {
    await weigh(me, 70, '2026-03-01T23:30:00Z');
    await weigh(me, 99, '2026-03-03T23:00:00Z');
    const svg = await pictureOf('?from=2026-03-02&to=2026-03-03');
    expect(svg).toContain('2 mars · 70 kg');
    expect(svg).not.toContain('99');
  });

  it('has the width and the theme that are asked for', async () => {
    await weigh(me, 80);
    const seen = async (query: string): Promise<unknown[]> => {
      const svg = await pictureOf(query);
      return [(await sharp(Buffer.from(svg)).metadata()).width, /rx="12" fill="([^"]+)"/.exec(svg)?.[1]];
    };
    expect(await seen('')).toEqual([800, PALETTES.light.background]);
    expect(await seen('?width=320&theme=dark')).toEqual([320, PALETTES.dark.background]);
    expect(await seen('?width=1600')).toEqual([1_600, PALETTES.light.background]);
  });

  it('draws the latest 500 of many as a line, and their last as a dot', async () => {
    await app.database.query(
      `INSERT INTO body_measurements (user_id, measured_at, source, weight_kg, created_at, updated_at)
       SELECT $1, timestamptz '2022-01-01 06:00Z' + n * interval '1 day', 'withings', 70 + n % 10, now(), now()
       FROM generate_series(0, 1499) n`,
      [me.id],
    );
    const svg = await pictureOf();
    expect(svg).toContain('Mesures : 500.');
    expect([...svg.matchAll(/<circle /g)]).toHaveLength(1);
    expect(svg.length).toBeLessThan(40_000);
  });

  it.each([
    ['width=319', 'width too_small'],
    ['width=1601', 'width too_large'],
    ['theme=blue', 'theme invalid_value'],
    ['from=2026-03-02&to=2026-03-01', 'to invalid_date_range'],
  ])('names what is wrong with %s', async (query, fault) => {
    const answer = await me.http.get(`${PATH}?${query}`);
    expect([answer.status, faultsOf(answer.body)]).toEqual([422, [fault]]);
  });
});
