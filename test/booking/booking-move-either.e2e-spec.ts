import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, creditsOf, movementsOf, paymentsOf, pushesTo, sell, setPolicy } from './dealings';
import { ask, asked, bookingOf, moved, NEXT, NOW, refused, SLOT } from './moving';

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
    ({ coach, client, booking } = await asked(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('by either', () => {
    it('is told once, to the other, and not as a cancellation', async () => {
      await confirm(coach, booking);
      const before = [await pushesTo(app, client), await pushesTo(app, coach)];
      await moved(client, booking);
      for (const [index, person] of [client, coach].entries()) {
        const since = (await pushesTo(app, person)).slice(before[index]?.length);
        expect(since.filter((type) => type !== 'booking_rescheduled')).toEqual([]);
      }
    });

    it('to the same start is the same booking', async () => {
      for (const person of [client, coach]) await refused(person, booking, SLOT, 409, 'duplicate_booking');
    });

    it('ends with the start, and with the booking', async () => {
      await confirm(coach, booking);
      await app.setClock(SLOT);
      for (const person of [client, coach]) await refused(person, booking, NEXT, 422, 'invalid_transition');
      await app.setClock(NOW);
      await moved(client, booking);
      for (const person of [client, coach])
        await refused(person, booking, '2026-03-06T11:00:00Z', 422, 'invalid_transition');
    });

    it('does not bring a lapsed request back', async () => {
      await app.setClock('2026-03-03T06:00:00.000Z');
      for (const person of [client, coach]) await refused(person, booking, NEXT, 422, 'invalid_transition');
      await app.setClock('2026-03-03T05:59:59.999Z');
      await moved(coach, booking);
    });

    it('gives way to who has the seat, and to where they are', async () => {
      const other = await app.register();
      await book(other, coach.id, NEXT);
      const elsewhere = await aCoach(app);
      await book(client, elsewhere.id, '2026-03-06T11:00:00Z');
      await book(client, coach.id, '2026-03-06T13:00:00Z');
      for (const person of [client, coach]) {
        await refused(person, booking, NEXT, 409, 'slot_unavailable');
        await refused(person, booking, '2026-03-06T11:00:00Z', 409, 'client_busy');
        await refused(person, booking, '2026-03-06T13:00:00Z', 409, 'duplicate_booking');
      }
      expect(await bookingOf(client, booking.id)).toMatchObject({ status: 'pending_coach_validation' });
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
      const next = await moved(group, booking, '2026-03-06T22:00:00Z');
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
      const next = await moved(client, booking);
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
      const next = await moved(coach, booking);
      expect([await paymentsOf(app, booking.id), await paymentsOf(app, next.id)]).toEqual([[], [['paid', 5_000]]]);
      await app.setClock(NEXT);
      await expectStatus(coach.http.post(`/bookings/${next.id}/done`), 200);
      expect(await paymentsOf(app, next.id)).toEqual([['paid', 5_000]]);
    });

    it('can be done again and again, each step naming the one before', async () => {
      const chain = [booking.id];
      for (const day of ['06', '07', '08']) {
        booking = await moved(client, booking, `2026-03-${day}T09:00:00Z`);
        expect(booking['rescheduled_from_id']).toBe(chain.at(-1));
        chain.push(booking.id);
      }
      expect(await bookingOf(client, String(chain[1]))).toMatchObject({
        rescheduled_from_id: chain[0],
        rescheduled_to_id: chain[2],
      });
    });

    it('waits anew as a discovery that was accepted, and the request stays accepted', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ discovery_enabled: true }), 200);
      const newcomer = await app.register();
      const wish = { coach_id: coach.id, scheduled_at: '2026-03-07T09:00:00Z', pricing_type: 'discovery' };
      booking = await expectStatus<WireBooking>(newcomer.http.post('/bookings').send(wish), 201);
      await confirm(coach, booking);
      booking = await moved(newcomer, booking, '2026-03-08T09:00:00Z');
      expect(booking).toMatchObject({ status: 'pending_coach_validation', type: 'discovery' });
      const requests = newcomer.http.get('/clients/coaching-requests');
      expect((await expectStatus<{ items: unknown[] }>(requests, 200)).items).toMatchObject([{ status: 'accepted' }]);
      await expectStatus(coach.http.post(`/bookings/${booking.id}/reject`).send({}), 200);
      expect(await bondOf(app, coach, newcomer)).toBe('discovery');
    });

    it('is moved once for a repeated Idempotency-Key', async () => {
      const send = () => ask(client, booking).set('Idempotency-Key', 'move');
      const [first, second] = [await send(), await send()];
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.body).toEqual(first.body);
    });

    it('is nobody else’s', async () => {
      await refused(await app.register(), booking, NEXT, 404, 'booking_not_found');
      await refused(await aCoach(app), booking, NEXT, 404, 'booking_not_found');
    });

    it('needs a coach who can be booked', async () => {
      await app.database.query(
        `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
        [coach.id],
      );
      await refused(client, booking, NEXT, 404, 'coach_not_found');
    });
  });
});
