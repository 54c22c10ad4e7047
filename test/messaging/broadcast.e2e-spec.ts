import { randomUUID } from 'node:crypto';
import { bond, confirm } from 'test/booking/dealings';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { allTexts, beMorePatient, optOut, reachable, suspend, templateOf, textsTo } from './audience';

const NOW = '2026-03-27T06:00:00Z';
const PATH = '/coaches/sms/broadcast';
const TEXT = 'Bonjour {prénom} : {date}, {heure}. {coach}';
const ZEROS = {
  total_recipients: 0,
  sent_count: 0,
  failed_count: 0,
  pending_count: 0,
  no_phone_count: 0,
  opted_out_count: 0,
};

let app: TestApp;
let coach: TestPerson;

beforeAll(async () => {
  app = await startTestApp({ ROLE: 'all' });
  beMorePatient(app);
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app, { maxSlots: 5 });
});

const send = (terms: object, person = coach) => person.http.post(PATH).send({ custom_message: TEXT, ...terms });
const sent = (terms: object): Promise<Record<string, number>> => expectStatus(send(terms), 200);
const refused = async (terms: object, status: number): Promise<Refusal> => expectStatus<Refusal>(send(terms), status);
const relate = async (
  status: Parameters<typeof bond>[3],
  person: Record<string, unknown> = {},
): Promise<TestPerson> => {
  const client = await reachable(app, person);
  await bond(app, coach, client, status);
  return client;
};

describe('a broadcast to all', () => {
  it('goes to everybody in an active relation, and to nobody else', async () => {
    const active = await relate('active');
    const others = [];
    for (const status of ['pending', 'discovery', 'paused', 'ended'] as const) others.push(await relate(status));
    const stranger = await reachable(app);
    await book(stranger, coach.id, '2026-03-28T09:00:00Z');
    await bond(app, await aCoach(app), stranger);
    expect(await sent({ scope: 'all' })).toEqual({ ...ZEROS, total_recipients: 1, sent_count: 1 });
    expect(await textsTo(app, active)).toHaveLength(1);
    for (const person of [...others, stranger]) expect(await textsTo(app, person)).toEqual([]);
  });

  it('says when each client’s next session is, as he writes it and by the clock of the coach', async () => {
    const french = await relate('active', { timezone: 'America/New_York' });
    const american = await relate('active', { first_name: 'Ann', locale: 'en-US' });
    const spanish = await relate('active', { first_name: 'Luz', locale: 'es-ES' });
    const portuguese = await relate('active', { first_name: 'Rui', locale: 'pt-PT' });
    const none = await relate('active', { first_name: 'Léo' });
    // On both sides of the night in which the clocks of Paris change.
    await book(french, coach.id, '2026-03-29T09:00:00Z');
    await book(french, coach.id, '2026-03-28T09:00:00Z');
    await book(american, coach.id, '2026-03-29T09:00:00Z');
    await book(spanish, coach.id, '2026-03-28T09:00:00Z');
    await book(portuguese, coach.id, '2026-03-28T09:00:00Z');
    const gone = await book(none, coach.id, '2026-03-28T09:00:00Z');
    await expectStatus(none.http.delete(`/bookings/${gone.id}`), 200);
    expect(await sent({ scope: 'all' })).toMatchObject({ total_recipients: 5, sent_count: 5 });
    expect(await textsTo(app, french)).toEqual(['Bonjour Zoé : samedi 28 mars 2026, 10:00. Inès']);
    expect(await textsTo(app, american)).toEqual(['Bonjour Ann : Sunday, March 29, 2026, 11:00 AM. Inès']);
    expect(await textsTo(app, spanish)).toEqual(['Bonjour Luz : sábado, 28 de marzo de 2026, 10:00. Inès']);
    expect(await textsTo(app, portuguese)).toEqual(['Bonjour Rui : sábado, 28 de março de 2026, 10:00. Inès']);
    expect(await textsTo(app, none)).toEqual(['Bonjour Léo : , . Inès']);
  });

  it('speaks of the session after one that begins this very moment', async () => {
    const client = await relate('active');
    for (const start of ['2026-03-27T09:00:00Z', '2026-03-28T09:00:00Z'])
      await confirm(coach, await book(client, coach.id, start));
    await app.setClock('2026-03-27T09:00:00Z');
    await sent({ scope: 'all' });
    expect(await textsTo(app, client)).toEqual(['Bonjour Zoé : samedi 28 mars 2026, 10:00. Inès']);
  });

  it('counts apart who has no phone and who wants no SMS, and leaves out who does not use the product', async () => {
    const mute = await app.register();
    await bond(app, coach, mute);
    await optOut(app, await relate('active'));
    await suspend(app, await relate('active'));
    const closing = await relate('active');
    await app.database.query(`UPDATE users SET status = 'deletion_pending' WHERE id = $1`, [closing.id]);
    const fine = await relate('active');
    expect(await sent({ scope: 'all' })).toEqual({
      ...ZEROS,
      total_recipients: 3,
      sent_count: 1,
      no_phone_count: 1,
      opted_out_count: 1,
    });
    expect(await textsTo(app, fine)).toHaveLength(1);
    expect(await textsTo(app, closing)).toEqual([]);
  });

  it('keeps names with braces as they are, and own words with lines and emoji', async () => {
    const odd = await relate('active', { first_name: '{date}' });
    await sent({ scope: 'all', custom_message: '  {prénom}\n💪 à bientôt  ' });
    expect(await textsTo(app, odd)).toEqual(['{date}\n💪 à bientôt']);
  });

  it('says what the template says, unless there are own words', async () => {
    const client = await relate('active');
    const template_id = await templateOf(coach, 'Le modèle pour {prénom}.');
    await sent({ scope: 'all', template_id, custom_message: null });
    await sent({ scope: 'all', template_id: template_id.toUpperCase(), custom_message: 'Mes mots.' });
    expect(await textsTo(app, client)).toEqual(['Le modèle pour Zoé.', 'Mes mots.']);
  });

  it('to nobody is zeros', async () => {
    for (const terms of [{ scope: 'all' }, { scope: 'day', day: '2026-03-28' }, { scope: 'manual', client_ids: [] }])
      expect(await sent(terms)).toEqual(ZEROS);
  });
});

