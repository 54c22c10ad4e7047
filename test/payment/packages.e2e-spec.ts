import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, ledgerOf, type Listed, packageOf, sell, type WirePackage } from 'test/support/packages';
import { faultsOf, refusedWith } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aSeller, packagePrice, packagesPath, sellerAndClient, TEN } from './selling';

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

describe('a coach who makes a package', () => {
  it('gives the whole of it to the client at once', async () => {
    const pack = await sell(coach, client);
    expect(pack).toEqual({
      id: expect.any(String),
      client_id: client.id,
      coach_id: coach.id,
      coach_name: 'Inès Martin',
      pricing_id: null,
      name: 'Dix séances',
      sessions_total: 10,
      sessions_remaining: 10,
      sessions_bookable: 10,
      sessions_used: 0,
      price_cents: 45_000,
      currency: 'EUR',
      status: 'active',
      valid_until: null,
      alert_sent: false,
      created_at: '2026-03-02T06:00:00Z',
      updated_at: '2026-03-02T06:00:00Z',
    });
    expect(await packageOf(client, pack.id)).toEqual(pack);
    expect(await ledgerOf(client, pack.id)).toEqual([
      {
        at: '2026-03-02T06:00:00Z',
        kind: 'purchase',
        sessions: 10,
        remaining_after: 10,
        bookable_after: 10,
        booking_id: null,
        reason: null,
      },
    ]);
  });

  it('may sell it at a price of his, and later prices do not touch it', async () => {
    const pricingId = await packagePrice(coach, { is_public: false, currency: 'CHF' });
    const pack = await expectStatus<WirePackage>(
      coach.http.post(packagesPath(client)).send({ pricing_id: pricingId }),
      201,
    );
    expect(pack).toMatchObject({
      pricing_id: pricingId,
      name: 'Vingt séances',
      sessions_total: 20,
      price_cents: 80_000,
      currency: 'CHF',
      valid_until: '2026-09-02',
    });
    const dearer = { name: 'Autre', session_count: 5, price_cents: 1, currency: 'EUR', validity_months: 1 };
    await expectStatus(coach.http.put(`/coaches/pricing/${pricingId}`).send(dearer), 200);
    expect(await packageOf(client, pack.id)).toEqual(pack);
    await expectStatus(coach.http.delete(`/coaches/pricing/${pricingId}`), 204);
    expect(await packageOf(client, pack.id)).toEqual({ ...pack, pricing_id: null });
  });

  it('may change any of the terms of the price', async () => {
    const terms = { name: 'Prix d’ami', sessions_total: 21, price_cents: 70_000, currency: 'CHF', valid_until: null };
    const pack = await sell(coach, client, { pricing_id: await packagePrice(coach), ...terms });
    expect(pack).toMatchObject(terms);
  });

  it('may wait for the money first', async () => {
    expect(await sell(coach, client, { status: 'awaiting_payment' })).toMatchObject({
      status: 'awaiting_payment',
      sessions_bookable: 10,
    });
  });

  it('takes the months in his own zone, to the last day of a shorter month', async () => {
    // It is already the last of January in Auckland.
    await app.setClock('2026-01-30T12:00:00Z');
    const far = await aSeller(app, 'Pacific/Auckland');
    await befriend(app, far, client);
    const pricingId = await packagePrice(far, { validity_months: 1 });
    const pack = await expectStatus<WirePackage>(
      far.http.post(packagesPath(client)).send({ pricing_id: pricingId }),
      201,
    );
    expect(pack.valid_until).toBe('2026-02-28');
  });

  it('names every fault at once', async () => {
    expect(
      faultsOf((await coach.http.post(packagesPath(client)).send({ currency: 'ABC', status: 'expired' })).body).sort(),
    ).toEqual([
      'currency invalid_currency',
      'name required',
      'price_cents required',
      'sessions_total required',
      'status invalid_value',
    ]);
  });

  it.each<[string, Record<string, unknown>, object, string]>([
    ['name', { name: 'ab' }, { name: 'a' }, 'too_short'],
    ['name', { name: 'x'.repeat(100) }, { name: 'x'.repeat(101) }, 'too_long'],
    ['sessions_total', { sessions_total: 1 }, { sessions_total: 0 }, 'too_small'],
    ['sessions_total', { sessions_total: 200 }, { sessions_total: 201 }, 'too_large'],
    ['price_cents', { price_cents: 0 }, { price_cents: -1 }, 'too_small'],
    ['price_cents', { price_cents: 2_147_483_647 }, { price_cents: 2_147_483_648 }, 'too_large'],
    ['valid_until', { valid_until: '2026-03-03' }, { valid_until: '2026-03-02' }, 'too_small'],
    ['valid_until', { valid_until: null }, { valid_until: '2026-02-30' }, 'invalid_format'],
    ['currency', { currency: 'MAD' }, { currency: null }, 'required'],
  ])('keeps %s within its limits', async (field, good, bad, code) => {
    expect(await sell(coach, client, good)).toMatchObject(good);
    const answer = await coach.http.post(packagesPath(client)).send({ ...TEN, ...bad });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toContain(`${field} ${code}`);
  });

  it('finds his own prices of packages only', async () => {
    const stranger = await aSeller(app);
    const other = await packagePrice(stranger);
    expect(await refusedWith(coach.http.post(packagesPath(client)).send({ pricing_id: other }), 404)).toBe(
      'pricing_not_found',
    );
    expect(await refusedWith(coach.http.post(packagesPath(client)).send({ pricing_id: randomUUID() }), 404)).toBe(
      'pricing_not_found',
    );
    const single = await packagePrice(coach, { type: 'per_session', session_count: 1, validity_months: null });
    expect(await refusedWith(coach.http.post(packagesPath(client)).send({ pricing_id: single }), 422)).toBe(
      'not_a_package',
    );
  });

  it('has clients of his own only', async () => {
    const stranger = await app.register();
    for (const nobody of [stranger.id, randomUUID(), coach.id]) {
      expect(await refusedWith(coach.http.post(`/coaches/clients/${nobody}/packages`).send(TEN), 404)).toBe(
        'client_not_found',
      );
      expect(await refusedWith(coach.http.get(`/coaches/clients/${nobody}/packages`), 404)).toBe('client_not_found');
    }
    expect((await client.http.post(packagesPath(client)).send(TEN)).status).toBe(403);
  });

  it('makes one package for one idempotency key', async () => {
    const key = randomUUID();
    const first = await coach.http.post(packagesPath(client)).set('Idempotency-Key', key).send(TEN);
    const again = await coach.http.post(packagesPath(client)).set('Idempotency-Key', key).send(TEN);
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await expectStatus<Listed<WirePackage>>(coach.http.get(packagesPath(client)), 200)).toMatchObject({
      total: 1,
    });
  });
});

