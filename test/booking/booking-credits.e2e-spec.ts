import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, confirm, creditsOf, historyOf, movementsOf, sell, setPolicy } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-05T09:00:00Z';
const LATE = '2026-03-04T09:00:00.001Z';

describe('the session that a booking holds', () => {
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
    await bond(app, coach, client);
    await sell(coach, client, 3);
    booking = await book(client, coach.id, SLOT);
    expect(await creditsOf(coach, client)).toEqual([3, 2, 'active']);
  });
  afterEach(() => expectInvariants(app.database));

  const act = (person: TestPerson, name: string, status = 200): Promise<Record<string, unknown>> =>
    expectStatus(person.http.post(`/bookings/${booking.id}/${name}`).send({}), status);
  const cancel = (person: TestPerson): Promise<Record<string, unknown>> =>
    expectStatus(person.http.delete(`/bookings/${booking.id}`), 200);
  const settled = async (
    sums: [number, number],
    movements: string[],
    flags: Record<string, unknown> = {},
  ): Promise<void> => {
    expect((await creditsOf(coach, client)).slice(0, 2)).toEqual(sums);
    expect(await movementsOf(app, booking.id)).toEqual(movements);
    expect(await expectStatus(client.http.get(`/bookings/${booking.id}`), 200)).toMatchObject({
      session_deducted: movements.includes('consume') && !movements.includes('restore'),
      ...flags,
    });
  };

  describe('can be booked again', () => {
    it('when the coach rejects', async () => {
      await act(coach, 'reject');
      await settled([3, 3], ['hold', 'release']);
    });

    it('when nobody answers, by the job', async () => {
      await app.advance(24 * 3600);
      await settled([3, 3], ['hold', 'release'], { status: 'auto_rejected' });
    });

    it('when the answer comes too late', async () => {
      await app.setClock('2026-03-03T06:00:00.000Z');
      await act(coach, 'confirm', 422);
      await settled([3, 3], ['hold', 'release'], { status: 'auto_rejected' });
    });

    it('when the client withdraws the request', async () => {
      await cancel(client);
      await settled([3, 3], ['hold', 'release']);
    });

    it('when the client cancels in time', async () => {
      await confirm(coach, booking);
      await cancel(client);
      await settled([3, 3], ['hold', 'release']);
    });

    it('when the coach cancels, late or not', async () => {
      await confirm(coach, booking);
      await app.setClock(LATE);
      expect(await cancel(coach)).toMatchObject({ status: 'cancelled_by_coach_late' });
      await settled([3, 3], ['hold', 'release'], { penalty_due: false });
    });

    it('when the client did not come and the policy forgives it', async () => {
      await setPolicy(coach, { noshow_is_due: false });
      booking = await book(client, coach.id, '2026-03-06T09:00:00Z');
      await confirm(coach, booking);
      await app.setClock('2026-03-06T09:00:00Z');
      expect(await act(coach, 'no-show')).toMatchObject({ status: 'no_show', penalty_due: false });
      expect(await movementsOf(app, booking.id)).toEqual(['hold', 'release']);
    });
  });

  describe('is used', () => {
    beforeEach(() => confirm(coach, booking));

    it('when the session is done', async () => {
      await app.setClock(SLOT);
      expect(await act(coach, 'done')).toMatchObject({ status: 'done', session_deducted: true, done_by: 'coach' });
      await settled([2, 2], ['hold', 'consume']);
      expect((await historyOf(client, booking)).at(-1)).toEqual({ to: 'done', actor_role: 'coach', reason: 'session' });
    });

    it('when the client cancels late', async () => {
      await app.setClock(LATE);
      expect(await cancel(client)).toMatchObject({ penalty_due: true, session_deducted: true });
      await settled([2, 2], ['hold', 'consume']);
      expect((await historyOf(client, booking)).at(-1)).toMatchObject({
        to: 'cancelled_late_by_client',
        reason: 'session',
      });
    });

    it('when the client did not come', async () => {
      await app.setClock(SLOT);
      expect(await act(coach, 'no-show')).toMatchObject({ penalty_due: true, session_deducted: true });
      await settled([2, 2], ['hold', 'consume']);
    });
  });

  it('stays held while the coach has to decide', async () => {
    await setPolicy(coach, { mode: 'manual' });
    booking = await book(client, coach.id, '2026-03-06T09:00:00Z');
    await confirm(coach, booking);
    await app.setClock('2026-03-05T09:00:00.001Z');
    expect(await cancel(client)).toMatchObject({ penalty_due: true, session_deducted: false });
    expect(await movementsOf(app, booking.id)).toEqual(['hold']);
    expect((await historyOf(client, booking)).at(-1)).toMatchObject({ reason: 'to_decide' });
  });

  it('outlives the package when the coach is the reason that it comes back too late', async () => {
    const other = await app.register();
    await bond(app, coach, other);
    const { id } = await sell(coach, other, 1, { valid_until: '2026-03-05' });
    const theirs = await book(other, coach.id, '2026-03-05T11:00:00Z');
    await confirm(coach, theirs);
    await expectStatus(
      coach.http.post(`/bookings/${theirs.id}/reschedule`).send({ scheduled_at: '2026-03-09T11:00:00Z' }),
      201,
    );
    await app.setClock('2026-03-07T06:00:00Z');
    const [moved] = (await expectStatus<{ items: WireBooking[] }>(other.http.get('/bookings?bucket=upcoming'), 200))
      .items;
    await expectStatus(coach.http.delete(`/bookings/${moved?.id ?? ''}`), 200);
    const packs = await expectStatus<{ items: Record<string, unknown>[] }>(other.http.get('/packages/me'), 200);
    expect(packs.items).toEqual([
      expect.objectContaining({ id, status: 'active', sessions_bookable: 1, valid_until: '2026-04-06' }),
    ]);
  });

  it('is lost with the package when the client is the reason', async () => {
    const other = await app.register();
    await bond(app, coach, other);
    await sell(coach, other, 1, { valid_until: '2026-03-05' });
    const theirs = await book(other, coach.id, '2026-03-05T11:00:00Z');
    await confirm(coach, theirs);
    const moved = await expectStatus<WireBooking>(
      coach.http.post(`/bookings/${theirs.id}/reschedule`).send({ scheduled_at: '2026-03-20T11:00:00Z' }),
      201,
    );
    await app.setClock('2026-03-07T06:00:00Z');
    await expectStatus(other.http.delete(`/bookings/${moved.id}`), 200);
    expect(await creditsOf(coach, other)).toEqual([0, 0, 'expired']);
  });

  it('moves once for ten acts at once', async () => {
    await confirm(coach, booking);
    await app.setClock(SLOT);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        coach.http.post(`/bookings/${booking.id}/${index % 2 ? 'done' : 'no-show'}`),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(9);
    await settled([2, 2], ['hold', 'consume']);
  });
});
