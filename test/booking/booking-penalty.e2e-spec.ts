import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, confirm, creditsOf, historyOf, movementsOf, paymentsOf, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const THRESHOLD = '2026-03-04T09:00:00.000Z';
const LATE = '2026-03-04T09:00:00.001Z';

describe('a penalty', () => {
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

  const confirmed = async (policy: Record<string, unknown> = {}, startsAt = SLOT): Promise<void> => {
    await setPolicy(coach, policy);
    booking = await book(client, coach.id, startsAt);
    await confirm(coach, booking);
  };
  const packaged = async (policy: Record<string, unknown> = {}, sessions = 1): Promise<void> => {
    await bond(app, coach, client);
    await sell(coach, client, sessions);
    await confirmed(policy);
  };
  const cancelLate = async (): Promise<Record<string, unknown>> => {
    await app.setClock(LATE);
    return expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
  };
  const judge = (
    name: 'apply-penalty' | 'waive-penalty',
    status = 200,
    body: Record<string, unknown> = {},
    person = coach,
  ): Promise<Record<string, unknown>> =>
    expectStatus(person.http.post(`/bookings/${booking.id}/${name}`).send(body), status);
  const preview = (person: TestPerson): Promise<Record<string, unknown>> =>
    expectStatus(person.http.get(`/bookings/${booking.id}/cancellation-preview`), 200);
  const days = (count: number, from = LATE): string =>
    new Date(new Date(from).getTime() + count * 86_400_000).toISOString();
  const settle = async (): Promise<number> =>
    (
      await expectStatus<{ processed_count: number }>(
        app.http.post('/sandbox/jobs/settle_undecided_penalties/run'),
        200,
      )
    ).processed_count;

  describe('in auto mode', () => {
    it('falls at once: its price is owed, due in two weeks', async () => {
      await confirmed();
      expect(await cancelLate()).toMatchObject({
        status: 'cancelled_late_by_client',
        penalty_due: true,
        session_deducted: false,
        late_cancel_waived: false,
      });
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
      expect((await historyOf(client, booking)).at(-1)).toMatchObject({ reason: 'payment' });
    });

    it('is of the policy that the booking was made under', async () => {
      await confirmed();
      await setPolicy(coach, { mode: 'manual', threshold_hours: 1 });
      expect(await cancelLate()).toMatchObject({ penalty_due: true });
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
    });

    it('leaves nothing to apply', async () => {
      await confirmed();
      await cancelLate();
      expect(await judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
    });

    it('costs nothing where the session did not', async () => {
      const generous = await aCoach(app, { priceCents: 0 });
      coach = generous;
      await confirmed();
      expect(await cancelLate()).toMatchObject({ penalty_due: true });
      expect(await paymentsOf(app, booking.id)).toEqual([]);
      expect(await judge('waive-penalty')).toMatchObject({ late_cancel_waived: true, penalty_due: false });
    });
  });

  describe('in manual mode', () => {
    it('waits for the coach, who applies it to the package', async () => {
      await packaged({ mode: 'manual' });
      expect(await cancelLate()).toMatchObject({ penalty_due: true, session_deducted: false });
      expect(await creditsOf(coach, client)).toEqual([1, 0, 'active']);
      expect(await judge('apply-penalty')).toMatchObject({
        status: 'cancelled_late_by_client',
        penalty_due: true,
        session_deducted: true,
      });
      expect(await creditsOf(coach, client)).toEqual([0, 0, 'exhausted']);
      expect(await historyOf(client, booking)).toEqual([
        { to: 'pending_coach_validation', actor_role: 'client', reason: null },
        { to: 'confirmed', actor_role: 'coach', reason: null },
        { to: 'cancelled_late_by_client', actor_role: 'client', reason: 'to_decide' },
        { to: 'cancelled_late_by_client', actor_role: 'coach', reason: 'session' },
      ]);
    });

    it('waits for the coach, who applies it to a no-show at its price', async () => {
      await confirmed({ mode: 'manual' });
      await app.setClock(SLOT);
      await expectStatus(coach.http.post(`/bookings/${booking.id}/no-show`), 200);
      expect(await paymentsOf(app, booking.id)).toEqual([]);
      await judge('apply-penalty');
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
    });

    it('is applied once, also when the coach presses ten times', async () => {
      await confirmed({ mode: 'manual' });
      await cancelLate();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => coach.http.post(`/bookings/${booking.id}/apply-penalty`)),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 422)).toHaveLength(9);
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
    });

    it('is not there to apply without a penalty, without a price, or once it is waived', async () => {
      await confirmed({ mode: 'manual' });
      expect(await judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
      await cancelLate();
      await judge('waive-penalty');
      expect(await judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
      coach = await aCoach(app, { priceCents: 0 });
      await app.setClock(NOW);
      await confirmed({ mode: 'manual' });
      await cancelLate();
      expect(await judge('apply-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_apply' });
    });

    it('is waived by the daily job when 30 days have passed without a word', async () => {
      await packaged({ mode: 'manual' });
      await cancelLate();
      const row = () => expectStatus(client.http.get(`/bookings/${booking.id}`), 200);
      await app.setClock(new Date(new Date(days(30)).getTime() - 1).toISOString());
      await settle();
      expect(await row()).toMatchObject({ penalty_due: true, late_cancel_waived: false });
      await app.setClock(days(30));
      expect(await settle()).toBeGreaterThan(0);
      expect(await settle()).toBe(0);
      expect(await row()).toMatchObject({ penalty_due: false, late_cancel_waived: true });
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
      expect((await historyOf(client, booking)).at(-1)).toEqual({
        to: 'cancelled_late_by_client',
        actor_role: 'system',
        reason: 'none',
      });
    });

    it('meets the job at ten past four', async () => {
      await confirmed({ mode: 'manual' });
      await cancelLate();
      const jobs = await app.advance(31 * 86_400);
      expect(jobs).toContainEqual({ name: 'settle_undecided_penalties', at: '2026-04-04T04:10:00Z' });
    });

    it('that was applied or fell by itself is left alone by the job', async () => {
      await confirmed({ mode: 'manual' });
      await cancelLate();
      await judge('apply-penalty');
      await app.setClock(days(40));
      expect(await settle()).toBe(0);
      expect(await paymentsOf(app, booking.id)).toEqual([['pending', 5_000]]);
    });
  });

  describe('waived', () => {
    it('gives a used session back, and an exhausted package is active again', async () => {
      await packaged();
      await cancelLate();
      expect(await creditsOf(coach, client)).toEqual([0, 0, 'exhausted']);
      expect(await judge('waive-penalty', 200, { reason: 'He was ill' })).toMatchObject({
        status: 'cancelled_late_by_client',
        late_cancel_waived: true,
        penalty_due: false,
        session_deducted: false,
      });
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'consume', 'restore']);
      expect((await historyOf(client, booking)).at(-1)).toEqual({
        to: 'cancelled_late_by_client',
        actor_role: 'coach',
        reason: 'He was ill',
      });
    });

    it('lets go what was still held', async () => {
      await packaged({ mode: 'manual' });
      await cancelLate();
      await judge('waive-penalty');
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'release']);
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
    });

    it('cancels what is owed, and leaves what was paid', async () => {
      await confirmed();
      await cancelLate();
      await judge('waive-penalty');
      expect(await paymentsOf(app, booking.id)).toEqual([['cancelled', 5_000]]);
      await app.setClock(NOW);
      await confirmed({}, '2026-03-05T11:00:00Z');
      await app.setClock('2026-03-05T10:00:00Z');
      await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
      await expectStatus(
        coach.http
          .post(`/coaches/clients/${client.id}/payments`)
          .send({ booking_id: booking.id, amount_cents: 5_000, payment_method: 'card', status: 'paid' }),
        200,
      );
      await judge('waive-penalty');
      expect(await paymentsOf(app, booking.id)).toEqual([['paid', 5_000]]);
    });

    it('is waived once, at any later time', async () => {
      await confirmed();
      await cancelLate();
      await app.setClock(days(300));
      await judge('waive-penalty');
      expect(await judge('waive-penalty', 422)).toMatchObject({ detail: 'already_waived' });
    });

    it('needs one that arose', async () => {
      await confirmed();
      expect(await judge('waive-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_waive' });
      await expectStatus(coach.http.delete(`/bookings/${booking.id}`), 200);
      expect(await judge('waive-penalty', 422)).toMatchObject({ detail: 'no_penalty_to_waive' });
    });

    it('keeps its reason encrypted, up to 200 characters', async () => {
      await confirmed();
      await cancelLate();
      expect(await judge('waive-penalty', 422, { reason: 'x'.repeat(201) })).toMatchObject({
        errors: [{ field: 'reason', code: 'too_long' }],
      });
      await judge('waive-penalty', 200, { reason: 'x'.repeat(200) });
      const { rows } = await app.database.query<{ waive_reason: string }>(
        'SELECT waive_reason FROM bookings WHERE id = $1',
        [booking.id],
      );
      expect(rows[0]?.waive_reason).toMatch(/^test:/);
      expect(rows[0]?.waive_reason).not.toContain('xxx');
    });
  });

  it('is the coach’s to decide: the client is forbidden', async () => {
    await confirmed({ mode: 'manual' });
    await cancelLate();
    for (const name of ['apply-penalty', 'waive-penalty'] as const)
      expect(await judge(name, 403, {}, client)).toMatchObject({ detail: 'forbidden' });
  });

  describe('is told before', () => {
    const all = {
      allowed: true,
      threshold_hours: 24,
      free_until: '2026-03-04T09:00:00Z',
      currency: 'EUR',
      client_message: 'A day ahead, please',
    };

    it('in all the words of the answer, to each party for itself', async () => {
      await confirmed({ client_message: 'A day ahead, please' });
      await app.setClock(LATE);
      expect(await preview(client)).toEqual({
        ...all,
        booking_id: booking.id,
        resulting_status: 'cancelled_late_by_client',
        late: true,
        penalty: 'payment',
        penalty_cents: 5_000,
        session_returned: false,
      });
      expect(await preview(coach)).toEqual({
        ...all,
        booking_id: booking.id,
        resulting_status: 'cancelled_by_coach_late',
        late: true,
        penalty: 'none',
        penalty_cents: null,
        session_returned: false,
      });
    });

    it.each([
      ['auto', THRESHOLD, 'none', true],
      ['auto', LATE, 'session', false],
      ['manual', THRESHOLD, 'none', true],
      ['manual', LATE, 'to_decide', false],
    ])('as it will be: %s at %s', async (mode, moment, penalty, returned) => {
      await packaged({ mode }, 3);
      await app.setClock(moment);
      const told = await preview(client);
      expect(told).toMatchObject({ penalty, penalty_cents: null, session_returned: returned });
      const done = await expectStatus(client.http.delete(`/bookings/${booking.id}`), 200);
      expect(done).toMatchObject({
        status: told['resulting_status'],
        penalty_due: penalty !== 'none',
        session_deducted: penalty === 'session',
      });
      const [, bookable] = await creditsOf(coach, client);
      expect(bookable).toBe(returned ? 3 : 2);
    });

    it('and that it is no longer possible', async () => {
      await confirmed();
      await app.setClock(SLOT);
      expect(await preview(client)).toMatchObject({ allowed: false, resulting_status: null, penalty: 'none' });
      expect(await preview(coach)).toMatchObject({ allowed: false, resulting_status: null });
    });

    it('changes nothing', async () => {
      await confirmed();
      await preview(client);
      expect(await historyOf(client, booking)).toHaveLength(2);
      expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({
        status: 'confirmed',
      });
    });
  });
});