describe('a broadcast to a day', () => {
  it('goes to whoever has an active session on that day of the coach’s zone, about the first of them', async () => {
    // The day has 23 hours: from 23:00 to 22:00 in UTC.
    const day = '2026-03-29';
    const early = await aCoach(app, { from: '00:00', to: '23:45', maxSlots: 5 });
    coach = early;
    const [first, second, before, after] = [
      await reachable(app),
      await reachable(app, { first_name: 'Max' }),
      await reachable(app),
      await reachable(app),
    ];
    await book(first, coach.id, '2026-03-28T23:00:00Z');
    await book(second, coach.id, '2026-03-29T10:00:00Z');
    await confirm(coach, await book(second, coach.id, '2026-03-29T07:00:00Z'));
    await book(before, coach.id, '2026-03-28T21:00:00Z');
    await book(after, coach.id, '2026-03-29T22:00:00Z');
    expect(await sent({ scope: 'day', day })).toEqual({ ...ZEROS, total_recipients: 2, sent_count: 2 });
    expect(await textsTo(app, first)).toEqual(['Bonjour Zoé : dimanche 29 mars 2026, 00:00. Inès']);
    expect(await textsTo(app, second)).toEqual(['Bonjour Max : dimanche 29 mars 2026, 09:00. Inès']);
    for (const person of [before, after]) expect(await textsTo(app, person)).toEqual([]);
  });

  it('knows sessions of that day that have begun, and none that are over or were cancelled', async () => {
    const [begun, done, gone] = [await reachable(app), await reachable(app), await reachable(app)];
    for (const person of [begun, done]) await confirm(coach, await book(person, coach.id, '2026-03-27T09:00:00Z'));
    const cancelled = await book(gone, coach.id, '2026-03-27T15:00:00Z');
    await expectStatus(gone.http.delete(`/bookings/${cancelled.id}`), 200);
    await app.setClock('2026-03-27T09:30:00Z');
    const { rows } = await app.database.query<{ id: string }>('SELECT id FROM bookings WHERE client_id = $1', [
      done.id,
    ]);
    await expectStatus(coach.http.post(`/bookings/${rows[0]?.id ?? ''}/done`), 200);
    expect(await sent({ scope: 'day', day: '2026-03-27' })).toMatchObject({ total_recipients: 1, sent_count: 1 });
    expect(await textsTo(app, begun)).toEqual(['Bonjour Zoé : vendredi 27 mars 2026, 10:00. Inès']);
  });

  it('asks for the day, which must be one', async () => {
    expect(faultsOf(await refused({ scope: 'day' }, 422))).toEqual(['day day_required']);
    expect(faultsOf(await refused({ scope: 'day', day: null }, 422))).toEqual(['day day_required']);
    for (const day of ['2026-02-30', 'tomorrow', '2026-03-27T09:00:00Z'])
      expect(faultsOf(await refused({ scope: 'day', day }, 422))).toEqual(['day invalid_format']);
    expect(faultsOf(await refused({ scope: 'day', day: 3 }, 422))).toEqual(['day invalid_type']);
  });
});

