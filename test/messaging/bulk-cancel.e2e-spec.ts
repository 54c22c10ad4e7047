import { randomUUID } from 'node:crypto';
import { bond, confirm, creditsOf, historyOf, movementsOf, pushesTo, sell, setPolicy } from 'test/booking/dealings';
import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { faultsOf, type Refusal } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { allTexts } from './audience';

const NOW = '2026-03-02T06:00:00Z';
const PATH = '/coaches/bookings/bulk-cancel';
const at = (hour: number, day = 3): string => `2026-03-0${String(day)}T${String(hour).padStart(2, '0')}:00:00Z`;

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock(NOW);
  coach = await aCoach(app);
  client = await app.register();
});
afterEach(() => expectInvariants(app.database));

const cancel = (ids: readonly string[], terms: object = {}, person = coach) =>
  person.http.post(PATH).send({ booking_ids: ids, ...terms });
const cancelled = (ids: readonly string[], terms: object = {}): Promise<Record<string, unknown>> =>
  expectStatus(cancel(ids, terms), 200);
const read = async (booking: { id: string }, person = coach): Promise<WireBooking> =>
  expectStatus<WireBooking>(person.http.get(`/bookings/${booking.id}`), 200);
const statuses = async (...bookings: { id: string }[]): Promise<string[]> =>
  (await Promise.all(bookings.map((each) => read(each)))).map(({ status }) => status);
const NOTHING = {
  cancelled_count: 0,
  sms_pending_count: 0,
  sms_sent_count: 0,
  sms_failed_count: 0,
  failed_clients: [],
};

describe('cancelling many sessions', () => {
  it('ends requests and confirmed sessions, never late, and gives their sessions back', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 10);
    const soon = await book(client, coach.id, at(9, 2));
    const later = await book(client, coach.id, at(9));
    await confirm(coach, soon);
    expect(await creditsOf(coach, client)).toEqual([10, 8, 'active']);
    expect(await cancelled([later.id, soon.id])).toEqual({ ...NOTHING, cancelled_count: 2 });
    for (const booking of [soon, later]) {
      expect(await read(booking)).toMatchObject({
        status: 'cancelled_by_coach',
        cancelled_at: NOW,
        penalty_due: false,
        coach_cancel_reason: null,
      });
      expect((await historyOf(coach, booking)).at(-1)).toMatchObject({ to: 'cancelled_by_coach', actor_role: 'coach' });
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'release']);
    }
    expect(await creditsOf(coach, client)).toEqual([10, 10, 'active']);
    expect((await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === at(9))?.status).toBe(
      'available',
    );
  });

  it('tells each client of each session once, by push and by mail', async () => {
    const other = await app.register();
    const [one, two] = [await book(client, coach.id, at(9)), await book(other, coach.id, at(11))];
    await cancelled([one.id, two.id]);
    await cancelled([one.id, two.id]);
    for (const [person, { id }] of [
      [client, one],
      [other, two],
    ] as const) {
      expect((await pushesTo(app, person)).filter((type) => type === 'booking_cancelled_by_coach')).toHaveLength(1);
      const [push] = await app.messages({ user_id: person.id, channel: 'push' });
      expect(push?.data).toMatchObject({ type: 'booking_cancelled_by_coach', booking_id: id, coach_id: coach.id });
      const mails = await app.messages({ user_id: person.id, channel: 'email' });
      expect(mails.filter(({ subject }) => /annul|cancel/i.test(subject ?? ''))).toHaveLength(1);
    }
    expect(await allTexts(app)).toEqual([]);
  });

  it('leaves what is over, begun or ended as it is, and does not count it', async () => {
    const [done, gone, begun, coming] = [
      await book(client, coach.id, at(7, 2)),
      await book(client, coach.id, at(12)),
      await book(client, coach.id, at(9, 2)),
      await book(client, coach.id, at(14)),
    ] as const;
    await confirm(coach, done);
    await confirm(coach, begun);
    await expectStatus(client.http.delete(`/bookings/${gone.id}`), 200);
    await app.setClock(at(9, 2));
    await expectStatus(coach.http.post(`/bookings/${done.id}/done`), 200);
    expect(await cancelled([done, gone, begun, coming].map(({ id }) => id))).toEqual({
      ...NOTHING,
      cancelled_count: 1,
    });
    expect(await statuses(done, gone, begun, coming)).toEqual([
      'done',
      'cancelled_by_client',
      'confirmed',
      'cancelled_by_coach',
    ]);
  });

  it('takes a session one millisecond before it begins', async () => {
    const booking = await book(client, coach.id, at(9));
    await confirm(coach, booking);
    await app.setClock('2026-03-03T08:59:59.999Z');
    expect(await cancelled([booking.id])).toMatchObject({ cancelled_count: 1 });
    expect(await statuses(booking)).toEqual(['cancelled_by_coach']);
  });

  it('owes nothing for what was paid by the session, whatever the policy says', async () => {
    await setPolicy(coach, { threshold_hours: 168, mode: 'auto' });
    const booking = await book(client, coach.id, at(9));
    await confirm(coach, booking);
    await cancelled([booking.id]);
    const { rows } = await app.database.query('SELECT 1 FROM payments WHERE booking_id = $1', [booking.id]);
    expect(rows).toEqual([]);
  });

  it('does nothing without ids, and an id named twice is one', async () => {
    expect(await cancelled([])).toEqual(NOTHING);
    const { id } = await book(client, coach.id, at(9));
    expect(await cancelled([id, id.toUpperCase(), id])).toEqual({ ...NOTHING, cancelled_count: 1 });
    expect(await statuses({ id })).toEqual(['cancelled_by_coach']);
    expect((await historyOf(coach, { id })).map(({ to }) => to)).toEqual([
      'pending_coach_validation',
      'cancelled_by_coach',
    ]);
  });

  it('ends a request for a discovery together with its booking', async () => {
    const generous = await aCoach(app, { profile: { discovery_enabled: true } });
    const wish = { coach_id: generous.id, scheduled_at: at(9), pricing_type: 'discovery' };
    const booking = await expectStatus<WireBooking>(client.http.post('/bookings').send(wish), 201);
    expect((await expectStatus(cancel([booking.id], {}, generous), 200))['cancelled_count']).toBe(1);
    const { rows } = await app.database.query<{ status: string }>(
      'SELECT status FROM coaching_requests WHERE coach_id = $1',
      [generous.id],
    );
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });
});

