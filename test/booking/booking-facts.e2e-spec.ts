import type { DomainEvent, EventType } from 'src/common/events/domain-event';
import { EventBus } from 'src/common/events/event-bus';
import {
  BookingAutoDone,
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledByCoach,
  BookingCancelledLate,
  BookingConfirmed,
  BookingDone,
  BookingMoved,
  BookingNoShow,
  BookingRejected,
  BookingRequested,
  PenaltyApplied,
  PenaltyWaived,
  SeatReleased,
} from 'src/modules/booking/booking.events';
import { aClub } from 'test/support/clubs';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, confirm, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const LATE = '2026-03-04T09:00:00.001Z';
const ALL: readonly EventType<DomainEvent>[] = [
  BookingRequested,
  BookingConfirmed,
  BookingRejected,
  BookingAutoRejected,
  BookingCancelledByClient,
  BookingCancelledLate,
  BookingCancelledByCoach,
  BookingMoved,
  BookingDone,
  BookingAutoDone,
  BookingNoShow,
  PenaltyApplied,
  PenaltyWaived,
  SeatReleased,
];

describe('what others are told of bookings', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;
  let booking: WireBooking;
  const told: DomainEvent[] = [];

  beforeAll(async () => {
    app = await startTestApp();
    for (const type of ALL)
      app.nest.get(EventBus).subscribe(type, 'test', (event) => {
        told.push(event);
        return Promise.resolve();
      });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    client = await app.register();
    booking = await book(client, coach.id, SLOT);
    await confirm(coach, booking);
    told.splice(0);
  });

  const names = (): string[] => told.map(({ name }) => name);
  const act = (name: string, body: object = {}, person = coach): Promise<WireBooking> =>
    expectStatus<WireBooking>(person.http.post(`/bookings/${booking.id}/${name}`).send(body), 200);

  it('is every fact with its people, its session and the zone of the coach', async () => {
    const gym = await aClub(app, { name: 'Neoness' });
    await bond(app, coach, client);
    await sell(coach, client, 4);
    const asked = await expectStatus<WireBooking>(
      client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: '2026-03-06T09:00:00Z', gym_id: gym }),
      201,
    );
    expect(told).toEqual([
      expect.objectContaining({
        name: 'booking.requested.v1',
        booking: {
          bookingId: asked.id,
          clientId: client.id,
          coachId: coach.id,
          type: 'individual',
          previousStatus: null,
          scheduledAt: new Date('2026-03-06T09:00:00Z'),
          durationMin: 60,
          gymName: 'Neoness',
          coachTimezone: 'Europe/Paris',
          at: new Date(NOW),
        },
        expiresAt: new Date('2026-03-03T06:00:00Z'),
        sessionsRemaining: 4,
      }),
    ]);
  });

  it('is of a request without a package that no sessions are left to count', async () => {
    await book(client, coach.id, '2026-03-06T09:00:00Z');
    expect(told).toEqual([expect.objectContaining({ name: 'booking.requested.v1', sessionsRemaining: null })]);
  });

  it('is a confirmation alone when the coach makes the booking', async () => {
    await expectStatus(
      coach.http
        .post('/bookings')
        .send({ coach_id: coach.id, client_id: client.id, scheduled_at: '2026-03-06T09:00:00Z' }),
      201,
    );
    expect(names()).toEqual(['booking.confirmed.v1']);
  });

  it('is a move and a free seat, and no cancellation', async () => {
    const next = await expectStatus<WireBooking>(
      client.http
        .post(`/bookings/${booking.id}/reschedule`)
        .send({ scheduled_at: '2026-03-06T09:00:00Z', reason: 'A train' }),
      201,
    );
    expect(told).toEqual([
      expect.objectContaining({
        name: 'booking.moved.v1',
        booking: expect.objectContaining({
          bookingId: next.id,
          scheduledAt: new Date('2026-03-06T09:00:00Z'),
        }) as object,
        previous: { bookingId: booking.id, scheduledAt: new Date(SLOT), status: 'confirmed' },
        by: 'client',
        reason: 'A train',
        expiresAt: new Date('2026-03-03T06:00:00Z'),
      }),
      expect.objectContaining({
        name: 'booking.seat-released.v1',
        booking: expect.objectContaining({ bookingId: booking.id, scheduledAt: new Date(SLOT) }) as object,
      }),
    ]);
  });

  it('is whether a late cancellation is due or to be decided', async () => {
    await app.setClock(LATE);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    expect(told[0]).toMatchObject({ name: 'booking.cancelled-late.v1', penaltyDue: true });
    expect(names()).toEqual(['booking.cancelled-late.v1', 'booking.seat-released.v1']);
    await setPolicy(coach, { mode: 'manual' });
    await app.setClock(NOW);
    booking = await book(client, coach.id, SLOT);
    await confirm(coach, booking);
    await app.setClock(LATE);
    told.splice(0);
    await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
    expect(told[0]).toMatchObject({ name: 'booking.cancelled-late.v1', penaltyDue: false });
  });

  it('is what became of the session; a seat that nobody can take any more is not free', async () => {
    await app.setClock(SLOT);
    await act('done');
    expect(told).toEqual([
      expect.objectContaining({
        name: 'booking.done.v1',
        booking: expect.objectContaining({ previousStatus: 'confirmed' }) as object,
      }),
    ]);
  });

  it('is that the client did not come, and what the coach then thinks of it', async () => {
    await app.setClock(SLOT);
    await act('no-show');
    await act('waive-penalty', { reason: 'Ill' });
    expect(told).toEqual([
      expect.objectContaining({ name: 'booking.no-show.v1', penaltyDue: true }),
      expect.objectContaining({ name: 'booking.penalty-waived.v1', by: 'coach', reason: 'Ill' }),
    ]);
  });

  it('is that the penalty counts, or that time has waived it', async () => {
    await setPolicy(coach, { mode: 'manual' });
    const late = async (start: string): Promise<void> => {
      await app.setClock(NOW);
      booking = await book(client, coach.id, start);
      await confirm(coach, booking);
      await app.setClock('2026-03-06T08:00:00Z');
      await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
      told.splice(0);
    };
    await late('2026-03-06T09:00:00Z');
    await act('apply-penalty');
    expect(names()).toEqual(['booking.penalty-applied.v1']);
    await late('2026-03-06T11:00:00Z');
    await app.setClock('2026-05-01T00:00:00Z');
    await expectStatus(app.http.post('/sandbox/jobs/settle_undecided_penalties/run'), 200);
    expect(told).toContainEqual(
      expect.objectContaining({
        name: 'booking.penalty-waived.v1',
        booking: expect.objectContaining({ bookingId: booking.id }) as object,
        by: 'system',
        reason: null,
      }),
    );
  });

  it('is that the job counted the session, which the coach may correct', async () => {
    await app.setClock('2026-03-08T04:00:00Z');
    await expectStatus(app.http.post('/sandbox/jobs/auto_complete_bookings/run'), 200);
    expect(names()).toContain('booking.auto-done.v1');
    told.splice(0);
    await act('no-show');
    expect(told).toEqual([
      expect.objectContaining({
        name: 'booking.no-show.v1',
        booking: expect.objectContaining({ previousStatus: 'done' }) as object,
      }),
    ]);
  });

  it('is nothing when the act is refused', async () => {
    await expectStatus(coach.http.post(`/bookings/${booking.id}/done`), 422);
    await expectStatus(coach.http.post(`/bookings/${booking.id}/apply-penalty`), 422);
    await expectStatus(client.http.post(`/bookings/${booking.id}/reschedule`).send({ scheduled_at: SLOT }), 409);
    expect(told).toEqual([]);
  });
});
