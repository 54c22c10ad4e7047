import { book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, pushesTo } from './dealings';
import {
  accept,
  ask,
  bookDiscovery,
  bookingOf,
  onlyRequestOf,
  OTHER,
  post,
  refused,
  reject,
  requestsOf,
  SLOT,
  strangers,
  type WireRequest,
  withdraw,
} from './requesting';

describe('coaching requests', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ coach, client } = await strangers(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('a discovery that is booked', () => {
    it('is a request too, with the same people, start and message', async () => {
      const booking = await bookDiscovery(client, coach, { client_message: 'Enfin' });
      expect(await onlyRequestOf(client)).toMatchObject({
        status: 'pending',
        booking_id: booking.id,
        discovery_slot: SLOT,
        client_message: 'Enfin',
        client_id: client.id,
        coach_id: coach.id,
      });
      expect(await bondOf(app, coach, client)).toBe('pending');
      await refused(client, coach, 409, 'request_already_pending');
      expect(await pushesTo(app, coach)).toEqual(['discovery_requested']);
      expect(await pushesTo(app, client)).toEqual(['booking_sent']);
    });

    it('belongs to the request that waits already', async () => {
      const { id } = await ask(client, coach, { client_message: 'Bonjour', discovery_slot: SLOT });
      const booking = await bookDiscovery(client, coach, { scheduled_at: OTHER });
      expect(await onlyRequestOf(client)).toMatchObject({
        id,
        booking_id: booking.id,
        discovery_slot: OTHER,
        client_message: 'Bonjour',
      });
      expect((await accept(coach, id)).status).toBe('accepted');
      expect((await bookingOf(client, await onlyRequestOf(client))).status).toBe('confirmed');
    });

    it('leaves nothing when it is refused', async () => {
      await book(await app.register(), coach.id, SLOT);
      const answer = await post(client, '/bookings', {
        coach_id: coach.id,
        scheduled_at: SLOT,
        pricing_type: 'discovery',
      });
      expect(answer.status).toBe(409);
      expect(await requestsOf(client)).toEqual([]);
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    /** From either side: what the act leads both to, the relation, and who is told what. */
    it.each<[string, (request: WireRequest) => PromiseLike<unknown>, string, string, string | null, string, string]>([
      [
        'accepting the request',
        ({ id }) => accept(coach, id),
        'accepted',
        'confirmed',
        'discovery',
        'discovery_accepted',
        'session_confirmed',
      ],
      [
        'confirming the booking',
        ({ booking_id }) => expectStatus(post(coach, `/bookings/${booking_id ?? ''}/confirm`), 200),
        ...(['accepted', 'confirmed', 'discovery', 'discovery_accepted', 'session_confirmed'] as const),
      ],
      ['rejecting the request', ({ id }) => reject(coach, id), 'rejected', 'rejected', null, 'discovery_rejected', ''],
      [
        'rejecting the booking',
        ({ booking_id }) => expectStatus(post(coach, `/bookings/${booking_id ?? ''}/reject`), 200),
        ...(['rejected', 'rejected', null, 'discovery_rejected', ''] as const),
      ],
      [
        'nobody answering',
        () => app.advance(24 * 3600),
        'rejected',
        'auto_rejected',
        null,
        'booking_auto_rejected',
        'booking_auto_rejected',
      ],
      [
        'withdrawing the request',
        ({ id }) => withdraw(client, id),
        'cancelled',
        'cancelled_by_client',
        null,
        '',
        'discovery_cancelled',
      ],
      [
        'cancelling the booking',
        ({ booking_id }) => expectStatus(client.http.delete(`/bookings/${booking_id ?? ''}`), 200),
        ...(['cancelled', 'cancelled_by_client', null, '', 'discovery_cancelled'] as const),
      ],
      [
        'the coach cancelling the booking',
        ({ booking_id }) => expectStatus(coach.http.delete(`/bookings/${booking_id ?? ''}`), 200),
        ...(['cancelled', 'cancelled_by_coach', null, 'booking_cancelled_by_coach', ''] as const),
      ],
    ])('moves with its request while both wait: %s', async (_, act, request, booking, relation, toClient, toCoach) => {
      await bookDiscovery(client, coach);
      await act(await onlyRequestOf(client));
      const after = await onlyRequestOf(client);
      expect(after.status).toBe(request);
      expect((await bookingOf(client, after)).status).toBe(booking);
      expect(await bondOf(app, coach, client)).toBe(relation);
      const news = async (person: TestPerson): Promise<string[]> =>
        (await pushesTo(app, person)).filter(
          (type) => !['booking_sent', 'discovery_requested', 'booking_validation_reminder'].includes(type),
        );
      expect(await news(client)).toEqual(toClient ? [toClient] : []);
      expect(await news(coach)).toEqual(toCoach ? [toCoach] : []);
    });

    it('goes back to the relation there was, whichever it was', async () => {
      for (const before of ['pending', 'discovery', 'ended'] as const) {
        await bond(app, coach, client, before);
        const { id } = await bookDiscovery(client, coach);
        await expectStatus(post(coach, `/bookings/${id}/reject`), 200);
        expect(await bondOf(app, coach, client)).toBe(before);
      }
    });

    it('says the same reason on both sides', async () => {
      await bookDiscovery(client, coach);
      await reject(coach, (await onlyRequestOf(client)).id, { coach_message: 'Blessé' });
      expect((await bookingOf(client, await onlyRequestOf(client))).coach_cancel_reason).toBe('Blessé');
      const other = await bookDiscovery(client, coach);
      await expectStatus(post(coach, `/bookings/${other.id}/reject`, { reason: 'Encore' }), 200);
      expect((await requestsOf(client)).map(({ coach_message }) => coach_message).sort()).toEqual(['Blessé', 'Encore']);
    });

    it('is confirmed at its own start, whatever start comes with the yes', async () => {
      await bookDiscovery(client, coach);
      const request = await accept(coach, (await onlyRequestOf(client)).id, {
        discovery_slot: OTHER,
        coach_message: 'À jeudi',
      });
      expect(request).toMatchObject({ discovery_slot: SLOT, coach_message: 'À jeudi' });
      expect(await bookingOf(client, request)).toMatchObject({ scheduled_at: SLOT, coach_cancel_reason: null });
    });

    it('is lost when the yes comes after 24 hours, and stays so, with an Idempotency-Key too', async () => {
      await bookDiscovery(client, coach);
      const { id } = await onlyRequestOf(client);
      await app.setClock('2026-03-03T06:00:00Z');
      const accepting = coach.http.post(`/coaches/coaching-requests/${id}/accept`).set('Idempotency-Key', 'late');
      expect(await accepting.send({})).toMatchObject({ status: 422, body: { detail: 'invalid_transition' } });
      expect((await bookingOf(client, await onlyRequestOf(client))).status).toBe('auto_rejected');
    });

    it('is lost when the yes comes after 24 hours, and stays so', async () => {
      await bookDiscovery(client, coach);
      const { id } = await onlyRequestOf(client);
      // The clock alone, so that the job has not been there.
      await app.setClock('2026-03-03T06:00:00Z');
      const late = await post(coach, `/coaches/coaching-requests/${id}/accept`, { coach_message: 'Oui' });
      expect(late).toMatchObject({ status: 422, body: { detail: 'invalid_transition' } });
      const request = await onlyRequestOf(client);
      expect(request).toMatchObject({ status: 'rejected', coach_message: null });
      expect((await bookingOf(client, request)).status).toBe('auto_rejected');
      expect(await bondOf(app, coach, client)).toBeNull();
    });

    it('takes its request along when the client moves it, and is accepted when the coach does', async () => {
      const { id } = await bookDiscovery(client, coach);
      const moved = await expectStatus<WireBooking>(
        post(client, `/bookings/${id}/reschedule`, { scheduled_at: OTHER }),
        201,
      );
      expect(await onlyRequestOf(client)).toMatchObject({
        status: 'pending',
        booking_id: moved.id,
        discovery_slot: OTHER,
      });
      const again = await expectStatus<WireBooking>(
        post(coach, `/bookings/${moved.id}/reschedule`, { scheduled_at: SLOT }),
        201,
      );
      expect(await onlyRequestOf(client)).toMatchObject({
        status: 'accepted',
        booking_id: again.id,
        discovery_slot: SLOT,
      });
      expect(await bondOf(app, coach, client)).toBe('discovery');
    });

    it('leaves the accepted request alone afterwards', async () => {
      const { id } = await bookDiscovery(client, coach);
      await confirm(coach, { id });
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      expect(await onlyRequestOf(client)).toMatchObject({ status: 'accepted', booking_id: id });
      expect(await bondOf(app, coach, client)).toBe('discovery');
    });

    it('by the coach himself is an accepted request', async () => {
      await bond(app, coach, client, 'discovery');
      const booking = await bookDiscovery(coach, coach, { client_id: client.id });
      expect(booking.status).toBe('confirmed');
      expect(await onlyRequestOf(client)).toMatchObject({ status: 'accepted', booking_id: booking.id });
      expect(await pushesTo(app, client)).toEqual(['discovery_accepted']);
    });
  });
});
