import { randomUUID } from 'node:crypto';
import { promote } from 'test/auth/links';
import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, ledgerOf, packageOf, sell, type WirePackage, type WirePayment } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}
interface Purchase {
  package: WirePackage;
  payment: WirePayment;
}
interface Page<T> {
  items: T[];
  total: number;
  has_more: boolean;
}

const TEN = { name: 'Dix séances', sessions_total: 10, price_cents: 45_000 };
const PRICE = { type: 'package', name: 'Vingt séances', session_count: 20, price_cents: 80_000, validity_months: 6 };

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aSeller();
  client = await app.register();
  await befriend(app, coach, client);
});
afterEach(() => expectInvariants(app.database));

const aSeller = (timezone = 'Europe/Paris'): Promise<TestPerson> =>
  aCoach(app, { timezone, days: [], priceCents: null });
const path = (person: TestPerson = client): string => `/coaches/clients/${person.id}/packages`;
const faults = (body: unknown): string[] =>
  ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`).sort();

async function price(values: Record<string, unknown> = {}, of: TestPerson = coach): Promise<string> {
  const { id } = await expectStatus<{ id: string }>(
    of.http.post('/coaches/pricing').send({ ...PRICE, ...values }),
    201,
  );
  return id;
}

async function refused(request: PromiseLike<{ status: number; body: unknown }>, status: number): Promise<string> {
  return (await expectStatus<Refusal>(request, status)).detail;
}

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
    const pricingId = await price({ is_public: false, currency: 'CHF' });
    const pack = await expectStatus<WirePackage>(coach.http.post(path()).send({ pricing_id: pricingId }), 201);
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
    const pack = await sell(coach, client, { pricing_id: await price(), ...terms });
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
    const far = await aSeller('Pacific/Auckland');
    await befriend(app, far, client);
    const pricingId = await price({ validity_months: 1 }, far);
    const pack = await expectStatus<WirePackage>(far.http.post(path()).send({ pricing_id: pricingId }), 201);
    expect(pack.valid_until).toBe('2026-02-28');
  });

  it('names every fault at once', async () => {
    expect(faults((await coach.http.post(path()).send({ currency: 'ABC', status: 'expired' })).body)).toEqual([
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
    const answer = await coach.http.post(path()).send({ ...TEN, ...bad });
    expect(answer.status).toBe(422);
    expect(faults(answer.body)).toContain(`${field} ${code}`);
  });

  it('finds his own prices of packages only', async () => {
    const stranger = await aSeller();
    const other = await price({}, stranger);
    expect(await refused(coach.http.post(path()).send({ pricing_id: other }), 404)).toBe('pricing_not_found');
    expect(await refused(coach.http.post(path()).send({ pricing_id: randomUUID() }), 404)).toBe('pricing_not_found');
    const single = await price({ type: 'per_session', session_count: 1, validity_months: null });
    expect(await refused(coach.http.post(path()).send({ pricing_id: single }), 422)).toBe('not_a_package');
  });

  it('has clients of his own only', async () => {
    const stranger = await app.register();
    for (const nobody of [stranger.id, randomUUID(), coach.id]) {
      expect(await refused(coach.http.post(`/coaches/clients/${nobody}/packages`).send(TEN), 404)).toBe(
        'client_not_found',
      );
      expect(await refused(coach.http.get(`/coaches/clients/${nobody}/packages`), 404)).toBe('client_not_found');
    }
    expect((await client.http.post(path()).send(TEN)).status).toBe(403);
  });

  it('makes one package for one idempotency key', async () => {
    const key = randomUUID();
    const first = await coach.http.post(path()).set('Idempotency-Key', key).send(TEN);
    const again = await coach.http.post(path()).set('Idempotency-Key', key).send(TEN);
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(await expectStatus<Page<WirePackage>>(coach.http.get(path()), 200)).toMatchObject({ total: 1 });
  });
});

describe('the packages that were sold', () => {
  it('are listed newest first, by status and coach, each side its own', async () => {
    const other = await aSeller();
    await befriend(app, other, client);
    const first = await sell(coach, client);
    await app.advance(1);
    const second = await sell(coach, client, { status: 'awaiting_payment' });
    await app.advance(1);
    const third = await sell(other, client);
    const ids = async (person: TestPerson, query: string): Promise<string[]> =>
      (await expectStatus<Page<WirePackage>>(person.http.get(query), 200)).items.map(({ id }) => id);
    expect(await ids(client, '/packages/me')).toEqual([third.id, second.id, first.id]);
    expect(await ids(client, `/packages/me?coach_id=${coach.id}`)).toEqual([second.id, first.id]);
    expect(await ids(client, `/packages/me?coach_id=${coach.id}&status=active`)).toEqual([first.id]);
    expect(await ids(coach, path())).toEqual([second.id, first.id]);
    expect(await ids(coach, `${path()}?status=awaiting_payment`)).toEqual([second.id]);
    expect(await ids(coach, `${path()}?offset=1&limit=1`)).toEqual([first.id]);
    expect(await ids(coach, '/packages/me')).toEqual([]);
    expect((await coach.http.get(`${path()}?status=sold`)).status).toBe(422);
    expect((await client.http.get('/packages/me?status=active&status=expired')).status).toBe(422);
  });

  it('cost the same number of queries however many they are', async () => {
    const cost = async (): Promise<number> => {
      const before = app.queryCount();
      await expectStatus(coach.http.get(path()), 200);
      return app.queryCount() - before;
    };
    await sell(coach, client);
    await cost();
    const few = await cost();
    for (let more = 0; more < 5; more += 1) await sell(coach, client);
    expect(await cost()).toBe(few);
  });
});

describe('the packages on offer', () => {
  it('are the public ones of the coaches that the caller is active with', async () => {
    const other = await aSeller();
    const publicId = await price();
    await price({ is_public: false });
    await app.advance(1);
    await price({}, other);
    const offers = await expectStatus<Page<{ id: string }>>(client.http.get('/packages/available'), 200);
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
    const byCoach = await expectStatus<Page<unknown>>(client.http.get(`/packages/available?coach_id=${other.id}`), 200);
    expect(byCoach.total).toBe(1);
    await expectStatus(coach.http.put(`/coaches/clients/${client.id}/relation`).send({ status: 'paused' }), 200);
    expect(await expectStatus<Page<unknown>>(client.http.get('/packages/available'), 200)).toMatchObject({ total: 0 });
  });

  it('are of nobody who is no coach', async () => {
    for (const nobody of [randomUUID(), client.id])
      expect(await refused(client.http.get(`/packages/available?coach_id=${nobody}`), 404)).toBe('coach_not_found');
  });
});

describe('a client who buys a package', () => {
  const buy = (pricingId: string, person: TestPerson = client) =>
    person.http.post('/packages/purchase').send({ pricing_id: pricingId, payment_method: 'bank_transfer' });

  it('owns it once the coach has recorded the payment', async () => {
    const bought = await expectStatus<Purchase>(buy(await price()), 201);
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
    const { package: pack, payment } = await expectStatus<Purchase>(buy(await price(), newcomer), 201);
    const listed = await expectStatus<Page<WirePackage>>(coach.http.get(path(newcomer)), 200);
    expect(listed.items).toEqual([pack]);
    const paying = coach.http.put(`/coaches/clients/${newcomer.id}/payments/${payment.id}`).send({ status: 'paid' });
    await expectStatus(paying, 200);
    expect(await packageOf(newcomer, pack.id)).toMatchObject({ status: 'active' });
  });

  it('buys what is public, of a coach who can be booked, and is not his own', async () => {
    const hidden = await price({ is_public: false });
    const single = await price({ type: 'per_session', session_count: 1, validity_months: null });
    const own = await price();
    expect(await refused(buy(hidden), 404)).toBe('pricing_not_found');
    expect(await refused(buy(randomUUID()), 404)).toBe('pricing_not_found');
    expect(await refused(buy(single), 422)).toBe('not_a_package');
    expect(await refused(buy(own, coach), 422)).toBe('cannot_book_self');
    await app.database.query(
      `UPDATE users SET status = 'suspended', status_before_suspension = 'active' WHERE id = $1`,
      [coach.id],
    );
    expect(await refused(buy(own), 404)).toBe('pricing_not_found');
    const { rowCount } = await app.database.query('SELECT FROM packages WHERE client_id = $1', [client.id]);
    expect(rowCount).toBe(0);
  });

  it('says how he pays, and buys once for one idempotency key', async () => {
    const pricingId = await price();
    const bad = await client.http.post('/packages/purchase').send({ payment_method: 'gold' });
    expect(faults(bad.body)).toEqual(['payment_method invalid_value', 'pricing_id required']);
    const key = randomUUID();
    const first = await buy(pricingId).set('Idempotency-Key', key);
    const again = await buy(pricingId).set('Idempotency-Key', key);
    expect(again.body).toEqual(first.body);
    expect(await expectStatus<Page<unknown>>(client.http.get('/packages/me'), 200)).toMatchObject({ total: 1 });
  });
});

describe('a correction', () => {
  const adjust = (pack: WirePackage, body: object, by: TestPerson = coach) =>
    by.http.post(`${path()}/${pack.id}/adjust`).send(body);

  it('adds and takes away sessions, with its reason in the ledger', async () => {
    const pack = await sell(coach, client);
    const more = await expectStatus<WirePackage>(adjust(pack, { sessions: 2, reason: 'Offertes' }), 200);
    expect(more).toMatchObject({ sessions_total: 10, sessions_remaining: 12, sessions_bookable: 12, sessions_used: 0 });
    const none = await expectStatus<WirePackage>(adjust(pack, { sessions: -12, reason: 'Rendues' }), 200);
    expect(none).toMatchObject({ status: 'exhausted', sessions_remaining: 0 });
    const again = await expectStatus<WirePackage>(adjust(pack, { sessions: 1, reason: 'Une de plus' }), 200);
    expect(again).toMatchObject({ status: 'active', sessions_remaining: 1 });
    const lines = (await ledgerOf(client, pack.id)).map(({ kind, sessions, reason }) => [kind, sessions, reason]);
    expect(lines).toEqual([
      ['purchase', 10, null],
      ['adjust', 2, 'Offertes'],
      ['adjust', -12, 'Rendues'],
      ['adjust', 1, 'Une de plus'],
    ]);
    const { rows } = await app.database.query<{ reason: string }>(
      `SELECT reason FROM package_movements WHERE package_id = $1 AND kind = 'adjust'`,
      [pack.id],
    );
    expect(rows.map(({ reason }) => /Offertes|Rendues|plus/.test(reason))).toEqual([false, false, false]);
  });

  it('never takes more than can be booked', async () => {
    const pack = await sell(coach, client);
    expect(await refused(adjust(pack, { sessions: -11, reason: 'Trop' }), 422)).toBe('invalid_transition');
    await expectStatus(adjust(pack, { sessions: -10, reason: 'Tout' }), 200);
  });

  it.each<[string, object, string]>([
    ['no sessions', { sessions: 0, reason: 'x' }, 'sessions invalid_value'],
    ['too many', { sessions: 201, reason: 'x' }, 'sessions too_large'],
    ['too few', { sessions: -201, reason: 'x' }, 'sessions too_small'],
    ['half a session', { sessions: 0.5, reason: 'x' }, 'sessions invalid_type'],
    ['no reason', { sessions: 1, reason: ' ' }, 'reason required'],
    ['a long reason', { sessions: 1, reason: 'x'.repeat(201) }, 'reason too_long'],
  ])('is not one of %s', async (_, body, fault) => {
    const pack = await sell(coach, client);
    const answer = await adjust(pack, body);
    expect(answer.status).toBe(422);
    expect(faults(answer.body)).toContain(fault);
    await expectStatus(adjust(pack, { sessions: 200, reason: 'x'.repeat(200) }), 200);
  });

  it('is the coach’s own, or an admin’s', async () => {
    const pack = await sell(coach, client);
    const other = await aSeller();
    await befriend(app, other, client);
    const body = { sessions: 1, reason: 'x' };
    expect(await refused(adjust(pack, body, other), 404)).toBe('package_not_found');
    expect(await refused(adjust({ ...pack, id: randomUUID() }, body), 404)).toBe('package_not_found');
    expect(await refused(adjust(pack, body, client), 403)).toBe('forbidden');
    const second = await app.register();
    await befriend(app, coach, second);
    const wrong = coach.http.post(`${path(second)}/${pack.id}/adjust`).send(body);
    expect(await refused(wrong, 404)).toBe('package_not_found');
    const admin = await app.register();
    await promote(app, admin);
    await expectStatus(adjust(pack, body, admin), 200);
    expect(await packageOf(client, pack.id)).toMatchObject({ sessions_remaining: 11 });
  });

  it('of fifty at once takes ten sessions ten times', async () => {
    const pack = await sell(coach, client);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => adjust(pack, { sessions: -1, reason: 'Une de moins' })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(200), ...Array<number>(40).fill(422)]);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'exhausted', sessions_remaining: 0 });
  });
});

describe('the ledger', () => {
  it('is for the client and the coach alone', async () => {
    const pack = await sell(coach, client);
    const [otherCoach, otherClient] = [await aSeller(), await app.register()];
    await befriend(app, otherCoach, client);
    for (const person of [otherCoach, otherClient])
      expect(await refused(person.http.get(`/packages/${pack.id}/movements`), 404)).toBe('package_not_found');
    expect(await ledgerOf(coach, pack.id)).toEqual(await ledgerOf(client, pack.id));
  });

  it('comes in pages, latest first', async () => {
    const pack = await sell(coach, client);
    for (const sessions of [1, 2, 3])
      await expectStatus(coach.http.post(`${path()}/${pack.id}/adjust`).send({ sessions, reason: 'x' }), 200);
    const page = client.http.get(`/packages/${pack.id}/movements?offset=1&limit=2`);
    const { items, total, has_more } = await expectStatus<Page<{ sessions: number }>>(page, 200);
    expect([items.map(({ sessions }) => sessions), total, has_more]).toEqual([[2, 1], 4, true]);
  });

  it('cannot be changed by anybody; its reasons alone can be cleared', async () => {
    const pack = await sell(coach, client);
    await expectStatus(coach.http.post(`${path()}/${pack.id}/adjust`).send({ sessions: 1, reason: 'x' }), 200);
    const run = (text: string): Promise<unknown> => app.database.query(`${text} WHERE package_id = '${pack.id}'`);
    for (const text of [
      'DELETE FROM package_movements',
      'UPDATE package_movements SET delta = 2',
      `UPDATE package_movements SET reason = 'y'`,
      'UPDATE package_movements SET reason = NULL, at = now()',
    ])
      await expect(run(text)).rejects.toThrow('movements are never changed or deleted');
    await expect(app.database.query('TRUNCATE package_movements')).rejects.toThrow('never changed or deleted');
    await run('UPDATE package_movements SET reason = NULL');
    expect((await ledgerOf(client, pack.id)).map(({ reason }) => reason)).toEqual([null, null]);
  });

  it('and the counters of its package cannot part', async () => {
    const pack = await sell(coach, client);
    await expect(
      app.database.query('UPDATE packages SET balance = 9, remaining = 9 WHERE id = $1', [pack.id]),
    ).rejects.toThrow('not those of its last movement');
    await expect(
      app.database.query(
        `INSERT INTO package_movements (package_id, seq, coach_id, client_id, at, kind, delta, remaining_delta,
           balance_after, remaining_after)
         VALUES ($1, 2, $2, $3, now(), 'adjust', 5, 5, 15, 15)`,
        [pack.id, coach.id, client.id],
      ),
    ).rejects.toThrow('does not continue the ledger');
  });
});
