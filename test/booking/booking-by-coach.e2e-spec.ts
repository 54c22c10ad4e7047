import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, creditsOf, historyOf, pushesTo, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-03T09:00:00Z';

describe('a coach who books for a client', () => {
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
    await bond(app, coach, client);
  });
  afterEach(() => expectInvariants(app.database));

  const ask = (body: Record<string, unknown> = {}, person = coach) =>
    person.http.post('/bookings').send({ coach_id: coach.id, client_id: client.id, scheduled_at: SLOT, ...body });
  const made = (body: Record<string, unknown> = {}, person = coach) =>
    expectStatus<WireBooking>(ask(body, person), 201);
  const refused = async (body: Record<string, unknown>, status: number, detail: string, person = coach) =>
    expect(await expectStatus(ask(body, person), status)).toMatchObject({ detail });

  it('has it confirmed at once; both are told that it takes place, and nobody is asked', async () => {
    const booking = await made();
    expect(booking).toMatchObject({
      status: 'confirmed',
      client_id: client.id,
      coach_id: coach.id,
      confirmed_at: NOW,
      expires_at: null,
      price_cents: 5_000,
    });
    expect(await historyOf(client, booking)).toEqual([{ to: 'confirmed', actor_role: 'coach', reason: null }]);
    expect(await pushesTo(app, client)).toEqual(['booking_confirmed']);
    expect(await pushesTo(app, coach)).toEqual(['session_confirmed']);
  });

  it('uses the client’s package', async () => {
    await sell(coach, client, 2);
    expect(await made()).toMatchObject({ pricing_type: 'package' });
    expect(await creditsOf(coach, client)).toEqual([2, 1, 'active']);
  });

  it('may do so for whom he discovers, trains or has laid to rest, and for nobody else', async () => {
    for (const [index, status] of (['discovery', 'active', 'paused'] as const).entries()) {
      await bond(app, coach, client, status);
      await made({ scheduled_at: `2026-03-03T${String(9 + index).padStart(2, '0')}:00:00Z` });
    }
    expect(await bondOf(app, coach, client)).toBe('paused');
    const later = { scheduled_at: '2026-03-04T09:00:00Z' };
    for (const status of ['pending', 'ended'] as const) {
      await bond(app, coach, client, status);
      await refused(later, 404, 'client_not_found');
    }
    const stranger = await app.register();
    await refused({ ...later, client_id: stranger.id }, 404, 'client_not_found');
    await refused({ ...later, client_id: '00000000-0000-4000-8000-000000000000' }, 404, 'client_not_found');
    await refused({ ...later, client_id: coach.id }, 422, 'cannot_book_self');
  });

  it('carries a discovery on to a relation that trains', async () => {
    await bond(app, coach, client, 'discovery');
    await made();
    expect(await bondOf(app, coach, client)).toBe('active');
  });

  it('is he himself, or an admin for him: to others his clients are nobody', async () => {
    const other = await aCoach(app);
    await refused({}, 404, 'client_not_found', other);
    await refused({ client_id: other.id }, 404, 'client_not_found', client);
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    const booking = await made({}, admin);
    expect(booking).toMatchObject({ status: 'confirmed', client_id: client.id });
    expect(await historyOf(coach, booking)).toEqual([{ to: 'confirmed', actor_role: 'admin', reason: null }]);
  });

  it('is not held to his own hours, notice and horizon; outside them the slot has one seat', async () => {
    const group = await aCoach(app, { maxSlots: 3, profile: { min_notice_hours: 48, booking_horizon_days: 3 } });
    await bond(app, group, client);
    const second = await app.register();
    await bond(app, group, second);
    const at = (scheduled_at: string, client_id = client.id) =>
      expectStatus<WireBooking>(
        group.http.post('/bookings').send({ coach_id: group.id, client_id, scheduled_at }),
        201,
      );
    expect(await at('2026-03-02T08:00:00Z')).toMatchObject({ type: 'group' });
    expect(await at('2026-03-20T08:00:00Z')).toMatchObject({ type: 'group' });
    expect(await at('2026-03-03T21:30:00Z')).toMatchObject({ type: 'individual' });
    const crowded = group.http
      .post('/bookings')
      .send({ coach_id: group.id, client_id: second.id, scheduled_at: '2026-03-03T21:30:00Z' });
    expect(await expectStatus(crowded, 409)).toMatchObject({ detail: 'slot_unavailable' });
    await at('2026-03-02T08:00:00Z', second.id);
  });

  it('names the length he wants, from 15 minutes to 8 hours; a client’s wish is not heeded', async () => {
    expect(await made({ duration_min: 90 })).toMatchObject({ duration_min: 90, ends_at: '2026-03-03T10:30:00Z' });
    expect(await made({ duration_min: 15, scheduled_at: '2026-03-04T09:00:00Z' })).toMatchObject({ duration_min: 15 });
    expect(await made({ duration_min: 480, scheduled_at: '2026-03-05T09:00:00Z' })).toMatchObject({
      duration_min: 480,
    });
    for (const duration_min of [14, 481]) await refused({ duration_min }, 422, 'validation_error');
    const wish = { client_id: undefined, duration_min: 30, scheduled_at: '2026-03-06T09:00:00Z' };
    expect(await made(wish, client)).toMatchObject({ duration_min: 60, status: 'pending_coach_validation' });
  });

  it('still meets what stands in the way', async () => {
    await refused({ scheduled_at: NOW }, 422, 'slot_in_past');
    await made();
    await refused({}, 409, 'duplicate_booking');
    await refused({ scheduled_at: '2026-03-03T09:30:00Z' }, 409, 'client_busy');
    const elsewhere = await aCoach(app);
    await book(client, elsewhere.id, '2026-03-04T09:00:00Z');
    await refused({ scheduled_at: '2026-03-04T09:00:00Z' }, 409, 'client_busy');
    const second = await app.register();
    await bond(app, coach, second);
    await refused({ client_id: second.id, scheduled_at: '2026-03-03T09:30:00Z' }, 409, 'slot_unavailable');
    await expectStatus(
      coach.http.post('/coaches/time-off').send({ starts_at: '2026-03-05T00:00:00Z', ends_at: '2026-03-06T00:00:00Z' }),
      201,
    );
    await refused({ scheduled_at: '2026-03-05T09:00:00Z' }, 422, 'coach_on_time_off');
  });

  it('is not counted as a request that waits, and not refused when he is full', async () => {
    await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 1 }), 200);
    for (const hour of ['09', '10', '11', '12', '13', '14']) await made({ scheduled_at: `2026-03-03T${hour}:00:00Z` });
  });

  it('takes nothing from the client who finds it: the slot is his own', async () => {
    const { id } = await made();
    const slot = (await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === SLOT);
    expect(slot).toMatchObject({ status: 'mine', my_booking_id: id });
  });

  describe('leaves the client a way out', () => {
    const cancelled = async (booking: { id: string }) =>
      expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);

    it('for 24 hours, that instant included, whatever the policy says', async () => {
      await setPolicy(coach, { threshold_hours: 168 });
      const booking = await made();
      const preview = await expectStatus(client.http.get(`/bookings/${booking.id}/cancellation-preview`), 200);
      expect(preview).toMatchObject({ late: false, free_until: '2026-03-03T06:00:00Z', penalty: 'none' });
      await app.setClock('2026-03-03T06:00:00.000Z');
      expect(await cancelled(booking)).toMatchObject({ status: 'cancelled_by_client', penalty_due: false });
    });

    it('and not a millisecond longer', async () => {
      await setPolicy(coach, { threshold_hours: 168 });
      const booking = await made();
      await app.setClock('2026-03-03T06:00:00.001Z');
      expect(await cancelled(booking)).toMatchObject({ status: 'cancelled_late_by_client', penalty_due: true });
    });

    it('until the session begins', async () => {
      const booking = await made({ scheduled_at: '2026-03-02T09:00:00Z' });
      await app.setClock('2026-03-02T09:00:00.000Z');
      expect(await expectStatus(client.http.delete(`/bookings/${booking.id}`), 422)).toMatchObject({
        detail: 'invalid_transition',
      });
      await app.setClock('2026-03-02T08:59:59.999Z');
      expect(await cancelled(booking)).toMatchObject({ status: 'cancelled_by_client' });
    });
  });
});
