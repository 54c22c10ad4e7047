import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, creditsOf, historyOf, movementsOf, paymentsOf, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const BEFORE = '2026-03-05T08:59:59.999Z';

describe('what became of a session', () => {
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
  });
  afterEach(() => expectInvariants(app.database));

  const confirmed = async (person = client, startsAt = SLOT): Promise<WireBooking> => {
    booking = await book(person, coach.id, startsAt);
    return confirm(coach, booking);
  };
  const act = (name: 'done' | 'no-show', status = 200, person = coach): Promise<Record<string, unknown>> =>
    expectStatus(person.http.post(`/bookings/${booking.id}/${name}`), status);
  const row = (): Promise<Record<string, unknown>> => expectStatus(client.http.get(`/bookings/${booking.id}`), 200);

  it.each(['done', 'no-show'] as const)('is said from the start on: %s', async (name) => {
    await confirmed();
    await app.setClock(BEFORE);
    expect(await act(name, 422)).toMatchObject({ detail: 'session_not_started' });
    expect(await row()).toMatchObject({ status: 'confirmed' });
    await app.setClock(SLOT);
    await act(name);
  });

  it('done: at its price, due in two weeks, and the relation goes on', async () => {
    await confirmed();
    expect(await bondOf(app, coach, client)).toBe('active');
    await app.setClock(SLOT);
    expect(await act('done')).toMatchObject({
      status: 'done',
      done_at: SLOT,
      done_by: 'coach',
      session_deducted: false,
      penalty_due: false,
    });
    expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
    const { rows } = await app.database.query<{ due_at: Date }>('SELECT due_at FROM payments WHERE booking_id = $1', [
      booking.id,
    ]);
    expect(rows[0]?.due_at.toISOString()).toBe('2026-03-19T09:00:00.000Z');
    expect((await historyOf(client, booking)).at(-1)).toEqual({ to: 'done', actor_role: 'coach', reason: 'payment' });
  });

  it('done, and free of charge: nothing is owed', async () => {
    const generous = await aCoach(app, { priceCents: 0 });
    const free = await book(client, generous.id, SLOT);
    await confirm(generous, free);
    await app.setClock(SLOT);
    await expectStatus(generous.http.post(`/bookings/${free.id}/done`), 200);
    expect(await paymentsOf(app, free.id)).toEqual([]);
    expect((await historyOf(client, free)).at(-1)).toMatchObject({ to: 'done', reason: null });
  });

  it('done, and paid ahead: no second payment', async () => {
    await confirmed();
    await expectStatus(
      coach.http
        .post(`/coaches/clients/${client.id}/payments`)
        .send({ booking_id: booking.id, amount_cents: 5_000, payment_method: 'cash', status: 'paid' }),
      201,
    );
    await app.setClock(SLOT);
    await act('done');
    expect(await paymentsOf(app, booking.id)).toEqual([['paid', 5_000]]);
  });

  it('is the coach’s to say, once, of what was confirmed', async () => {
    booking = await book(client, coach.id, SLOT);
    await app.setClock('2026-03-02T07:00:00Z');
    for (const name of ['done', 'no-show'] as const)
      expect(await act(name, 422)).toMatchObject({ detail: 'invalid_transition' });
    await confirm(coach, booking);
    await app.setClock(SLOT);
    for (const name of ['done', 'no-show'] as const)
      expect(await act(name, 403, client)).toMatchObject({ detail: 'forbidden' });
    await act('done');
    for (const name of ['done', 'no-show'] as const)
      expect(await act(name, 422)).toMatchObject({ detail: 'invalid_transition' });
  });

  it('is said once for a repeated Idempotency-Key', async () => {
    await confirmed();
    await app.setClock(SLOT);
    const say = () => coach.http.post(`/bookings/${booking.id}/done`).set('Idempotency-Key', 'over');
    const [first, second] = [await say(), await say()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  it('no-show: due at its price when the policy of the booking says so, and the client is told', async () => {
    await confirmed();
    await setPolicy(coach, { noshow_is_due: false });
    await app.setClock(SLOT);
    expect(await act('no-show')).toMatchObject({ status: 'no_show', penalty_due: true, done_at: null, done_by: null });
    expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
  });

  describe('when nobody says anything', () => {
    it('counts as done at four in the morning after two days, and not before they are over', async () => {
      await app.setClock('2026-03-03T02:00:00Z');
      await confirmed(client, '2026-03-05T09:00:00Z');
      // Its end is at 10; 48 hours later is the 7th at 10, and the job comes by on the 8th.
      await app.advance(4 * 86_400);
      expect(await row()).toMatchObject({ status: 'confirmed' });
      const jobs = await app.advance(27 * 3_600);
      expect(jobs).toContainEqual({ name: 'auto_complete_bookings', at: '2026-03-08T04:00:00Z' });
      expect(await row()).toMatchObject({ status: 'done', done_by: 'system', done_at: '2026-03-08T04:00:00Z' });
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
      expect((await historyOf(client, booking)).at(-1)).toEqual({
        to: 'done',
        actor_role: 'system',
        reason: 'payment',
      });
      expect(await app.advance(86_400)).not.toContainEqual(expect.objectContaining({ name: 'auto_complete_bookings' }));
    });

    it('is left for exactly 48 hours after its end', async () => {
      await confirmed();
      const run = async (): Promise<unknown> => {
        await expectStatus(app.http.post('/sandbox/jobs/auto_complete_bookings/run'), 200);
        return (await row())['status'];
      };
      await app.setClock('2026-03-07T10:00:00.000Z');
      expect(await run()).toBe('confirmed');
      await app.setClock('2026-03-07T10:00:00.001Z');
      expect(await run()).toBe('done');
      expect(await run()).toBe('done');
      expect(await historyOf(client, booking)).toHaveLength(3);
    });
  });

  describe('corrected', () => {
    const DONE_AT = '2026-03-08T04:00:00.000Z';
    const byJob = async (policy: Record<string, unknown> = {}): Promise<void> => {
      await setPolicy(coach, policy);
      await confirmed();
      await app.setClock(DONE_AT);
      await expectStatus(app.http.post('/sandbox/jobs/auto_complete_bookings/run'), 200);
      expect(await row()).toMatchObject({ status: 'done', done_by: 'system' });
    };

    it('within 7 days, that instant included', async () => {
      await byJob();
      await app.setClock('2026-03-15T04:00:00.001Z');
      expect(await act('no-show', 422)).toMatchObject({ detail: 'invalid_transition' });
      await app.setClock('2026-03-15T04:00:00.000Z');
      expect(await act('no-show')).toMatchObject({ status: 'no_show', done_at: null, done_by: null });
      expect(await act('no-show', 422)).toMatchObject({ detail: 'invalid_transition' });
    });

    it('and due: it stays owed in either mode, and can be waived', async () => {
      await byJob({ mode: 'manual' });
      expect(await act('no-show')).toMatchObject({ penalty_due: true });
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
      expect(await expectStatus(coach.http.post(`/bookings/${booking.id}/apply-penalty`), 422)).toMatchObject({
        detail: 'no_penalty_to_apply',
      });
      await expectStatus(coach.http.post(`/bookings/${booking.id}/waive-penalty`).send({}), 200);
      expect(await paymentsOf(app, booking.id)).toEqual([['cancelled', 5_000]]);
    });

    it('and not due: the payment is cancelled', async () => {
      await byJob({ noshow_is_due: false });
      expect(await act('no-show')).toMatchObject({ penalty_due: false });
      expect(await paymentsOf(app, booking.id)).toEqual([['cancelled', 5_000]]);
      expect((await historyOf(client, booking)).at(-1)).toMatchObject({ to: 'no_show', reason: 'none' });
    });

    it('and not due: a used session comes back, an exhausted package is active again', async () => {
      await bond(app, coach, client);
      await sell(coach, client, 1);
      await byJob({ noshow_is_due: false });
      expect(await creditsOf(coach, client)).toEqual([0, 0, 'exhausted']);
      await act('no-show');
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'consume', 'restore']);
      expect(await row()).toMatchObject({ session_deducted: false });
    });

    it('takes the first done session of the two back', async () => {
      await byJob();
      const first = async (): Promise<Date | null | undefined> =>
        (
          await app.database.query<{ first_done_at: Date | null }>(
            'SELECT first_done_at FROM relations WHERE coach_id = $1 AND client_id = $2',
            [coach.id, client.id],
          )
        ).rows[0]?.first_done_at;
      expect(await first()).toEqual(new Date(DONE_AT));
      await act('no-show');
      expect(await first()).toBeNull();
    });

    it('only what the job counted: the word of the coach stands', async () => {
      await confirmed();
      await app.setClock(SLOT);
      await act('done');
      expect(await act('no-show', 422)).toMatchObject({ detail: 'invalid_transition' });
    });
  });
});