describe('the packages that were sold', () => {
  it('are listed newest first, by status and coach, each side its own', async () => {
    const other = await aSeller(app);
    await befriend(app, other, client);
    const first = await sell(coach, client);
    await app.advance(1);
    const second = await sell(coach, client, { status: 'awaiting_payment' });
    await app.advance(1);
    const third = await sell(other, client);
    const ids = async (person: TestPerson, query: string): Promise<string[]> =>
      (await expectStatus<Listed<WirePackage>>(person.http.get(query), 200)).items.map(({ id }) => id);
    expect(await ids(client, '/packages/me')).toEqual([third.id, second.id, first.id]);
    expect(await ids(client, `/packages/me?coach_id=${coach.id}`)).toEqual([second.id, first.id]);
    expect(await ids(client, `/packages/me?coach_id=${coach.id}&status=active`)).toEqual([first.id]);
    expect(await ids(coach, packagesPath(client))).toEqual([second.id, first.id]);
    expect(await ids(coach, `${packagesPath(client)}?status=awaiting_payment`)).toEqual([second.id]);
    expect(await ids(coach, `${packagesPath(client)}?offset=1&limit=1`)).toEqual([first.id]);
    expect(await ids(coach, '/packages/me')).toEqual([]);
    expect((await coach.http.get(`${packagesPath(client)}?status=sold`)).status).toBe(422);
    expect((await client.http.get('/packages/me?status=active&status=expired')).status).toBe(422);
  });

  it('cost the same number of queries however many they are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await expectStatus(coach.http.get(packagesPath(client)), 200);
      return app.queryCount() - before;
    };
    await sell(coach, client);
    await cost();
    const few = await cost();
    for (let more = 0; more < 5; more += 1) await sell(coach, client);
    expect(await cost()).toBe(few);
  });
});
