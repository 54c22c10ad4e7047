import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { crowd } from 'test/support/crowd';
import { expectInvariants } from 'test/support/invariants';
import { entryOf, join, liveQueueOf, runQueueJob, take, type WireEntry } from 'test/support/queues';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, creditsOf, historyOf, sell, setPolicy } from 'test/booking/dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-04T09:00:00Z';

describe('a place that becomes free', () => {
  let app: TestApp;
  let coach: TestPerson;
  let holder: TestPerson;
  let first: TestPerson;
  let second: TestPerson;
  let booked: WireBooking;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app);
    [holder, first, second] = (await crowd(app, 3)) as [TestPerson, TestPerson, TestPerson];
    booked = await book(holder, coach.id, SLOT);
  });
  afterEach(() => expectInvariants(app.database));

  const leave = (booking = booked, person = holder): Promise<unknown> =>
    expectStatus(person.http.delete(`/bookings/${booking.id}`), 200);
  const refused = async (request: PromiseLike<{ status: number; body: unknown }>): Promise<[number, string]> => {
    const { status, body } = await request;
    return [status, (body as { detail: string }).detail];
  };
  const ask = (person: TestPerson, more: object = {}) =>
    person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: SLOT, ...more });

  it('is offered to the first who waits, for 30 minutes, and to nobody else', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    expect([one, two]).toMatchObject([
      { position: 1, status: 'waiting', notified_at: null, expires_at: null, booking_id: null, slot_datetime: SLOT },
      { position: 2, status: 'waiting' },
    ]);
    await leave();
    expect(await entryOf(coach, one)).toMatchObject({
      status: 'notified',
      position: 1,
      notified_at: NOW,
      expires_at: '2026-03-02T06:30:00Z',
    });
    expect(await entryOf(coach, two)).toMatchObject({ status: 'waiting', position: 2 });
    for (const other of [second, holder, await app.register()])
      expect(await refused(ask(other))).toEqual([409, 'slot_unavailable']);
  });

  it('goes to who waits before anybody who asks, also where only a neighbour’s offer had kept it closed', async () => {
    await leave();
    await bond(app, coach, holder);
    const beside = '2026-03-04T09:30:00Z';
    const between = { coach_id: coach.id, client_id: holder.id, scheduled_at: beside };
    const made = await expectStatus<WireBooking>(coach.http.post('/bookings').send(between), 201);
    const entry = await join(first, coach.id, SLOT);
    const other = await join(second, coach.id, beside);
    await expectStatus(coach.http.delete(`/bookings/${made.id}`), 200);
    expect((await entryOf(coach, other)).status).toBe('notified');
    await expectStatus(second.http.delete(`/waitlist/${other.id}`), 204);
    expect(await refused(ask(await app.register()))).toEqual([409, 'slot_unavailable']);
    await runQueueJob(app);
    expect((await entryOf(coach, entry)).status).toBe('notified');
  });

  it('counts as taken in the slots of everybody but the one it is offered to', async () => {
    await join(first, coach.id, SLOT);
    await join(second, coach.id, SLOT);
    await leave();
    const seen = async (person: TestPerson): Promise<object | undefined> =>
      (await slotsOf(person, coach.id, `?from=${SLOT}&to=2026-03-04T09:00:01Z`))[0];
    expect(await seen(second)).toMatchObject({ status: 'full', booked: 1, waitlist_count: 2, my_waitlist_position: 2 });
    expect(await seen(holder)).toMatchObject({
      status: 'full',
      booked: 1,
      waitlist_count: 2,
      my_waitlist_position: null,
    });
    expect(await seen(first)).toMatchObject({ status: 'available', booked: 0, remaining: 1, my_waitlist_position: 1 });
  });

  it.each([
    ['rejected', () => coach.http.post(`/bookings/${booked.id}/reject`).send({})],
    ['cancelled by the coach', () => coach.http.delete(`/bookings/${booked.id}`)],
    [
      'moved',
      () => holder.http.post(`/bookings/${booked.id}/reschedule`).send({ scheduled_at: '2026-03-05T09:00:00Z' }),
    ],
  ] as const)('because the booking was %s goes to the queue', async (_, act) => {
    const entry = await join(first, coach.id, SLOT);
    expect((await act()).status).toBeLessThan(300);
    expect((await entryOf(coach, entry)).status).toBe('notified');
  });

  it('because nobody answered, or it was cancelled late, goes to the queue', async () => {
    const entry = await join(first, coach.id, SLOT);
    await app.advance(24 * 3600);
    expect((await entryOf(coach, entry)).status).toBe('notified');
    await setPolicy(coach, { threshold_hours: 168 });
    const { booking } = await take(first, entry);
    const next = await join(second, coach.id, SLOT);
    await leave(booking, first);
    expect((await entryOf(coach, next)).status).toBe('notified');
  });

  it('is confirmed at once when it is taken', async () => {
    const entry = await join(first, coach.id, SLOT);
    await leave();
    const taken = await take(first, entry);
    expect(taken).toMatchObject({
      entry: { id: entry.id, status: 'confirmed', booking_id: taken.booking.id },
      booking: {
        status: 'confirmed',
        confirmed_at: NOW,
        expires_at: null,
        scheduled_at: SLOT,
        pricing_type: 'per_session',
        price_cents: 5_000,
      },
    });
    expect(await historyOf(first, taken.booking)).toEqual([{ to: 'confirmed', actor_role: 'client', reason: null }]);
    expect(await bondOf(app, coach, first)).toBe('active');
    expect(await liveQueueOf(coach, SLOT)).toEqual([]);
  });

  it('is taken by a plain booking of that start as well, whatever notice the coach wants', async () => {
    const entry = await join(first, coach.id, SLOT);
    await leave();
    await expectStatus(coach.http.put('/coaches/profile').send({ min_notice_hours: 168 }), 200);
    const booking = await expectStatus<WireBooking>(ask(first, { client_message: 'Me voilà' }), 201);
    expect(booking).toMatchObject({ status: 'confirmed', client_message: 'Me voilà', expires_at: null });
    expect(await entryOf(coach, entry)).toMatchObject({ status: 'confirmed', booking_id: booking.id });
    // He was not trapped by the coach: nothing but the policy says how late he may leave.
    await app.setClock('2026-03-03T10:00:00Z');
    expect(await expectStatus(first.http.delete(`/bookings/${booking.id}`), 200)).toMatchObject({
      status: 'cancelled_late_by_client',
    });
  });

  it('costs a session of the package, as any booking does', async () => {
    const poor = await aCoach(app, { priceCents: null });
    await leave();
    await bond(app, poor, holder);
    await bond(app, poor, first);
    await sell(poor, holder, 1);
    const other = await book(holder, poor.id, SLOT);
    const entry = await join(first, poor.id, SLOT);
    await leave(other);
    expect(await refused(first.http.post(`/waitlist/${entry.id}/confirm`))).toEqual([402, 'no_credits_available']);
    expect(await entryOf(poor, entry)).toMatchObject({ status: 'notified', booking_id: null });
    await sell(poor, first, 2);
    const { booking } = await take(first, entry);
    expect(booking).toMatchObject({ pricing_type: 'package', price_cents: null });
    expect(await creditsOf(poor, first)).toEqual([2, 1, 'active']);
  });

  it('stays open to who is busy elsewhere, and does not make him so', async () => {
    const entry = await join(first, coach.id, SLOT);
    await leave();
    const elsewhere = await aCoach(app);
    const clash = await book(first, elsewhere.id, SLOT);
    expect(await refused(first.http.post(`/waitlist/${entry.id}/confirm`))).toEqual([409, 'client_busy']);
    expect(await refused(ask(first))).toEqual([409, 'client_busy']);
    expect((await entryOf(coach, entry)).status).toBe('notified');
    await leave(clash, first);
    expect((await take(first, entry)).entry.status).toBe('confirmed');
  });

  it('can be taken until 30:00.000, and a millisecond later goes to the next', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await leave();
    await app.setClock('2026-03-02T06:30:00.000Z');
    expect(await runQueueJob(app)).toBe(0);
    expect((await entryOf(coach, one)).status).toBe('notified');
    await app.setClock('2026-03-02T06:30:00.001Z');
    expect(await refused(ask(first))).toEqual([409, 'slot_unavailable']);
    const late = first.http.post(`/waitlist/${one.id}/confirm`);
    expect(await refused(late)).toEqual([422, 'confirmation_window_expired']);
    expect(await entryOf(coach, one)).toMatchObject({ status: 'expired', booking_id: null });
    expect(await entryOf(coach, two)).toMatchObject({
      status: 'notified',
      position: 1,
      notified_at: '2026-03-02T06:30:00.001Z',
      expires_at: '2026-03-02T07:00:00.001Z',
    });
    expect(await refused(first.http.post(`/waitlist/${one.id}/confirm`))).toEqual([422, 'confirmation_window_expired']);
    await app.setClock('2026-03-02T07:00:00.001Z');
    expect((await take(second, two)).booking.status).toBe('confirmed');
  });

  it('that comes too late to be taken is passed on also when the request has an Idempotency-Key', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await leave();
    await app.setClock('2026-03-02T06:31:00Z');
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await refused(first.http.post(`/waitlist/${one.id}/confirm`).set('Idempotency-Key', 'tap'))).toEqual([
        422,
        'confirmation_window_expired',
      ]);
    expect((await entryOf(coach, one)).status).toBe('expired');
    expect((await entryOf(coach, two)).status).toBe('notified');
  });

  it('is taken once however often the same request comes', async () => {
    const entry = await join(first, coach.id, SLOT);
    await leave();
    const confirmOnce = () => first.http.post(`/waitlist/${entry.id}/confirm`).set('Idempotency-Key', 'once');
    const [one, again] = [await confirmOnce(), await confirmOnce()];
    expect([one.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(one.body);
    expect(await refused(first.http.post(`/waitlist/${entry.id}/confirm`))).toEqual([422, 'not_notified']);
  });

  it('is refused to who was offered nothing, and hidden from everybody else', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    expect(await refused(first.http.post(`/waitlist/${one.id}/confirm`))).toEqual([422, 'not_notified']);
    await leave();
    expect(await refused(second.http.post(`/waitlist/${two.id}/confirm`))).toEqual([422, 'not_notified']);
    for (const other of [second, coach, holder])
      expect(await refused(other.http.post(`/waitlist/${one.id}/confirm`))).toEqual([404, 'waitlist_entry_not_found']);
  });

  it('passes from one to the next as time goes by, until it is free for all', async () => {
    const [one, two] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await leave();
    await app.advance(31 * 60);
    expect([(await entryOf(coach, one)).status, (await entryOf(coach, two)).status]).toEqual(['expired', 'notified']);
    await app.advance(31 * 60);
    expect((await entryOf(coach, two)).status).toBe('expired');
    await expectStatus(ask(first), 201);
  });

  it('is offered as long as more than five minutes are left, and taken until five minutes before', async () => {
    const entry = await join(first, coach.id, SLOT);
    await confirm(coach, booked);
    await app.setClock('2026-03-04T08:54:59.999Z');
    await leave();
    const offered = await entryOf(coach, entry);
    expect(offered).toMatchObject({ status: 'notified', expires_at: '2026-03-04T08:55:00Z' });
    await app.setClock('2026-03-04T08:55:00.000Z');
    expect((await take(first, entry)).booking.status).toBe('confirmed');
  });

  it('is offered to nobody any more five minutes before the start', async () => {
    const entry = await join(first, coach.id, SLOT);
    await confirm(coach, booked);
    await app.setClock('2026-03-04T08:55:00.000Z');
    await leave();
    expect((await entryOf(coach, entry)).status).toBe('waiting');
    await expectStatus(ask(second), 201);
    await app.setClock('2026-03-04T09:00:00.000Z');
    expect(await runQueueJob(app)).toBeGreaterThan(0);
    expect(await entryOf(coach, entry)).toMatchObject({ status: 'expired', notified_at: null });
    expect(await refused(first.http.post(`/waitlist/${entry.id}/confirm`))).toEqual([422, 'not_notified']);
    expect(await runQueueJob(app)).toBe(0);
  });

  it('leaves the queue of who gets it in another way', async () => {
    const entries: WireEntry[] = [await join(first, coach.id, SLOT), await join(second, coach.id, SLOT)];
    await confirm(coach, booked);
    await app.setClock('2026-03-04T08:56:00Z');
    await leave();
    await expectStatus(ask(second), 201);
    const states = await Promise.all(entries.map(async (entry) => (await entryOf(coach, entry)).status));
    expect(states).toEqual(['waiting', 'cancelled']);
  });

  it('that the coach gives to its holder himself is his, and to somebody else is refused', async () => {
    const entry = await join(first, coach.id, SLOT);
    await bond(app, coach, first);
    await bond(app, coach, second);
    await leave();
    expect(await refused(ask(coach, { client_id: second.id }))).toEqual([409, 'slot_unavailable']);
    const booking = await expectStatus<WireBooking>(ask(coach, { client_id: first.id }), 201);
    expect(await entryOf(coach, entry)).toMatchObject({ status: 'confirmed', booking_id: booking.id });
  });

  it('keeps the coach busy for others while it is offered', async () => {
    await join(first, coach.id, SLOT);
    await leave();
    const colleague = await aCoach(app);
    const request = coach.http.post('/bookings').send({ coach_id: colleague.id, scheduled_at: SLOT });
    expect(await refused(request)).toEqual([409, 'client_busy']);
  });
});
