import { aClub } from 'test/support/clubs';
import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, creditsOf, packagesOf, sell } from './dealings';
import { ask, booked, LATER, meansOf, price, pricelessCoach, refused } from './means';

describe('what pays a booking', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    ({ coach, client } = await pricelessCoach(app));
  });
  afterEach(() => expectInvariants(app.database));

  describe('a package', () => {
    beforeEach(() => bond(app, coach, client));

    it('is taken before a single price, and one session of it is held', async () => {
      await price(coach, 5_000);
      const { id } = await sell(coach, client, 10);
      expect(await meansOf(client, coach)).toEqual({
        client_can_book: true,
        sessions_remaining: 10,
        sessions_bookable: 10,
      });
      expect(await booked(client, coach)).toMatchObject({
        pricing_type: 'package',
        package_id: id,
        pricing_id: null,
        price_cents: null,
        currency: 'EUR',
        session_deducted: false,
      });
      expect(await creditsOf(coach, client)).toEqual([10, 9, 'active']);
      expect(await meansOf(client, coach)).toEqual({
        client_can_book: true,
        sessions_remaining: 10,
        sessions_bookable: 9,
      });
    });

    it('that expires first is taken first, then the oldest; one without a limit last', async () => {
      const endless = await sell(coach, client, 1);
      const late = await sell(coach, client, 1, { valid_until: '2026-06-30' });
      const soon = await sell(coach, client, 1, { valid_until: '2026-04-30' });
      const order: unknown[] = [];
      for (const hour of ['09', '10', '11'])
        order.push((await booked(client, coach, { scheduled_at: `2026-03-03T${hour}:00:00Z` }))['package_id']);
      expect(order).toEqual([soon.id, late.id, endless.id]);
      await refused(client, coach, { scheduled_at: '2026-03-03T12:00:00Z' }, 402, 'no_credits_available');
      expect(await meansOf(client, coach)).toEqual({
        client_can_book: false,
        sessions_remaining: 3,
        sessions_bookable: 0,
      });
    });

    it('pays for its last day in the coach’s zone, and not for the day after', async () => {
      const night = await aCoach(app, { from: '20:00', to: '23:00', timezone: 'America/New_York', priceCents: null });
      await bond(app, night, client);
      const { id } = await sell(night, client, 2, { valid_until: '2026-03-03' });
      // Eight in the evening of 3 March in New York is the 4th in UTC.
      await booked(client, coach, { coach_id: night.id, scheduled_at: '2026-03-04T01:00:00Z', package_id: id });
      await refused(
        client,
        coach,
        { coach_id: night.id, scheduled_at: '2026-03-05T01:00:00Z', package_id: id },
        422,
        'package_expired',
      );
      await refused(
        client,
        coach,
        { coach_id: night.id, scheduled_at: '2026-03-05T01:00:00Z' },
        402,
        'no_credits_available',
      );
    });

    it('may be named, when it is of these two and has something left', async () => {
      const { id } = await sell(coach, client, 1);
      const other = await app.register();
      await bond(app, coach, other);
      const foreign = await sell(coach, other, 5);
      const elsewhere = await aCoach(app);
      await bond(app, elsewhere, client);
      const away = await sell(elsewhere, client, 5);
      for (const package_id of [foreign.id, away.id, client.id])
        await refused(client, coach, { package_id }, 404, 'package_not_found');
      expect(await booked(client, coach, { package_id: id })).toMatchObject({ package_id: id });
      await refused(client, coach, { package_id: id, scheduled_at: LATER }, 402, 'no_credits_available');
      expect((await packagesOf(coach, other))[0]).toMatchObject({ sessions_bookable: 5 });
    });

    it('that waits for its money pays nothing', async () => {
      const { id } = await sell(coach, client, 5, { status: 'awaiting_payment' });
      await refused(client, coach, { package_id: id }, 402, 'no_credits_available');
      await refused(client, coach, {}, 402, 'no_credits_available');
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: false, sessions_bookable: 0 });
    });

    it('is asked for alone by its pricing type', async () => {
      await price(coach, 5_000);
      await refused(client, coach, { pricing_type: 'package' }, 402, 'no_credits_available');
      await sell(coach, client, 1);
      expect(await booked(client, coach, { pricing_type: 'package' })).toMatchObject({ pricing_type: 'package' });
    });

    it('is left alone when a single session is asked for', async () => {
      const id = await price(coach, 5_000);
      await sell(coach, client, 1);
      expect(await booked(client, coach, { pricing_type: 'per_session' })).toMatchObject({
        pricing_id: id,
        price_cents: 5_000,
      });
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
    });
  });

  describe('a single price', () => {
    it('is the cheapest public one, or the one that is named', async () => {
      const dear = await price(coach, 9_000);
      const cheap = await price(coach, 4_000);
      await price(coach, 1_000, { is_public: false });
      expect(await booked(client, coach)).toMatchObject({ pricing_id: cheap, price_cents: 4_000, package_id: null });
      expect(await booked(client, coach, { pricing_id: dear, scheduled_at: LATER })).toMatchObject({
        price_cents: 9_000,
      });
    });

    it('that is private, of another coach, or of a package is not found', async () => {
      await price(coach, 4_000);
      const secret = await price(coach, 1_000, { is_public: false });
      const pack = await price(coach, 40_000, { type: 'package', session_count: 10 });
      const foreign = await aCoach(app);
      const [theirs] = await expectStatus<{ id: string }[]>(foreign.http.get('/coaches/pricing'), 200);
      for (const pricing_id of [secret, pack, theirs?.id, client.id])
        await refused(client, coach, { pricing_id }, 404, 'pricing_not_found');
    });

    it('that is private is for whom the coach allows single sessions', async () => {
      const secret = await price(coach, 1_000, { is_public: false });
      await refused(client, coach, {}, 402, 'no_credits_available');
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: true });
      expect(await booked(client, coach)).toMatchObject({ pricing_id: secret, price_cents: 1_000 });
      expect(await booked(client, coach, { pricing_id: secret, scheduled_at: LATER })).toMatchObject({
        pricing_id: secret,
      });
    });

    it('is settled between the two where the coach sells packages only and allows single sessions', async () => {
      await price(coach, 40_000, { type: 'package', session_count: 10 });
      await refused(client, coach, { pricing_type: 'per_session' }, 402, 'no_credits_available');
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      expect(await booked(client, coach)).toMatchObject({
        pricing_type: 'per_session',
        pricing_id: null,
        price_cents: null,
        currency: 'EUR',
      });
    });

    it('is not there with a coach who has no price at all', async () => {
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      await refused(client, coach, {}, 402, 'no_credits_available');
      await refused(client, coach, { pricing_type: 'per_session' }, 402, 'no_credits_available');
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: false });
    });

    it('stays as it was when the coach changes it', async () => {
      const id = await price(coach, 4_000);
      const booking = await booked(client, coach);
      await expectStatus(coach.http.put(`/coaches/pricing/${id}`).send({ price_cents: 9_900 }), 200);
      expect(await expectStatus(client.http.get(`/bookings/${String(booking['id'])}`), 200)).toMatchObject({
        price_cents: 4_000,
      });
    });
  });

  it('is asked only after the slot: who comes too late learns that first', async () => {
    await refused(client, coach, { scheduled_at: '2026-03-01T09:00:00Z' }, 422, 'slot_in_past');
    await refused(
      client,
      coach,
      { scheduled_at: '2026-03-03T09:30:00Z', package_id: client.id },
      422,
      'slot_outside_availability',
    );
  });

  describe('the place', () => {
    beforeEach(() => price(coach, 5_000));

    it('is a gym of the directory, told by its name', async () => {
      const gym = await aClub(app, { name: 'Basic-Fit Bastille' });
      expect(await booked(client, coach, { gym_id: gym })).toMatchObject({
        gym_id: gym,
        gym_name: 'Basic-Fit Bastille',
      });
    });

    it('is refused when nobody knows it or no admin has looked at it', async () => {
      await refused(client, coach, { gym_id: client.id }, 404, 'gym_not_found');
      await refused(client, coach, { gym_id: await aClub(app, { validated: false }) }, 404, 'gym_not_found');
    });
  });

  it('of two requests at once for the last session of a package one wins', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 1);
    const answers = await Promise.all([ask(client, coach), ask(client, coach, { scheduled_at: LATER })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 402]);
    expect(await creditsOf(coach, client)).toEqual([1, 0, 'active']);
  });

  it('is none of a package whose last day has passed, though no job has closed it yet', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 3, { valid_until: '2026-03-03' });
    const prices = await expectStatus<{ id: string }[]>(coach.http.get('/coaches/pricing'), 200);
    for (const { id } of prices) await expectStatus(coach.http.delete(`/coaches/pricing/${id}`), 204);
    const seen = (): Promise<object> => expectStatus(client.http.get(`/coaches/${coach.id}/slots`), 200);
    await app.setClock('2026-03-03T22:59:59.999Z');
    expect(await seen()).toMatchObject({ client_can_book: true, sessions_bookable: 3 });
    await app.setClock('2026-03-03T23:00:00Z');
    expect(await seen()).toMatchObject({ client_can_book: false, sessions_bookable: 3 });
  });

  it('cost the slots the same number of queries for a day and for a month', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 3);
    const queries = async (to: string): Promise<number> => {
      const before = app.queryCount();
      await expectStatus(client.http.get(`/coaches/${coach.id}/slots?from=2026-03-02&to=${to}`), 200);
      return app.queryCount() - before;
    };
    await queries('2026-03-02');
    const day = await queries('2026-03-02');
    await booked(client, coach);
    expect(await queries('2026-04-01')).toBe(day);
    expect(day).toBeLessThanOrEqual(6);
  });
});
