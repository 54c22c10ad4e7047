import { PeriodicJobs } from 'src/common/jobs/periodic-jobs';
import { RelationEnded, RelationPaused, RelationResumed } from 'src/modules/coach/coach.events';
import { bond, sell } from 'test/booking/dealings';
import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { publish } from './publishing';

const NOW = '2026-03-02T09:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';

/** Jobs do not run by themselves here: what an act gives to send waits until the messages are asked for. */
describe('a message that is no longer true when it could leave', () => {
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
    await clear();
  });

  const act = (person: TestPerson, { id }: WireBooking, name: string, body: object = {}, status = 200) =>
    expectStatus<WireBooking>(person.http.post(`/bookings/${id}/${name}`).send(body), status);
  const cancel = (person: TestPerson, { id }: WireBooking) =>
    expectStatus(person.http.delete(`/bookings/${id}`).send({}), 200);
  const clear = async (): Promise<void> => {
    await app.messages();
    await app.http.delete('/sandbox/messages').expect(204);
  };
  const told = async (person: TestPerson): Promise<string[]> =>
    (await app.messages({ user_id: person.id }))
      .map(({ channel, data }) => (channel === 'push' ? (data?.['type'] ?? '') : channel))
      .sort();
  const inbox = async (person: TestPerson): Promise<string[]> => {
    const page = await expectStatus<{ items: { type: string }[] }>(person.http.get('/notifications'), 200);
    return page.items.map(({ type }) => type).sort();
  };

  it('is dropped when the session was cancelled meanwhile, and stands in the inbox', async () => {
    const booking = await book(client, coach.id, SLOT);
    await clear();
    await act(coach, booking, 'confirm');
    await cancel(coach, booking);
    expect(await told(client)).toEqual(['booking_cancelled_by_coach', 'email']);
    expect(await told(coach)).toEqual([]);
    expect(await inbox(client)).toEqual(['booking_cancelled_by_coach', 'booking_confirmed', 'booking_sent']);
  });

  it('is dropped when a request was taken back before the coach heard of it', async () => {
    const booking = await book(client, coach.id, SLOT);
    await cancel(client, booking);
    expect(await told(coach)).toEqual(['booking_cancelled_by_client']);
    expect(await told(client)).toEqual([]);
  });

  it('is dropped when a session moved on: only the last time counts', async () => {
    const booking = await book(client, coach.id, SLOT);
    await act(coach, booking, 'confirm');
    await clear();
    const moved = await act(coach, booking, 'reschedule', { scheduled_at: '2026-03-06T09:00:00Z' }, 201);
    const again = await act(coach, moved, 'reschedule', { scheduled_at: '2026-03-06T11:00:00Z' }, 201);
    expect(await told(client)).toEqual(['booking_rescheduled', 'email']);
    const [push] = await app.messages({ user_id: client.id, channel: 'push' });
    expect(push?.data?.['booking_id']).toBe(again.id);
  });

  it('is dropped when a session that counted as done did not take place', async () => {
    const booking = await book(client, coach.id, SLOT);
    await act(coach, booking, 'confirm');
    await clear();
    await app.setClock('2026-03-08T04:00:00Z');
    await app.nest.get(PeriodicJobs).get('auto_complete_bookings')?.run();
    await act(coach, booking, 'no-show');
    expect(await told(coach)).toEqual([]);
    expect(await told(client)).toEqual(['no_show_marked']);
  });

  it('is dropped when a penalty that was applied is waived after all', async () => {
    await expectStatus(coach.http.put('/coaches/cancellation-policy').send({ mode: 'manual' }), 200);
    const booking = await book(client, coach.id, SLOT);
    await act(coach, booking, 'confirm');
    await app.setClock('2026-03-05T08:00:00Z');
    await cancel(client, booking);
    await clear();
    await act(coach, booking, 'apply-penalty');
    await act(coach, booking, 'waive-penalty');
    expect(await told(client)).toEqual(['penalty_waived']);
  });

  it('is dropped when an absence is forgiven before the client hears of it', async () => {
    await expectStatus(coach.http.put('/coaches/cancellation-policy').send({ mode: 'manual' }), 200);
    const booking = await book(client, coach.id, SLOT);
    await act(coach, booking, 'confirm');
    await clear();
    await app.setClock('2026-03-05T10:30:00Z');
    await act(coach, booking, 'no-show');
    await act(coach, booking, 'waive-penalty');
    expect(await told(client)).toEqual(['penalty_waived']);
  });

  it('is dropped when a payment that was late is paid before the morning', async () => {
    await bond(app, coach, client);
    const due = { amount_cents: 5_000, due_at: '2026-03-02T10:00:00Z' };
    const payment = await expectStatus<{ id: string }>(
      coach.http.post(`/coaches/clients/${client.id}/payments`).send(due),
      201,
    );
    await clear();
    // Three in the morning in Paris.
    await app.advance(17 * 3600 + 60);
    await expectStatus(
      coach.http.put(`/coaches/clients/${client.id}/payments/${payment.id}`).send({ status: 'paid' }),
      200,
    );
    await app.advance(8 * 3600);
    expect(await told(client)).toEqual(['payment_recorded']);
    expect(await told(coach)).toEqual([]);
    expect(await inbox(coach)).toEqual([]);
  });

  it('is dropped when a package is used up before one heard that it runs low', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 2);
    const bookings = [await book(client, coach.id, SLOT), await book(client, coach.id, '2026-03-05T11:00:00Z')];
    for (const booking of bookings) await act(coach, booking, 'confirm');
    await clear();
    await app.setClock('2026-03-05T12:00:00Z');
    for (const booking of bookings) await act(coach, booking, 'done');
    expect(await told(client)).toEqual(['package_exhausted']);
    expect(await told(coach)).toEqual(['package_exhausted']);
  });

  it('is dropped when coach and client stand to each other in another way by now', async () => {
    const at = new Date(NOW);
    await bond(app, coach, client, 'paused');
    await publish(app, new RelationPaused(coach.id, client.id, at), new RelationResumed(coach.id, client.id, at));
    await publish(app, new RelationEnded(coach.id, client.id, at));
    expect(await told(client)).toEqual(['relation_paused']);
  });

  it('is none where the act was refused', async () => {
    const booking = await book(client, coach.id, SLOT);
    await clear();
    const before = [await inbox(client), await inbox(coach)];
    await act(client, booking, 'confirm', {}, 403);
    await act(coach, booking, 'done', {}, 422);
    await act(coach, booking, 'waive-penalty', {}, 422);
    await act(coach, booking, 'reschedule', { scheduled_at: SLOT }, 409);
    expect([await inbox(client), await inbox(coach)]).toEqual(before);
    expect(await app.messages()).toEqual([]);
  });
});
