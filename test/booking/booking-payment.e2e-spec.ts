import { aClub } from 'test/support/clubs';
import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm, creditsOf, packagesOf, sell } from './dealings';

const NOW = '2026-03-02T06:00:00Z';
const SLOT = '2026-03-03T09:00:00Z';
const LATER = '2026-03-04T09:00:00Z';

interface Means {
  client_can_book: boolean;
  sessions_remaining: number;
  sessions_bookable: number;
}

describe('what pays a booking', () => {
  let app: TestApp;
  let coach: TestPerson;
  let client: TestPerson;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    await app.setClock(NOW);
    coach = await aCoach(app, { priceCents: null });
    client = await app.register();
  });
  afterEach(() => expectInvariants(app.database));

  const ask = (body: Record<string, unknown> = {}, person = client) =>
    person.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: SLOT, ...body });
  const booked = (body: Record<string, unknown> = {}) => expectStatus(ask(body), 201);
  const refused = async (body: Record<string, unknown>, status: number, detail: string, person = client) =>
    expect(await expectStatus(ask(body, person), status)).toMatchObject({ detail });
  const price = async (cents: number, terms: Record<string, unknown> = {}): Promise<string> => {
    const body = { type: 'per_session', name: 'Session', price_cents: cents, ...terms };
    return (await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(body), 201)).id;
  };
  const means = async (person = client): Promise<Means> => {
    const list = await expectStatus<Means>(person.http.get(`/coaches/${coach.id}/slots`), 200);
    const { client_can_book, sessions_remaining, sessions_bookable } = list;
    return { client_can_book, sessions_remaining, sessions_bookable };
  };

  describe('a package', () => {
    beforeEach(() => bond(app, coach, client));

    it('is taken before a single price, and one session of it is held', async () => {
      await price(5_000);
      const { id } = await sell(coach, client, 10);
      expect(await means()).toEqual({ client_can_book: true, sessions_remaining: 10, sessions_bookable: 10 });
      expect(await booked()).toMatchObject({
        pricing_type: 'package',
        package_id: id,
        pricing_id: null,
        price_cents: null,
        currency: 'EUR',
        session_deducted: false,
      });
      expect(await creditsOf(coach, client)).toEqual([10, 9, 'active']);
      expect(await means()).toEqual({ client_can_book: true, sessions_remaining: 10, sessions_bookable: 9 });
    });

    it('that expires first is taken first, then the oldest; one without a limit last', async () => {
      const endless = await sell(coach, client, 1);
      const late = await sell(coach, client, 1, { valid_until: '2026-06-30' });
      const soon = await sell(coach, client, 1, { valid_until: '2026-04-30' });
      const order: unknown[] = [];
      for (const hour of ['09', '10', '11'])
        order.push((await booked({ scheduled_at: `2026-03-03T${hour}:00:00Z` }))['package_id']);
      expect(order).toEqual([soon.id, late.id, endless.id]);
      await refused({ scheduled_at: '2026-03-03T12:00:00Z' }, 402, 'no_credits_available');
      expect(await means()).toEqual({ client_can_book: false, sessions_remaining: 3, sessions_bookable: 0 });
    });

    it('pays for its last day in the coach’s zone, and not for the day after', async () => {
      const night = await aCoach(app, { from: '20:00', to: '23:00', timezone: 'America/New_York', priceCents: null });
      await bond(app, night, client);
      const { id } = await sell(night, client, 2, { valid_until: '2026-03-03' });
      // Eight in the evening of 3 March in New York is the 4th in UTC.
      await booked({ coach_id: night.id, scheduled_at: '2026-03-04T01:00:00Z', package_id: id });
      await refused(
        { coach_id: night.id, scheduled_at: '2026-03-05T01:00:00Z', package_id: id },
        422,
        'package_expired',
      );
      await refused({ coach_id: night.id, scheduled_at: '2026-03-05T01:00:00Z' }, 402, 'no_credits_available');
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
        await refused({ package_id }, 404, 'package_not_found');
      expect(await booked({ package_id: id })).toMatchObject({ package_id: id });
      await refused({ package_id: id, scheduled_at: LATER }, 402, 'no_credits_available');
      expect((await packagesOf(coach, other))[0]).toMatchObject({ sessions_bookable: 5 });
    });

    it('that waits for its money pays nothing', async () => {
      const { id } = await sell(coach, client, 5, { status: 'awaiting_payment' });
      await refused({ package_id: id }, 402, 'no_credits_available');
      await refused({}, 402, 'no_credits_available');
      expect(await means()).toMatchObject({ client_can_book: false, sessions_bookable: 0 });
    });

    it('is asked for alone by its pricing type', async () => {
      await price(5_000);
      await refused({ pricing_type: 'package' }, 402, 'no_credits_available');
      await sell(coach, client, 1);
      expect(await booked({ pricing_type: 'package' })).toMatchObject({ pricing_type: 'package' });
    });

    it('is left alone when a single session is asked for', async () => {
      const id = await price(5_000);
      await sell(coach, client, 1);
      expect(await booked({ pricing_type: 'per_session' })).toMatchObject({ pricing_id: id, price_cents: 5_000 });
      expect(await creditsOf(coach, client)).toEqual([1, 1, 'active']);
    });
  });

  describe('a single price', () => {
    it('is the cheapest public one, or the one that is named', async () => {
      const dear = await price(9_000);
      const cheap = await price(4_000);
      await price(1_000, { is_public: false });
      expect(await booked()).toMatchObject({ pricing_id: cheap, price_cents: 4_000, package_id: null });
      expect(await booked({ pricing_id: dear, scheduled_at: LATER })).toMatchObject({ price_cents: 9_000 });
    });

    it('that is private, of another coach, or of a package is not found', async () => {
      await price(4_000);
      const secret = await price(1_000, { is_public: false });
      const pack = await price(40_000, { type: 'package', session_count: 10 });
      const foreign = await aCoach(app);
      const [theirs] = await expectStatus<{ id: string }[]>(foreign.http.get('/coaches/pricing'), 200);
      for (const pricing_id of [secret, pack, theirs?.id, client.id])
        await refused({ pricing_id }, 404, 'pricing_not_found');
    });

    it('that is private is for whom the coach allows single sessions', async () => {
      const secret = await price(1_000, { is_public: false });
      await refused({}, 402, 'no_credits_available');
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      expect(await means()).toMatchObject({ client_can_book: true });
      expect(await booked()).toMatchObject({ pricing_id: secret, price_cents: 1_000 });
      expect(await booked({ pricing_id: secret, scheduled_at: LATER })).toMatchObject({ pricing_id: secret });
    });

    it('is settled between the two where the coach sells packages only and allows single sessions', async () => {
      await price(40_000, { type: 'package', session_count: 10 });
      await refused({ pricing_type: 'per_session' }, 402, 'no_credits_available');
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      expect(await booked()).toMatchObject({
        pricing_type: 'per_session',
        pricing_id: null,
        price_cents: null,
        currency: 'EUR',
      });
    });

    it('is not there with a coach who has no price at all', async () => {
      await bond(app, coach, client, 'active', { allowUnitBooking: true });
      await refused({}, 402, 'no_credits_available');
      await refused({ pricing_type: 'per_session' }, 402, 'no_credits_available');
      expect(await means()).toMatchObject({ client_can_book: false });
    });

    it('stays as it was when the coach changes it', async () => {
      const id = await price(4_000);
      const booking = await booked();
      await expectStatus(coach.http.put(`/coaches/pricing/${id}`).send({ price_cents: 9_900 }), 200);
      expect(await expectStatus(client.http.get(`/bookings/${String(booking['id'])}`), 200)).toMatchObject({
        price_cents: 4_000,
      });
    });
  });

  it('is asked only after the slot: who comes too late learns that first', async () => {
    await refused({ scheduled_at: '2026-03-01T09:00:00Z' }, 422, 'slot_in_past');
    await refused({ scheduled_at: '2026-03-03T09:30:00Z', package_id: client.id }, 422, 'slot_outside_availability');
  });

  describe('a discovery', () => {
    const offer = (terms: Record<string, unknown> = {}) =>
      expectStatus(
        coach.http
          .put('/coaches/profile')
          .send({ discovery_enabled: true, discovery_free: true, discovery_duration_min: 30, ...terms }),
        200,
      );

    it('must be offered', async () => {
      await refused({ pricing_type: 'discovery' }, 422, 'discovery_not_offered');
      expect(await means()).toMatchObject({ client_can_book: false });
    });

    it('is free, of its own length, and makes the relation when it is confirmed', async () => {
      await offer();
      expect(await means()).toMatchObject({ client_can_book: true });
      const booking = await booked({ pricing_type: 'discovery', duration_min: 90 });
      expect(booking).toMatchObject({
        type: 'discovery',
        pricing_type: 'discovery',
        price_cents: 0,
        duration_min: 30,
        ends_at: '2026-03-03T09:30:00Z',
      });
      await confirm(coach, booking as { id: string });
      expect(await bondOf(app, coach, client)).toBe('discovery');
    });

    it('costs what the coach says', async () => {
      await offer({ discovery_free: false, discovery_price_cents: 2_000 });
      expect(await booked({ pricing_type: 'discovery' })).toMatchObject({ price_cents: 2_000, currency: 'EUR' });
    });

    it('is of its kind in a group, too', async () => {
      const group = await aCoach(app, { maxSlots: 3, profile: { discovery_enabled: true, discovery_free: true } });
      expect(await booked({ coach_id: group.id, pricing_type: 'discovery' })).toMatchObject({ type: 'discovery' });
    });

    it('is had once: not while one is booked, not after one is done, not by a client', async () => {
      await offer();
      const used = (body = {}) =>
        refused({ pricing_type: 'discovery', scheduled_at: LATER, ...body }, 422, 'discovery_already_used');
      const booking = (await booked({ pricing_type: 'discovery' })) as { id: string };
      await used();
      await confirm(coach, booking);
      await used();
      await app.setClock(SLOT);
      await expectStatus(coach.http.post(`/bookings/${booking.id}/done`), 200);
      expect(await bondOf(app, coach, client)).toBe('active');
      await used();
      await bond(app, coach, client, 'ended');
      await used();
      expect(await means()).toMatchObject({ client_can_book: false });
      const another = await app.register();
      for (const status of ['active', 'paused'] as const) {
        await bond(app, coach, another, status);
        await refused({ pricing_type: 'discovery', scheduled_at: LATER }, 422, 'discovery_already_used', another);
      }
    });

    it('can be asked for again when it did not take place', async () => {
      await offer();
      const { id } = (await booked({ pricing_type: 'discovery' })) as { id: string };
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      await booked({ pricing_type: 'discovery' });
    });
  });

  describe('a full coach', () => {
    beforeEach(async () => {
      await price(5_000);
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 2 }), 200);
      await bond(app, coach, await app.register(), 'active');
    });

    it('takes nobody new, and goes on with those he has', async () => {
      const discovering = await app.register();
      await bond(app, coach, await app.register(), 'paused');
      await bond(app, coach, await app.register(), 'ended');
      await booked();
      await bond(app, coach, discovering, 'discovery');
      const newcomer = await app.register();
      await refused({ scheduled_at: LATER }, 422, 'coach_full', newcomer);
      await expectStatus(ask({ scheduled_at: LATER }, discovering), 201);
    });
  });

  describe('the place', () => {
    beforeEach(() => price(5_000));

    it('is a gym of the directory, told by its name', async () => {
      const gym = await aClub(app, { name: 'Basic-Fit Bastille' });
      expect(await booked({ gym_id: gym })).toMatchObject({ gym_id: gym, gym_name: 'Basic-Fit Bastille' });
    });

    it('is refused when nobody knows it or no admin has looked at it', async () => {
      await refused({ gym_id: client.id }, 404, 'gym_not_found');
      await refused({ gym_id: await aClub(app, { validated: false }) }, 404, 'gym_not_found');
    });
  });

  it('of two requests at once for the last session of a package one wins', async () => {
    await bond(app, coach, client);
    await sell(coach, client, 1);
    const answers = await Promise.all([ask(), ask({ scheduled_at: LATER })]);
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
    await booked();
    expect(await queries('2026-04-01')).toBe(day);
    expect(day).toBeLessThanOrEqual(6);
  });
});
