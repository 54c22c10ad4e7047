import { randomUUID } from 'node:crypto';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { beMorePatient, optOut, reachable, refuse, suspend, templateOf, textsTo, useUp } from './audience';

const NOW = '2026-03-27T06:00:00Z';
const TODAY = '2026-03-27';
const PATH = '/coaches/bookings/bulk-cancel';
/** The clocks of Paris change in the night to Sunday, the 29th. */
const FRIDAY = '2026-03-27T17:00:00Z';
const SATURDAY = '2026-03-28T09:00:00Z';
const SUNDAY = '2026-03-29T09:00:00Z';
const TEXT = 'Bonjour {prénom}, séance du {date} à {heure} annulée. {coach}';

interface Answered {
  cancelled_count: number;
  sms_pending_count: number;
  sms_sent_count: number;
  sms_failed_count: number;
  failed_clients: string[];
}

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
afterEach(() => expectInvariants(app.database));

const cancel = (bookings: readonly WireBooking[], terms: object = { custom_message: TEXT }): Promise<Answered> =>
  expectStatus<Answered>(coach.http.post(PATH).send({ booking_ids: bookings.map(({ id }) => id), ...terms }), 200);

describe('the SMS of a bulk cancellation', () => {
  it('go to each client once, about the first of his sessions, in his language and by the clock of the coach', async () => {
    const french = await reachable(app, { timezone: 'America/New_York' });
    const english = await reachable(app, { first_name: 'Ann', locale: 'en-US', timezone: 'Asia/Tokyo' });
    const bookings = [
      await book(english, coach.id, SUNDAY),
      await book(french, coach.id, SUNDAY),
      await book(french, coach.id, SATURDAY),
    ];
    expect(await cancel(bookings)).toEqual({
      cancelled_count: 3,
      sms_pending_count: 0,
      sms_sent_count: 2,
      sms_failed_count: 0,
      failed_clients: [],
    });
    // Winter time on Saturday, summer time on Sunday.
    expect(await textsTo(app, french)).toEqual(['Bonjour Zoé, séance du samedi 28 mars 2026 à 10:00 annulée. Inès']);
    expect(await textsTo(app, english)).toEqual([
      'Bonjour Ann, séance du Sunday, March 29, 2026 à 11:00 AM annulée. Inès',
    ]);
  });

  it('say what the template says, unless there are own words; the log names the template only where it was used', async () => {
    const client = await reachable(app);
    const template_id = await templateOf(coach, 'Le modèle pour {prénom}.');
    await cancel([await book(client, coach.id, SATURDAY)], { template_id });
    await cancel([await book(client, coach.id, SUNDAY)], { template_id, custom_message: 'Mes mots.' });
    expect(await textsTo(app, client)).toEqual(['Le modèle pour Zoé.', 'Mes mots.']);
    const { items } = await expectStatus<{ items: { message_body: string; template_id: string | null }[] }>(
      coach.http.get('/coaches/sms/logs'),
      200,
    );
    expect(items.map((row) => [row.message_body, row.template_id]).sort()).toEqual([
      ['Le modèle pour Zoé.', template_id],
      ['Mes mots.', null],
    ]);
  });

  it('are none with send_sms false, and none without template and message', async () => {
    const client = await reachable(app);
    const none = { sms_pending_count: 0, sms_sent_count: 0, sms_failed_count: 0, failed_clients: [] };
    const [one, two, three] = [
      await book(client, coach.id, FRIDAY),
      await book(client, coach.id, SATURDAY),
      await book(client, coach.id, SUNDAY),
    ];
    expect(await cancel([one], { custom_message: TEXT, send_sms: false })).toEqual({ cancelled_count: 1, ...none });
    expect(await cancel([two], {})).toEqual({ cancelled_count: 1, ...none });
    expect(await cancel([three], { custom_message: '' })).toEqual({ cancelled_count: 1, ...none });
    expect(await textsTo(app, client)).toEqual([]);
  });

  it('keep a name with braces as it is', async () => {
    const odd = await reachable(app, { first_name: '{coach} $1' });
    await cancel([await book(odd, coach.id, SATURDAY)], { custom_message: 'Bonjour {prénom}' });
    expect(await textsTo(app, odd)).toEqual(['Bonjour {coach} $1']);
  });

  it('count as failed, and name in the order of sessions, whom none can reach', async () => {
    const mute = await app.register({ first_name: 'Sans', last_name: 'Portable' });
    const stopped = await reachable(app, { first_name: 'Dit', last_name: 'Stop' });
    const barred = await reachable(app, { first_name: 'Mis', last_name: 'Dehors' });
    const fine = await reachable(app);
    const bookings = [
      await book(stopped, coach.id, SUNDAY),
      await book(mute, coach.id, SATURDAY),
      await book(barred, coach.id, FRIDAY),
      await book(fine, coach.id, FRIDAY),
    ];
    await optOut(app, stopped);
    await suspend(app, barred);
    expect(await cancel(bookings)).toEqual({
      cancelled_count: 4,
      sms_pending_count: 0,
      sms_sent_count: 1,
      sms_failed_count: 3,
      failed_clients: ['Mis Dehors', 'Sans Portable', 'Dit Stop'],
    });
    for (const person of [mute, stopped, barred]) expect(await textsTo(app, person)).toEqual([]);
    expect(await textsTo(app, fine)).toHaveLength(1);
  });

  it('that the provider refuses undo nothing, and name their clients', async () => {
    const [one, two] = [await reachable(app, { last_name: 'Un' }), await reachable(app, { last_name: 'Deux' })];
    const accept = refuse(app, [one]);
    const bookings = [await book(two, coach.id, SATURDAY), await book(one, coach.id, SUNDAY)];
    const answer = await cancel(bookings);
    accept();
    expect(answer).toEqual({
      cancelled_count: 2,
      sms_pending_count: 0,
      sms_sent_count: 1,
      sms_failed_count: 1,
      failed_clients: ['Zoé Un'],
    });
    for (const { id } of bookings)
      expect((await expectStatus<WireBooking>(coach.http.get(`/bookings/${id}`), 200)).status).toBe(
        'cancelled_by_coach',
      );
  });

  it('beyond what is left of the day fail: whose session comes first is told, and every session is cancelled', async () => {
    const [first, second, third] = [
      await reachable(app, { last_name: 'Premier' }),
      await reachable(app, { last_name: 'Deuxième' }),
      await reachable(app, { last_name: 'Troisième' }),
    ];
    await useUp(app, coach, TODAY, 199);
    const bookings = [
      await book(third, coach.id, SUNDAY),
      await book(second, coach.id, SATURDAY),
      await book(first, coach.id, FRIDAY),
    ];
    expect(await cancel(bookings)).toEqual({
      cancelled_count: 3,
      sms_pending_count: 0,
      sms_sent_count: 1,
      sms_failed_count: 2,
      failed_clients: ['Zoé Deuxième', 'Zoé Troisième'],
    });
    expect(await textsTo(app, first)).toHaveLength(1);
    const more = [await book(first, coach.id, SATURDAY)];
    expect(await cancel(more)).toMatchObject({
      cancelled_count: 1,
      sms_sent_count: 0,
      failed_clients: ['Zoé Premier'],
    });
  });

  it('beyond what is left of a number’s day fail, and their clients are named', async () => {
    const [full, fine] = [await reachable(app, { last_name: 'Comble' }), await reachable(app)];
    await app.database.query(
      'INSERT INTO sms_number_days (phone, day, used) SELECT phone, $2, 20 FROM users WHERE id = $1',
      [full.id, TODAY],
    );
    const bookings = [await book(full, coach.id, SATURDAY), await book(fine, coach.id, SUNDAY)];
    expect(await cancel(bookings)).toEqual({
      cancelled_count: 2,
      sms_pending_count: 0,
      sms_sent_count: 1,
      sms_failed_count: 1,
      failed_clients: ['Zoé Comble'],
    });
    expect(await textsTo(app, full)).toEqual([]);
    const path = '/coaches/sms/logs?status=failed';
    const { body } = await coach.http.get(path).set('Accept-Language', 'en');
    expect(body.items).toMatchObject([{ error_message: expect.stringContaining('write again tomorrow') as string }]);
  });

  it('leave if and only if the sessions are cancelled: not for a session that is none of his', async () => {
    const client = await reachable(app);
    const own = await book(client, coach.id, SATURDAY);
    const body = { booking_ids: [own.id, randomUUID()], custom_message: TEXT };
    await expectStatus(coach.http.post(PATH).send(body), 404);
    expect(await textsTo(app, client)).toEqual([]);
  });

  it('are told in the end to a repeat with the same key too, and sent once', async () => {
    const client = await reachable(app);
    const { id } = await book(client, coach.id, SATURDAY);
    const key = randomUUID();
    const send = () =>
      coach.http
        .post(PATH)
        .set('Idempotency-Key', key)
        .send({ booking_ids: [id], custom_message: TEXT });
    const first = await expectStatus<Answered>(send(), 200);
    expect(first).toMatchObject({ cancelled_count: 1, sms_sent_count: 1, sms_pending_count: 0 });
    const second = await send();
    expect(second.headers['idempotent-replayed']).toBe('true');
    expect(second.body).toEqual(first);
    expect(await textsTo(app, client)).toHaveLength(1);
  });
});
