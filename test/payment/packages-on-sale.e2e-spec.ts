import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { type Listed, packageOf, type WirePackage, type WirePayment } from 'test/support/packages';
import { faultsOf, refusedWith } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aSeller, packagePrice, packagesPath, sellerAndClient } from './selling';

interface Purchase {
  package: WirePackage;
  payment: WirePayment;
}

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ coach, client } = await sellerAndClient(app));
});
afterEach(() => expectInvariants(app.database));

describe('the packages on offer', () => {
  it('are the public ones of the coaches that the caller is active with', async () => {
    const other = await aSeller(app);
    const publicId = await packagePrice(coach);
    await packagePrice(coach, { is_public: false });
    await app.advance(1);
    await packagePrice(other);
    const offers = await expectStatus<Listed<{ id: string }>>(client.http.get('/packages/available'), 200);
    expect(offers.items).toEqual([
      {
        id: publicId,
        coach_id: coach.id,
        coach_name: 'Inès Martin',
        type: 'package',
        name: 'Vingt séances',
        session_count: 20,
        price_cents: 80_000,
        currency: 'EUR',
        validity_months: 6,
        is_public: true,
        created_at: '2026-03-02T06:00:00Z',
      },
    ]);
    const byCoach = await expectStatus<Listed<unknown>>(
      client.http.get(`/packages/available?coach_id=${other.id}`),
      200,
    );
    expect(byCoach.total).toBe(1);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'paused' }), 200);
    expect(await expectStatus<Listed<unknown>>(client.http.get('/packages/available'), 200)).toMatchObject({
      total: 0,
    });
  });

  it('are of nobody who is no coach', async () => {
    for (const nobody of [randomUUID(), client.id])
      expect(await refusedWith(client.http.get(`/packages/available?coach_id=${nobody}`), 404)).toBe('coach_not_found');
  });
});

describe('a client who buys a package', () => {
  const buy = (pricingId: string, person: TestPerson = client) =>
    person.http.post('/packages/purchase').send({ pricing_id: pricingId, payment_method: 'bank_transfer' });

  it('owns it once the coach has recorded the payment', async () => {
    const bought = await expectStatus<Purchase>(buy(await packagePrice(coach)), 201);
    expect(bought.package).toMatchObject({
      status: 'awaiting_payment',
      sessions_bookable: 20,
      valid_until: '2026-09-02',
    });
    expect(bought.payment).toEqual({
      id: expect.any(String),
      package_id: bought.package.id,
      package_name: 'Vingt séances',
      booking_id: null,
      coach_id: coach.id,
      client_id: client.id,
      amount_cents: 80_000,
      currency: 'EUR',
      payment_method: 'bank_transfer',
      reference: null,
      status: 'pending',
      description: null,
      paid_at: null,
      due_at: null,
      created_at: '2026-03-02T06:00:00Z',
    });
    const paid = coach.http.put(`/coaches/clients/${client.id}/payments/${bought.payment.id}`).send({ status: 'paid' });
    expect(await expectStatus<WirePayment>(paid, 200)).toMatchObject({
      status: 'paid',
      paid_at: '2026-03-02T06:00:00Z',
      package_name: 'Vingt séances',
    });
    expect(await packageOf(client, bought.package.id)).toMatchObject({ status: 'active', sessions_bookable: 20 });
  });

  it('becomes visible to a coach who did not know him', async () => {
    const newcomer = await app.register();
    const { package: pack, payment } = await expectStatus<Purchase>(buy(await packagePrice(coach), newcomer), 201);
    const listed = await expectStatus<Listed<WirePackage>>(coach.http.get(packagesPath(newcomer)), 200);
    expect(listed.items).toEqual([pack]);
    const paying = coach.http.put(`/coaches/clients/${newcomer.id}/payments/${payment.id}`).send({ status: 'paid' });
    await expectStatus(paying, 200);
    expect(await packageOf(newcomer, pack.id)).toMatchObject({ status: 'active' });
  });

  it('buys what is public, of a coach who can be booked, and is not his own', async () => {
    const hidden = await packagePrice(coach, { is_public: false });
    const single = await packagePrice(coach, { type: 'per_session', session_count: 1, validity_months: null });
    const own = await packagePrice(coach);
    expect(await refusedWith(buy(hidden), 404)).toBe('pricing_not_found');
    expect(await refusedWith(buy(randomUUID()), 404)).toBe('pricing_not_found');
    expect(await refusedWith(buy(single), 422)).toBe('not_a_package');
    expect(await refusedWith(buy(own, coach), 422)).toBe('cannot_book_self');
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [coach.id],
    );
    expect(await refusedWith(buy(own), 404)).toBe('pricing_not_found');
    const { rowCount } = await app.database.query('SELECT FROM packages WHERE client_id = $1', [client.id]);
    expect(rowCount).toBe(0);
  });

  it('says how he pays, and buys once for one idempotency key', async () => {
    const pricingId = await packagePrice(coach);
    const bad = await client.http.post('/packages/purchase').send({ payment_method: 'gold' });
    expect(faultsOf(bad.body).sort()).toEqual(['payment_method invalid_value', 'pricing_id required']);
    const key = randomUUID();
    const first = await buy(pricingId).set('Idempotency-Key', key);
    const again = await buy(pricingId).set('Idempotency-Key', key);
    expect(again.body).toEqual(first.body);
    expect(await expectStatus<Listed<unknown>>(client.http.get('/packages/me'), 200)).toMatchObject({ total: 1 });
  });
});
