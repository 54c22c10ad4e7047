import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import {
  bond,
  bondOf,
  confirm,
  creditsOf,
  historyOf,
  movementsOf,
  paymentsOf,
  pushesTo,
  sell,
  setPolicy,
} from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const NEXT = '2026-03-06T09:00:00Z';
const THRESHOLD = '2026-03-04T09:00:00.000Z';
const LATE = '2026-03-04T09:00:00.001Z';

describe('moving a session', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;
  let booking: WireBooking;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    client = await app.register();
    booking = await book(client, coach.id, SLOT);
  });
  afterEach(() => expectInvariants(app.database));

  const ask = (person: TestPerson, scheduled_at = NEXT, body: Record<string, unknown> = {}) =>
    person.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at, ...body });
  const moved = (person: TestPerson, scheduled_at = NEXT, body: Record<string, unknown> = {}) =>
    expectStatus<WireBooking>(ask(person, scheduled_at, body), 201);
  const refused = async (person: TestPerson, scheduled_at: string, status: number, detail: string) =>
    expect(await expectStatus(ask(person, scheduled_at), status)).toMatchObject({ detail });
  const row = (id = booking.id): Promise<Record<string, unknown>> =>
    expectStatus(client.http.get(`/bookings/${id}`), 200);

  describe('by the client', () => {
    it('makes a new request in its place, and the two name each other', async () => {
      await confirm(coach, booking);
      await app.setClock('2026-03-02T07:00:00Z');
      const next = await moved(client, NEXT, { reason: 'A train' });
      expect(next).toMatchObject({
        status: 'pending_coach_validation',
        rescheduled_from_id: booking.id,
        rescheduled_to_id: null,
        scheduled_at: NEXT,
        duration_min: 60,
        price_cents: 5_000,
        expires_at: '2026-03-03T07:00:00Z',
        confirmed_at: null,
        created_at: '2026-03-02T07:00:00Z',
      });
      expect(await row()).toMatchObject({
        status: 'cancelled_by_client',
        rescheduled_to_id: next.id,
        rescheduled_from_id: null,
        penalty_due: false,
        coach_cancel_reason: null,
        cancelled_at: '2026-03-02T07:00:00Z',
      });
      expect((await historyOf(client, booking)).at(-1)).toEqual({
        to: 'cancelled_by_client',
        actor_role: 'client',
        reason: 'A train',
      });
      expect(await historyOf(client, next)).toEqual([
        { to: 'pending_coach_validation', actor_role: 'client', reason: null },
      ]);
    });

    it('frees the old seat and takes the new one', async () => {
      await moved(client);
      const statusOf = async (start: string) =>
        (await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === start)?.status;
      expect([await statusOf(SLOT), await statusOf(NEXT)]).toEqual(['available', 'mine']);
    });

    it('is free until the threshold, included, and then too late', async () => {
      await confirm(coach, booking);
      await app.setClock(LATE);
      await refused(client, NEXT, 422, 'too_late_to_reschedule');
      await app.setClock(THRESHOLD);
      await moved(client);
    });

    it('is free for 24 hours after the coach made or moved it', async () => {
      await setPolicy(coach, { threshold_hours: 168 });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      await confirm(coach, booking);
      await refused(client, NEXT, 422, 'too_late_to_reschedule');
      booking = await moved(coach);
      await app.setClock('2026-03-03T06:00:00.001Z');
      await refused(client, '2026-03-06T10:00:00Z', 422, 'too_late_to_reschedule');
      await app.setClock('2026-03-03T06:00:00.000Z');
      await moved(client, '2026-03-06T10:00:00Z');
    });

    it('meets what a new booking would meet', async () => {
      await refused(client, '2026-03-02T05:00:00Z', 422, 'slot_in_past');
      await refused(client, '2026-03-06T09:30:00Z', 422, 'slot_outside_availability');
      await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 120 }), 200);
      await refused(client, NEXT, 422, 'notice_too_short');
      await expectStatus(
        coach.http.put('/coaches/profile').send({ min_notice_hours: 0, booking_horizon_days: 1 }),
        200,
      );
      await refused(client, NEXT, 422, 'beyond_booking_horizon');
      expect(await row()).toMatchObject({ status: 'pending_coach_validation', rescheduled_to_id: null });
    });

    it('does not stand in its own way: half an hour later is another grid, not another booking', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ session_duration_min: 30 }), 200);
      const next = await moved(client, '2026-03-05T09:30:00Z');
      expect(next).toMatchObject({ duration_min: 60, ends_at: '2026-03-05T10:30:00Z' });
    });

    it('goes by the last day of the package', async () => {
      await bond(app, coach, client);
      await sell(coach, client, 2, { valid_until: '2026-03-06' });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      await refused(client, '2026-03-07T09:00:00Z', 422, 'package_expired');
      await moved(client, NEXT);
    });
  });

  describe('by the coach', () => {
    it('is confirmed at once, at any time before the start, outside his hours too', async () => {
      await confirm(coach, booking);
      await app.setClock('2026-03-05T08:59:59.999Z');
      const next = await moved(coach, '2026-03-05T21:30:00Z', { reason: 'Flu' });
      expect(next).toMatchObject({ status: 'confirmed', expires_at: null, rescheduled_from_id: booking.id });
      expect(await row()).toMatchObject({
        status: 'cancelled_by_coach',
        coach_cancel_reason: 'Flu',
        rescheduled_to_id: next.id,
      });
    });

    it('answers the request that it moves', async () => {
      await moved(coach);
      expect(await bondOf(app, coach, client)).toBe('active');
    });

    it('does not bring an ended relation back', async () => {
      await confirm(coach, booking);
      await bond(app, coach, client, 'ended');
      await moved(coach);
      expect(await bondOf(app, coach, client)).toBe('ended');
    });

    it('keeps the package past its last day', async () => {
      await bond(app, coach, client);
      const { id } = await sell(coach, client, 2, { valid_until: '2026-03-06' });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      expect(await moved(coach, '2026-03-09T09:00:00Z')).toMatchObject({ package_id: id });
    });

    it('finds himself away', async () => {
      const absence = { starts_at: '2026-03-06T00:00:00Z', ends_at: '2026-03-07T00:00:00Z' };
      await expectStatus(coach.http.post('/coaches/time-off').send(absence), 201);
      await refused(coach, NEXT, 422, 'coach_on_time_off');
    });
  });

  describe('by either', () => {
    it('is told once, to the other, and not as a cancellation', async () => {
      await confirm(coach, booking);
      const before = [await pushesTo(app, client), await pushesTo(app, coach)];
      await moved(client);
      for (const [index, person] of [client, coach].entries()) {
        const since = (await pushesTo(app, person)).slice(before[index]?.length);
        expect(since.filter((type) => type !== 'booking_rescheduled')).toEqual([]);
      }
    });

    it('to the same start is the same booking', async () => {
      for (const person of [client, coach]) await refused(person, SLOT, 409, 'duplicate_booking');
    });

    it('ends with the start, and with the booking', async () => {
      await confirm(coach, booking);
      await app.setClock(SLOT);
      for (const person of [client, coach]) await refused(person, NEXT, 422, 'invalid_transition');
      await app.setClock(NOW);
      await moved(client);
      for (const person of [client, coach]) await refused(person, '2026-03-06T11:00:00Z', 422, 'invalid_transition');
    });

    it('does not bring a lapsed request back', async () => {
      await app.setClock('2026-03-03T06:00:00.000Z');
      for (const person of [client, coach]) await refused(person, NEXT, 422, 'invalid_transition');
      await app.setClock('2026-03-03T05:59:59.999Z');
      await moved(coach);
    });

    it('gives way to who has the seat, and to where they are', async () => {
      const other = await app.register();
      await book(other, coach.id, NEXT);
      const elsewhere = await aCoach(app);
      await book(client, elsewhere.id, '2026-03-06T11:00:00Z');
      await book(client, coach.id, '2026-03-06T13:00:00Z');
      for (const person of [client, coach]) {
        await refused(person, NEXT, 409, 'slot_unavailable');
        await refused(person, '2026-03-06T11:00:00Z', 409, 'client_busy');
        await refused(person, '2026-03-06T13:00:00Z', 409, 'duplicate_booking');
      }
      expect(await row()).toMatchObject({ status: 'pending_coach_validation' });
    });

    it('keeps people, length, place, price and policy; the type is that of the new slot', async () => {
      const gym = await aClub(app, { name: 'Keep Cool' });
      const group = await aCoach(app, { maxSlots: 3 });
      await setPolicy(group, { threshold_hours: 10, mode: 'manual' });
      booking = await expectStatus<WireBooking>(
        client.http
          .post('/bookings')
          .send({ coach_id: group.id, scheduled_at: '2026-03-05T11:00:00Z', gym_id: gym, client_message: 'Bad knee' }),
        201,
      );
      await setPolicy(group, { threshold_hours: 100, mode: 'auto' });
      await expectStatus(group.http.put('/coaches/profile').send({ session_duration_min: 45 }), 200);
      const next = await moved(group, '2026-03-06T22:00:00Z');
      expect(next).toMatchObject({
        client_id: client.id,
        coach_id: group.id,
        duration_min: 60,
        gym_id: gym,
        gym_name: 'Keep Cool',
        price_cents: 5_000,
        client_message: 'Bad knee',
        type: 'individual',
      });
      expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({ type: 'group' });
      expect(await expectStatus(client.http.get(`/bookings/${next.id}/cancellation-preview`), 200)).toMatchObject({
        threshold_hours: 10,
      });
    });

    it('takes the held session along: it is released and held in one act, and never comes back between', async () => {
      await bond(app, coach, client);
      await sell(coach, client, 1);
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      const next = await moved(client);
      expect([await movementsOf(app, booking.id), await movementsOf(app, next.id)]).toEqual([
        ['hold', 'release'],
        ['hold'],
      ]);
      expect(await creditsOf(coach, client)).toEqual([1, 0, 'active']);
      await confirm(coach, next);
      await app.setClock(NEXT);
      await expectStatus(coach.http.post(`/bookings/${next.id}/done`), 200);
      expect(await creditsOf(coach, client)).toEqual([0, 0, 'exhausted']);
    });

    it('takes a payment along that was made ahead', async () => {
      await confirm(coach, booking);
      await expectStatus(
        coach.http
          .post(`/coaches/clients/${client.id}/payments`)
          .send({ booking_id: booking.id, amount_cents: 5_000, payment_method: 'card', status: 'paid' }),
        201,
      );
      const next = await moved(coach);
      expect([await paymentsOf(app, booking.id), await paymentsOf(app, next.id)]).toEqual([[], [['paid', 5_000]]]);
      await app.setClock(NEXT);
      await expectStatus(coach.http.post(`/bookings/${next.id}/done`), 200);
      expect(await paymentsOf(app, next.id)).toEqual([['paid', 5_000]]);
    });

    it('can be done again and again, each step naming the one before', async () => {
      const chain = [booking.id];
      for (const day of ['06', '07', '08']) {
        booking = await moved(client, `2026-03-${day}T09:00:00Z`);
        expect(booking['rescheduled_from_id']).toBe(chain.at(-1));
        chain.push(booking.id);
      }
      expect(await row(chain[1])).toMatchObject({ rescheduled_from_id: chain[0], rescheduled_to_id: chain[2] });
    });

    it('waits anew as a discovery that was accepted, and the request stays accepted', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
      const newcomer = await app.register();
      const wish = { coach_id: coach.id, scheduled_at: '2026-03-07T09:00:00Z', pricing_type: 'discovery' };
      booking = await expectStatus<WireBooking>(newcomer.http.post('/bookings').send(wish), 201);
      await confirm(coach, booking);
      booking = await moved(newcomer, '2026-03-08T09:00:00Z');
      expect(booking).toMatchObject({ status: 'pending_coach_validation', type: 'discovery' });
      const requests = newcomer.http.get('/clients/coaching-requests');
      expect((await expectStatus<{ items: unknown[] }>(requests, 200)).items).toMatchObject([{ status: 'accepted' }]);
      await expectStatus(coach.http.post(`/bookings/${booking.id}/reject`).send({}), 200);
      expect(await bondOf(app, coach, newcomer)).toBe('discovery');
    });

    it('is moved once for a repeated Idempotency-Key', async () => {
      const send = () => ask(client).set('Idempotency-Key', 'move');
      const [first, second] = [await send(), await send()];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body).toEqual(first.body);
    });

    it('is nobody else’s', async () => {
      await refused(await app.register(), NEXT, 404, 'booking_not_found');
      await refused(await aCoach(app), NEXT, 404, 'booking_not_found');
    });

    it('needs a coach who can be booked', async () => {
      await app.database.query(
        `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
        [coach.id],
      );
      await refused(client, NEXT, 404, 'coach_not_found');
    });
  });
});
