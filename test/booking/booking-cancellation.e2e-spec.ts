import { aCoach, book, expectStatus, slotsOf, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
/** 24 hours before the session, the default threshold. */
const THRESHOLD = '2026-03-04T09:00:00.000Z';
const AFTER_THRESHOLD = '2026-03-04T09:00:00.001Z';

describe('cancelling', () => {
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

  const confirm = () => expectStatus(coach.http.post(`/bookings/${booking.id}/confirm`), 200);
  const cancel = (person: TestPerson, status = 200, reason?: string) =>
    expectStatus(person.http.delete(`/bookings/${booking.id}`).send({ reason }), status);

  it('a request costs nothing, and frees the seat', async () => {
    expect(await cancel(client)).toMatchObject({
      status: 'cancelled_by_client',
      cancelled_at: NOW,
      penalty_due: false,
      expires_at: null,
    });
    const slot = (await slotsOf(client, coach.id)).find(({ scheduled_at }) => scheduled_at === SLOT);
    expect(slot?.status).toBe('available');
    const [push] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(push?.data).toMatchObject({ type: 'booking_cancelled_by_client', booking_id: booking.id });
  });

  it('a confirmed session is free up to the threshold, included', async () => {
    await confirm();
    await app.setClock(THRESHOLD);
    expect(await cancel(client)).toMatchObject({ status: 'cancelled_by_client', penalty_due: false });
  });

  it('a confirmed session is due a millisecond later, and the coach learns it', async () => {
    await confirm();
    await app.setClock(AFTER_THRESHOLD);
    expect(await cancel(client)).toMatchObject({ status: 'cancelled_late_by_client', penalty_due: true });
    const [push] = await app.messages({ user_id: coach.id, channel: 'push' });
    expect(push?.data).toMatchObject({ type: 'booking_cancelled_late', penalty_due: 'true' });
  });

  it('by the coach never costs the client, late or not, and says why', async () => {
    await confirm();
    await app.setClock(AFTER_THRESHOLD);
    expect(await cancel(coach, 200, 'Fever')).toMatchObject({
      status: 'cancelled_by_coach_late',
      penalty_due: false,
      coach_cancel_reason: 'Fever',
    });
    const [push] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(push?.data).toMatchObject({ type: 'booking_cancelled_by_coach' });
    expect(push?.body).toContain('Fever');
  });

  it('by the coach in time is an ordinary cancellation', async () => {
    await confirm();
    await app.setClock(THRESHOLD);
    expect(await cancel(coach)).toMatchObject({ status: 'cancelled_by_coach' });
  });

  it('ends with the session’s start', async () => {
    await confirm();
    await app.setClock(SLOT);
    for (const person of [client, coach])
      expect(await cancel(person, 422)).toMatchObject({ detail: 'invalid_transition' });
  });

  it('happens once', async () => {
    await cancel(client);
    expect(await cancel(client, 422)).toMatchObject({ detail: 'invalid_transition' });
    expect(await cancel(coach, 422)).toMatchObject({ detail: 'invalid_transition' });
  });

  it('happens once also when both press at the same instant', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? client : coach).http.delete(`/bookings/${booking.id}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(9);
    const { items } = await expectStatus<{ items: unknown[] }>(client.http.get(`/bookings/${booking.id}/history`), 200);
    expect(items).toHaveLength(2);
  });

  it('is nobody else’s', async () => {
    const stranger = await app.register();
    expect(await cancel(stranger, 404)).toMatchObject({ detail: 'booking_not_found' });
  });

  it('keeps the client’s reason out of what the coach said', async () => {
    expect(await cancel(client, 200, 'my boss')).toMatchObject({ coach_cancel_reason: null });
    const { items } = await expectStatus<{ items: { reason: string | null }[] }>(
      client.http.get(`/bookings/${booking.id}/history`),
      200,
    );
    expect(items.at(-1)?.reason).toBe('my boss');
  });
});
