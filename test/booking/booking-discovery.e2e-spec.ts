import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { bond, bondOf, confirm } from './dealings';
import { ask, booked, LATER, meansOf, price, pricelessCoach, refused, SLOT } from './means';

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

  describe('a discovery', () => {
    const offer = (terms: Record<string, unknown> = {}) =>
      expectStatus(
        coach.http
          .put('/coaches/profile')
          .send({ discovery_enabled: true, discovery_free: true, discovery_duration_min: 30, ...terms }),
        200,
      );

    it('must be offered', async () => {
      await refused(client, coach, { pricing_type: 'discovery' }, 422, 'discovery_not_offered');
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: false });
    });

    it('is free, of its own length, and makes the relation when it is confirmed', async () => {
      await offer();
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: true });
      const booking = await booked(client, coach, { pricing_type: 'discovery', duration_min: 90 });
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
      expect(await booked(client, coach, { pricing_type: 'discovery' })).toMatchObject({
        price_cents: 2_000,
        currency: 'EUR',
      });
    });

    it('is of its kind in a group, too', async () => {
      const group = await aCoach(app, { maxSlots: 3, profile: { discovery_enabled: true, discovery_free: true } });
      expect(await booked(client, coach, { coach_id: group.id, pricing_type: 'discovery' })).toMatchObject({
        type: 'discovery',
      });
    });

    it('is had once: not while one is booked, not after one is done, not by a client', async () => {
      await offer();
      const used = (body = {}) =>
        refused(
          client,
          coach,
          { pricing_type: 'discovery', scheduled_at: LATER, ...body },
          422,
          'discovery_already_used',
        );
      const booking = (await booked(client, coach, { pricing_type: 'discovery' })) as { id: string };
      await used();
      await confirm(coach, booking);
      await used();
      await app.setClock(SLOT);
      await expectStatus(coach.http.post(`/bookings/${booking.id}/done`), 200);
      expect(await bondOf(app, coach, client)).toBe('active');
      await used();
      await bond(app, coach, client, 'ended');
      await used();
      expect(await meansOf(client, coach)).toMatchObject({ client_can_book: false });
      const another = await app.register();
      for (const status of ['active', 'paused'] as const) {
        await bond(app, coach, another, status);
        await refused(
          another,
          coach,
          { pricing_type: 'discovery', scheduled_at: LATER },
          422,
          'discovery_already_used',
        );
      }
    });

    it('can be asked for again when it did not take place', async () => {
      await offer();
      const { id } = (await booked(client, coach, { pricing_type: 'discovery' })) as { id: string };
      await expectStatus(client.http.delete(`/bookings/${id}`), 200);
      await booked(client, coach, { pricing_type: 'discovery' });
    });
  });

  describe('a full coach', () => {
    beforeEach(async () => {
      await price(coach, 5_000);
      await expectStatus(coach.http.put('/coaches/profile').send({ max_clients: 2 }), 200);
      await bond(app, coach, await app.register(), 'active');
    });

    it('takes nobody new, and goes on with those he has', async () => {
      const discovering = await app.register();
      await bond(app, coach, await app.register(), 'paused');
      await bond(app, coach, await app.register(), 'ended');
      await booked(client, coach);
      await bond(app, coach, discovering, 'discovery');
      const newcomer = await app.register();
      await refused(newcomer, coach, { scheduled_at: LATER }, 422, 'coach_full');
      await expectStatus(ask(discovering, coach, { scheduled_at: LATER }), 201);
    });
  });
});
