import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';

describe('answering a request', () => {
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
    client = await app.register({ locale: 'pt-PT', timezone: 'Europe/Lisbon' });
    booking = await book(client, coach.id, SLOT);
  });

  const history = async (): Promise<unknown[]> =>
    (await expectStatus<{ items: unknown[] }>(client.http.get(`/bookings/${booking.id}/history`), 200)).items;
  const seats = async (): Promise<number> => {
    const { rows } = await app.database.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM seats WHERE booking_id = $1)::int * 10
            + (SELECT count(*) FROM engagements WHERE booking_id = $1)::int AS n`,
      [booking.id],
    );
    return rows[0]?.n ?? -1;
  };

  it('confirms: the client is told by push, mail and inbox in Portuguese, the coach too', async () => {
    const confirmed = await expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
    expect(confirmed).toMatchObject({ status: 'confirmed', confirmed_at: NOW, expires_at: null });
    expect(await seats()).toBe(12);
    const [push] = await app.messages({ user_id: client.id, channel: 'push' });
    const [mail] = await app.messages({ user_id: client.id, channel: 'email' });
    expect(push?.data).toMatchObject({ type: 'booking_confirmed', booking_id: booking.id, coach_id: coach.id });
    expect(push?.body).toContain('março');
    expect(push?.body).toContain('09:00');
    expect(mail?.subject).toBe(push?.title);
    const [coachPush] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(coachPush?.data).toMatchObject({ type: 'session_confirmed', client_id: client.id });
  });

  it('rejects: the reason is told, the seat is free again', async () => {
    const rejected = await expectStatus(
      coach.http.post(`/bookings/${booking.id}/reject`).send({ reason: 'Injured' }),
      200,
    );
    expect(rejected).toMatchObject({ status: 'rejected', coach_cancel_reason: 'Injured', expires_at: null });
    expect(await seats()).toBe(0);
    const slot = (await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === SLOT);
    expect(slot?.status).toBe('available');
    const [push] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(push?.body).toContain('Injured');
  });

  it('keeps every step with its actor', async () => {
    await expectStatus(coach.http.post(`/bookings/${booking.id}/reject`).send({ reason: 'Injured' }), 200);
    expect(await history()).toEqual([
      { at: NOW, from: null, to: 'pending_coach_validation', actor_role: 'client', actor_id: client.id, reason: null },
      {
        at: NOW,
        from: 'pending_coach_validation',
        to: 'rejected',
        actor_role: 'coach',
        actor_id: coach.id,
        reason: 'Injured',
      },
    ]);
  });

  it('is possible until the last millisecond of 24 hours', async () => {
    await app.setClock('2026-03-03T05:59:59.999Z');
    await expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
  });

  it.each(['confirm', 'reject'])(
    'comes too late after 24 hours: %s finds it rejected, and it stays so',
    async (act) => {
      await app.setClock('2026-03-03T06:00:00.000Z');
      const answer = await expectStatus(coach.http.post(`/bookings/${booking.id}/${act}`), 422);
      expect(answer).toMatchObject({ detail: 'booking_expired' });
      expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({
        status: 'auto_rejected',
      });
      expect(await seats()).toBe(0);
      expect((await history()).at(-1)).toMatchObject({ to: 'auto_rejected', actor_role: 'system', actor_id: null });
      expect(await expectStatus(coach.http.post(`/bookings/${booking.id}/${act}`), 422)).toMatchObject({
        detail: 'invalid_transition',
      });
    },
  );

  it('lapses by the job when nobody answers, and tells both', async () => {
    const jobs = await app.advance(24 * 3600);
    expect(jobs).toContainEqual({ name: 'auto_reject_expired_bookings', at: '2026-03-03T06:00:00Z' });
    expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({
      status: 'auto_rejected',
    });
    for (const person of [client, coach]) {
      const [push] = await app.messages({ user_id: person.id, channel: 'push' });
      expect(push?.data).toMatchObject({ type: 'booking_auto_rejected', booking_id: booking.id });
    }
    expect(await app.advance(24 * 3600)).not.toContainEqual(
      expect.objectContaining({ name: 'auto_reject_expired_bookings' }),
    );
  });

  it('belongs to the coach: the client is forbidden, a third person finds nothing', async () => {
    const stranger = await aCoach(app);
    for (const act of ['confirm', 'reject']) {
      expect(await expectStatus(client.http.post(`/bookings/${booking.id}/${act}`), 403)).toMatchObject({
        detail: 'forbidden',
      });
      const foreign = await stranger.http.post(`/bookings/${booking.id}/${act}`);
      const missing = await stranger.http.post(`/bookings/00000000-0000-4000-8000-000000000000/${act}`);
      expect(foreign.status).toBe(404);
      expect({ ...(foreign.body as object), request_id: '' }).toEqual({ ...(missing.body as object), request_id: '' });
    }
    expect(await expectStatus(stranger.http.get(`/bookings/${booking.id}`), 404)).toMatchObject({
      detail: 'booking_not_found',
    });
  });

  it('is open to an admin in the coach’s place', async () => {
    const admin = await app.register();
    await app.database.query(`UPDATE users SET role = 'admin' WHERE id = $1`, [admin.id]);
    await expectStatus(admin.http.post(`/bookings/${booking.id}/confirm`), 200);
    expect((await history()).at(-1)).toMatchObject({ actor_role: 'admin', actor_id: admin.id });
  });

  it('cannot be given twice', async () => {
    await expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
    for (const act of ['confirm', 'reject'])
      expect(await expectStatus(coach.http.post(`/bookings/${booking.id}/${act}`), 422)).toMatchObject({
        detail: 'invalid_transition',
      });
  });

  it('has one winner when the coach confirms while the client cancels', async () => {
    const [confirmed, cancelled] = await Promise.all([
      coach.http.post(`/bookings/${booking.id}/confirm`),
      client.http.delete(`/bookings/${booking.id}`),
    ]);
    // Both orders are legal; what must not happen is an answer that the row does not bear out.
    const { status } = await expectStatus<{ status: string }>(client.http.get(`/bookings/${booking.id}`), 200);
    expect(cancelled.status).toBe(200);
    expect(status).toBe('cancelled_by_client');
    expect([200, 422]).toContain(confirmed.status);
    expect(await seats()).toBe(0);
  });
});