describe('a broadcast to some', () => {
  it('leaves out who is no client; whose number the coach may not know counts as without', async () => {
    const [active, paused, discovery] = [await relate('active'), await relate('paused'), await relate('discovery')];
    const [pending, ended] = [await relate('pending'), await relate('ended')];
    const stranger = await reachable(app);
    const named = [active, paused, discovery, pending, ended, stranger, { id: randomUUID() }, coach];
    const client_ids = [...named.map(({ id }) => id), active.id.toUpperCase()];
    expect(await sent({ scope: 'manual', client_ids })).toEqual({
      ...ZEROS,
      total_recipients: 5,
      sent_count: 3,
      no_phone_count: 2,
    });
    for (const person of [active, paused, discovery]) expect(await textsTo(app, person)).toHaveLength(1);
    for (const person of [pending, ended, stranger, coach]) expect(await textsTo(app, person)).toEqual([]);
  });

  it('asks for ids, at most 200', async () => {
    expect(faultsOf(await refused({ scope: 'manual' }, 422))).toEqual(['client_ids client_ids_required']);
    expect(faultsOf(await refused({ scope: 'manual', client_ids: ['x'] }, 422))).toEqual(['client_ids invalid_format']);
    expect(faultsOf(await refused({ scope: 'manual', client_ids: 'x' }, 422))).toEqual(['client_ids invalid_type']);
    const many = Array.from({ length: 201 }, () => randomUUID());
    expect(faultsOf(await refused({ scope: 'manual', client_ids: many }, 422))).toEqual(['client_ids too_many']);
    expect(await sent({ scope: 'manual', client_ids: many.slice(1) })).toEqual(ZEROS);
  });
});

describe('who may broadcast, and what', () => {
  it('is a coach with a profile', async () => {
    await expectStatus(app.http.post(PATH).send({}), 401);
    expect((await expectStatus<Refusal>(send({ scope: 'all' }, await app.register()), 403)).detail).toBe('forbidden');
    const fresh = await app.register({ role: 'coach' });
    expect((await expectStatus<Refusal>(send({ scope: 'all' }, fresh), 404)).detail).toBe('coach_profile_not_found');
  });

  it('has a message of 1 to 300 characters with known variables, or a template', async () => {
    const faults = async (terms: object): Promise<string[]> => faultsOf(await refused({ scope: 'all', ...terms }, 422));
    for (const custom_message of [undefined, null, '', '   '])
      expect(await faults({ custom_message })).toEqual(['custom_message message_required']);
    const template_id = await templateOf(coach, 'Un texte comme un autre.');
    expect(await faults({ template_id, custom_message: '' })).toEqual(['custom_message message_required']);
    expect(await faults({ custom_message: 'é'.repeat(301) })).toEqual(['custom_message message_too_long']);
    expect(await faults({ custom_message: '{Prénom}' })).toEqual(['custom_message unknown_template_variable']);
    expect(await faults({ custom_message: 7 })).toEqual(['custom_message invalid_type']);
    expect(await faults({ template_id: 'x' })).toEqual(['template_id invalid_format']);
    const client = await relate('active');
    await sent({ scope: 'all', custom_message: '💪'.repeat(300) });
    expect(await textsTo(app, client)).toEqual(['💪'.repeat(300)]);
  });

  it('names every fault at once, in the caller’s language', async () => {
    const request = coach.http.post(PATH).set('Accept-Language', 'pt').send({ scope: 'day' });
    const { errors = [] } = await expectStatus<Refusal>(request, 422);
    expect(errors).toEqual([
      { field: 'day', code: 'day_required', message: 'Indique o dia.' },
      { field: 'custom_message', code: 'message_required', message: 'Escolha um modelo ou escreva uma mensagem.' },
    ]);
    expect(faultsOf(await refused({ scope: 'everybody' }, 422))).toEqual(['scope invalid_value']);
    expect(faultsOf(await refused({}, 422))).toEqual(['scope required']);
  });

  it('trust 2: sends no template of nobody or of another coach', async () => {
    await relate('active');
    const before = (await allTexts(app)).length;
    const foreign = await templateOf(await aCoach(app), 'Le modèle d’une autre.');
    for (const template_id of [foreign, randomUUID()])
      for (const custom_message of [undefined, 'Mes mots.'])
        expect((await refused({ scope: 'all', template_id, custom_message }, 404)).detail).toBe('template_not_found');
    expect(await allTexts(app)).toHaveLength(before);
  });
});