describe('who may, and with what', () => {
  it('is refused without a key, to a client, and for faults of the request, which are all named', async () => {
    await expectStatus(app.http.post(PATH).send({ booking_ids: [] }), 401);
    expect((await expectStatus<Refusal>(cancel([], {}, client), 403)).detail).toBe('forbidden');
    const refused = async (body: object): Promise<string[]> =>
      faultsOf(await expectStatus(coach.http.post(PATH).send(body), 422));
    expect(await refused({})).toEqual(['booking_ids required']);
    expect(await refused({ booking_ids: null })).toEqual(['booking_ids required']);
    expect(await refused({ booking_ids: ['x'] })).toEqual(['booking_ids invalid_format']);
    const many = Array.from({ length: 101 }, () => randomUUID());
    expect(await refused({ booking_ids: many })).toEqual(['booking_ids too_many']);
    expect((await expectStatus<Refusal>(cancel(many.slice(1)), 404)).errors).toHaveLength(100);
    const faults = {
      booking_ids: [],
      send_sms: 1,
      block_slots: 'yes',
      custom_message: 'a'.repeat(301),
      template_id: 'x',
    };
    expect((await refused(faults)).sort()).toEqual([
      'block_slots invalid_type',
      'custom_message message_too_long',
      'send_sms invalid_type',
      'template_id invalid_format',
    ]);
    expect(await refused({ booking_ids: [], custom_message: 'Bonjour {nom}' })).toEqual([
      'custom_message unknown_template_variable',
    ]);
    expect(await expectStatus(cancel([], { custom_message: 'a'.repeat(300) }), 200)).toEqual(NOTHING);
    expect(await expectStatus(cancel([], { custom_message: null, template_id: null }), 200)).toEqual(NOTHING);
  });

  it('a template of nobody or of another coach is not found, and nothing is cancelled', async () => {
    const other = await aCoach(app);
    const [foreign] = await expectStatus<{ id: string }[]>(other.http.get('/coaches/cancellation-templates'), 200);
    const booking = await book(client, coach.id, at(9));
    for (const template_id of [randomUUID(), foreign?.id])
      for (const send_sms of [true, false])
        expect((await expectStatus<Refusal>(cancel([booking.id], { template_id, send_sms }), 404)).detail).toBe(
          'template_not_found',
        );
    expect(await statuses(booking)).toEqual(['pending_coach_validation']);
  });

  it('trust 47: a repeat with the same key answers the same and does nothing', async () => {
    const booking = await book(client, coach.id, at(9));
    const key = randomUUID();
    const first = await cancel([booking.id]).set('Idempotency-Key', key);
    const second = await cancel([booking.id]).set('Idempotency-Key', key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toEqual({ ...NOTHING, cancelled_count: 1 });
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });
});
