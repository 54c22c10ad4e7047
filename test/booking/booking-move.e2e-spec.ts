import { book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, historyOf, sell, setPolicy } from './dealings';
import { asked, bookingOf, moved, NEXT, refused, SLOT } from './moving';

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
    ({ coach, client, booking } = await asked(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('by the client', () => {
    it('makes a new request in its place, and the two name each other', async () => {
      await confirm(coach, booking);
      await app.setClock('2026-03-02T07:00:00Z');
      const next = await moved(client, booking, NEXT, { reason: 'A train' });
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
      expect(await bookingOf(client, booking.id)).toMatchObject({
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
      await moved(client, booking);
      const statusOf = async (start: string) =>
        (await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === start)?.status;
      expect([await statusOf(SLOT), await statusOf(NEXT)]).toEqual(['available', 'mine']);
    });

    it('is free until the threshold, included, and then too late', async () => {
      await confirm(coach, booking);
      await app.setClock(LATE);
      await refused(client, booking, NEXT, 422, 'too_late_to_reschedule');
      await app.setClock(THRESHOLD);
      await moved(client, booking);
    });

    it('is free for 24 hours after the coach made or moved it', async () => {
      await setPolicy(coach, { threshold_hours: 168 });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      await confirm(coach, booking);
      await refused(client, booking, NEXT, 422, 'too_late_to_reschedule');
      booking = await moved(coach, booking);
      await app.setClock('2026-03-03T06:00:00.001Z');
      await refused(client, booking, '2026-03-06T10:00:00Z', 422, 'too_late_to_reschedule');
      await app.setClock('2026-03-03T06:00:00.000Z');
      await moved(client, booking, '2026-03-06T10:00:00Z');
    });

    it('meets what a new booking would meet', async () => {
      await refused(client, booking, '2026-03-02T05:00:00Z', 422, 'slot_in_past');
      await refused(client, booking, '2026-03-06T09:30:00Z', 422, 'slot_outside_availability');
      await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 120 }), 200);
      await refused(client, booking, NEXT, 422, 'notice_too_short');
      await expectStatus(
        coach.http.put('/coaches/profile').send({ min_notice_hours: 0, booking_horizon_days: 1 }),
        200,
      );
      await refused(client, booking, NEXT, 422, 'beyond_booking_horizon');
      expect(await bookingOf(client, booking.id)).toMatchObject({
        status: 'pending_coach_validation',
        rescheduled_to_id: null,
      });
    });

    it('does not stand in its own way: half an hour later is another grid, not another booking', async () => {
      await expectStatus(coach.http.put('/coaches/profile').send({ session_duration_min: 30 }), 200);
      const next = await moved(client, booking, '2026-03-05T09:30:00Z');
      expect(next).toMatchObject({ duration_min: 60, ends_at: '2026-03-05T10:30:00Z' });
    });

    it('goes by the last day of the package', async () => {
      await bond(app, coach, client);
      await sell(coach, client, 2, { valid_until: '2026-03-06' });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      await refused(client, booking, '2026-03-07T09:00:00Z', 422, 'package_expired');
      await moved(client, booking, NEXT);
    });
  });

  describe('by the coach', () => {
    it('is confirmed at once, at any time before the start, outside his hours too', async () => {
      await confirm(coach, booking);
      await app.setClock('2026-03-05T08:59:59.999Z');
      const next = await moved(coach, booking, '2026-03-05T21:30:00Z', { reason: 'Flu' });
      expect(next).toMatchObject({ status: 'confirmed', expires_at: null, rescheduled_from_id: booking.id });
      expect(await bookingOf(client, booking.id)).toMatchObject({
        status: 'cancelled_by_coach',
        coach_cancel_reason: 'Flu',
        rescheduled_to_id: next.id,
      });
    });

    it('answers the request that it moves', async () => {
      await moved(coach, booking);
      expect(await bondOf(app, coach, client)).toBe('active');
    });

    it('does not bring an ended relation back', async () => {
      await confirm(coach, booking);
      await bond(app, coach, client, 'ended');
      await moved(coach, booking);
      expect(await bondOf(app, coach, client)).toBe('ended');
    });

    it('keeps the package past its last day', async () => {
      await bond(app, coach, client);
      const { id } = await sell(coach, client, 2, { valid_until: '2026-03-06' });
      booking = await book(client, coach.id, '2026-03-05T11:00:00Z');
      expect(await moved(coach, booking, '2026-03-09T09:00:00Z')).toMatchObject({ package_id: id });
    });

    it('finds himself away', async () => {
      const absence = { starts_at: '2026-03-06T00:00:00Z', ends_at: '2026-03-07T00:00:00Z' };
      await expectStatus(coach.http.post('/coaches/time-off').send(absence), 201);
      await refused(coach, booking, NEXT, 422, 'coach_on_time_off');
    });
  });
});
