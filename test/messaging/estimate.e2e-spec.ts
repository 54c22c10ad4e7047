import { randomUUID } from 'node:crypto';
import { bond } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { allTexts, optOut, reachable, templateOf, useUp } from './audience';

const NOW = '2026-03-02T06:00:00Z';
const TODAY = '2026-03-02';
const PATH = '/coaches/sms/estimate';
const NOBODY = {
  total_recipients: 0,
  no_phone_count: 0,
  opted_out_count: 0,
  segments_total: 0,
  segments_max: 0,
  encoding: 'gsm7',
  quota_left: 200,
};

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app, { maxSlots: 5 });
});

const estimate = (custom_message: string, terms: object = {}): Promise<Record<string, unknown>> =>
  expectStatus(coach.http.post(PATH).send({ scope: 'all', custom_message, ...terms }), 200);
const refused = async (body: object, status: number, person = coach): Promise<Refusal> =>
  expectStatus<Refusal>(person.http.post(PATH).send(body), status);
const add = async (person: Record<string, unknown> = {}): Promise<TestPerson> => {
  const client = await reachable(app, person);
  await bond(app, coach, client);
  return client;
};

describe('the estimate of a broadcast', () => {
  it('counts whom it reaches and what the network counts, and sends nothing', async () => {
    await add();
    await add({ first_name: 'Jean-Christophe' });
    await optOut(app, await add());
    const mute = await app.register();
    await bond(app, coach, mute);
    // 150 characters and a name: 153 for the one, 165 and so two segments for the other.
    expect(await estimate(`${'a'.repeat(150)}{prénom}`)).toEqual({
      ...NOBODY,
      total_recipients: 4,
      no_phone_count: 1,
      opted_out_count: 1,
      segments_total: 3,
      segments_max: 2,
    });
    expect(await allTexts(app)).toEqual([]);
    const { rows } = await app.database.query('SELECT 1 FROM sms_messages UNION ALL SELECT 1 FROM sms_days');
    expect(rows).toEqual([]);
  });

  it('is by the words of each: one name beyond the small alphabet makes it ucs2, at the price of that SMS alone', async () => {
    await add({ first_name: 'Zoé' });
    expect(await estimate(`${'a'.repeat(80)}{prénom}`)).toMatchObject({ segments_total: 1, encoding: 'gsm7' });
    await add({ first_name: 'Loïc-Benoît' });
    expect(await estimate(`${'a'.repeat(80)}{prénom}`)).toMatchObject({
      segments_total: 3,
      segments_max: 2,
      encoding: 'ucs2',
    });
  });

  it('knows what a day costs in each language: a Tuesday of March is dear in Portuguese', async () => {
    const client = await add({ locale: 'fr-FR' });
    await add({ locale: 'en-US' });
    await book(client, coach.id, '2026-03-03T09:00:00Z');
    expect(await estimate('{date} {heure}')).toMatchObject({ segments_total: 2, encoding: 'gsm7' });
    const brazilian = await add({ locale: 'pt-BR' });
    await book(brazilian, coach.id, '2026-03-03T09:00:00Z');
    expect(await estimate('{date} {heure}')).toMatchObject({ segments_total: 3, encoding: 'ucs2' });
  });

  it('answers for a template, a day and some people as the broadcast does', async () => {
    const client = await reachable(app);
    await book(client, coach.id, '2026-03-03T09:00:00Z');
    const template_id = await templateOf(coach, 'Bonjour {prénom}, à demain.');
    const one = { ...NOBODY, total_recipients: 1, segments_total: 1, segments_max: 1 };
    const ask = (body: object) => expectStatus(coach.http.post(PATH).send({ template_id, ...body }), 200);
    expect(await ask({ scope: 'day', day: '2026-03-03' })).toEqual(one);
    expect(await ask({ scope: 'manual', client_ids: [client.id, randomUUID()] })).toEqual(NOBODY);
    await bond(app, coach, client);
    expect(await ask({ scope: 'manual', client_ids: [client.id, randomUUID()] })).toEqual(one);
    expect(await ask({ scope: 'manual', client_ids: [] })).toEqual(NOBODY);
  });

  it('says what is left of the day, also when it is nothing', async () => {
    await add();
    await useUp(app, coach, TODAY, 150);
    expect(await estimate('Bonjour')).toMatchObject({ quota_left: 50 });
    await useUp(app, coach, TODAY, 200);
    expect(await estimate('Bonjour')).toMatchObject({ total_recipients: 1, segments_total: 1, quota_left: 0 });
    await app.setClock('2026-03-03T00:00:00Z');
    expect(await estimate('Bonjour')).toMatchObject({ quota_left: 200 });
  });

  it('is refused as the broadcast is', async () => {
    await expectStatus(app.http.post(PATH).send({}), 401);
    const wish = { scope: 'all', custom_message: 'Bonjour' };
    expect((await refused(wish, 403, await app.register())).detail).toBe('forbidden');
    expect((await refused(wish, 404, await app.register({ role: 'coach' }))).detail).toBe('coach_profile_not_found');
    const foreign = await templateOf(await aCoach(app), 'Le modèle d’une autre.');
    for (const template_id of [foreign, randomUUID()])
      expect((await refused({ scope: 'all', template_id }, 404)).detail).toBe('template_not_found');
    expect(faultsOf(await refused({ scope: 'day', custom_message: 'a'.repeat(301) }, 422))).toEqual([
      'day day_required',
      'custom_message message_too_long',
    ]);
    expect(faultsOf(await refused({ scope: 'manual' }, 422))).toEqual([
      'client_ids client_ids_required',
      'custom_message message_required',
    ]);
  });
});
