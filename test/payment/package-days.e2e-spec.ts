import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, ledgerOf, packageOf, paymentsOf, sell, type WirePackage } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { EventBus } from 'src/common/events/event-bus';
import { PackageExpiring, PaymentLate } from 'src/modules/payment/payment.events';

const DAY = 86_400;

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;
const warnings: PackageExpiring[] = [];
const late: PaymentLate[] = [];

beforeAll(async () => {
  app = await startTestApp();
  app.nest.get(EventBus).subscribe(PackageExpiring, 'test', (event) => Promise.resolve(void warnings.push(event)));
  app.nest.get(EventBus).subscribe(PaymentLate, 'test', (event) => Promise.resolve(void late.push(event)));
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock('2026-03-02T06:00:00Z');
  await app.database.query('DELETE FROM payments');
  warnings.length = 0;
  late.length = 0;
  ({ coach, client } = await aPair());
});
afterEach(() => expectInvariants(app.database));

async function aPair(timezone = 'Europe/Paris'): Promise<{ coach: TestPerson; client: TestPerson }> {
  const pair = { coach: await aCoach(app, { timezone, days: [], priceCents: null }), client: await app.register() };
  await befriend(app, pair.coach, pair.client);
  return pair;
}

/** Names of the jobs of this module that did something, with the moment. */
async function passing(seconds: number): Promise<string[]> {
  const runs = await app.advance(seconds);
  return runs
    .filter(({ name }) => name === 'expire_packages' || name === 'mark_late_payments')
    .map(({ name, at }) => `${name} ${at}`);
}

describe('the last day of a package', () => {
  it('is included: the night after it takes what can still be booked', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-05' });
    expect(await passing(3 * DAY)).toEqual(['expire_packages 2026-03-03T02:00:00Z']);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'active', sessions_bookable: 10 });
    expect(await passing(DAY)).toEqual(['expire_packages 2026-03-06T02:00:00Z']);
    expect(await packageOf(client, pack.id)).toMatchObject({
      status: 'expired',
      sessions_remaining: 0,
      sessions_bookable: 0,
      sessions_used: 0,
    });
    expect((await ledgerOf(client, pack.id)).at(-1)).toMatchObject({ kind: 'expire', sessions: 10, bookable_after: 0 });
  });

  it('is over once: a job that runs again changes nothing', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-03' });
    await passing(3 * DAY);
    const before = await packageOf(client, pack.id);
    const again = await expectStatus<{ processed_count: number }>(
      app.http.post('/sandbox/jobs/expire_packages/run'),
      200,
    );
    expect(again.processed_count).toBe(0);
    expect(await packageOf(client, pack.id)).toEqual(before);
    expect(await ledgerOf(client, pack.id)).toHaveLength(2);
  });

  it('ends where the coach is, not in Greenwich', async () => {
    const west = await aPair('Pacific/Honolulu');
    const east = await aPair('Pacific/Auckland');
    const [later, sooner] = [
      await sell(west.coach, west.client, { valid_until: '2026-03-05' }),
      await sell(east.coach, east.client, { valid_until: '2026-03-05' }),
    ];
    await app.advance(2 * DAY + 20 * 3600 + 1);
    // 02:00 UTC on the sixth: 15:00 in Auckland, and still the fifth at 16:00 in Honolulu.
    await app.advance(DAY);
    expect((await packageOf(east.client, sooner.id)).status).toBe('expired');
    expect((await packageOf(west.client, later.id)).status).toBe('active');
    await app.advance(DAY);
    expect((await packageOf(west.client, later.id)).status).toBe('expired');
  });

  it('can no longer be corrected', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-03' });
    const adjust = (): PromiseLike<{ status: number; body: unknown }> =>
      coach.http.post(`/coaches/clients/${client.id}/packages/${pack.id}/adjust`).send({ sessions: 1, reason: 'x' });
    // The day has passed in Paris, the job has not come by.
    await app.setClock('2026-03-03T23:30:00Z');
    await expectStatus(adjust(), 422);
    await passing(DAY);
    await expectStatus(adjust(), 422);
  });
});

describe('the warning', () => {
  const warn = async (pack: WirePackage): Promise<void> => {
    expect(
      warnings.map(({ pack: { packageId }, remaining, validUntil }) => [packageId, remaining, validUntil]),
    ).toEqual([[pack.id, pack.sessions_remaining, pack.valid_until]]);
    await Promise.resolve();
  };

  it('comes seven days before the last one, once', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-20' });
    expect(await passing(10 * DAY)).toEqual([]);
    expect(warnings).toEqual([]);
    expect(await passing(DAY)).toEqual(['expire_packages 2026-03-13T02:00:00Z']);
    await warn(pack);
    await passing(6 * DAY);
    await warn(pack);
  });

  it('is late for a package that was sold with less', async () => {
    const pack = await sell(coach, client, { valid_until: '2026-03-04' });
    await passing(DAY);
    await warn(pack);
  });

  it('is not for packages that are used up, unpaid or without a last day', async () => {
    const used = await sell(coach, client, { valid_until: '2026-03-06' });
    const body = { sessions: -10, reason: 'x' };
    await expectStatus(coach.http.post(`/coaches/clients/${client.id}/packages/${used.id}/adjust`).send(body), 200);
    await sell(coach, client, { valid_until: '2026-03-06', status: 'awaiting_payment' });
    await sell(coach, client);
    await passing(3 * DAY);
    expect(warnings.filter(({ pack }) => pack.clientId === client.id)).toEqual([]);
  });
});

describe('a package that nobody paid', () => {
  it('is given up after sixty days, with its payment', async () => {
    const price = { type: 'package', name: 'Dix', session_count: 10, price_cents: 1 };
    const { id } = await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(price), 201);
    const buy = client.http.post('/packages/purchase').send({ pricing_id: id, payment_method: 'cash' });
    const { package: pack } = await expectStatus<{ package: WirePackage }>(buy, 201);
    // 60 days are over at 06:00 of the first of May; the job comes by on the second.
    await passing(60 * DAY);
    expect((await packageOf(client, pack.id)).status).toBe('awaiting_payment');
    expect(await passing(DAY)).toEqual(['expire_packages 2026-05-02T02:00:00Z']);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'cancelled', sessions_bookable: 0 });
    expect((await paymentsOf(client)).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await ledgerOf(client, pack.id)).map(({ kind }) => kind)).toEqual(['purchase', 'expire']);
  });
});

describe('a payment that is due', () => {
  it('is late after that moment and not at it, and is told once', async () => {
    const path = `/coaches/clients/${client.id}/payments`;
    const record = (due_at: string): PromiseLike<{ status: number; body: unknown }> =>
      coach.http.post(path).send({ amount_cents: 5_000, due_at });
    await expectStatus(record('2026-03-03T02:00:00Z'), 201);
    await expectStatus(record('2026-03-03T01:59:59.999Z'), 201);
    const statuses = async (): Promise<string[]> => (await paymentsOf(client)).map(({ status }) => status).sort();
    expect(await passing(20 * 3600)).toEqual(['mark_late_payments 2026-03-03T02:00:00Z']);
    expect(await statuses()).toEqual(['late', 'pending']);
    expect(late.map(({ payment, dueAt }) => [payment.amountCents, dueAt.toISOString()])).toEqual([
      [5_000, '2026-03-03T01:59:59.999Z'],
    ]);
    expect(await passing(DAY)).toEqual(['mark_late_payments 2026-03-04T02:00:00Z']);
    expect(await statuses()).toEqual(['late', 'late']);
    await passing(2 * DAY);
    expect(late).toHaveLength(2);
  });

  it('can still be paid or cancelled', async () => {
    const path = `/coaches/clients/${client.id}/payments`;
    for (const status of ['paid', 'cancelled']) {
      const record = coach.http.post(path).send({ amount_cents: 1, due_at: '2026-03-01T00:00:00Z' });
      const { id } = await expectStatus<{ id: string }>(record, 201);
      await passing(DAY);
      expect((await paymentsOf(client, '?status=late')).map((one) => one.id)).toEqual([id]);
      await expectStatus(coach.http.put(`${path}/${id}`).send({ status }), 200);
    }
    await passing(DAY);
    expect((await paymentsOf(client)).map(({ status }) => status)).toEqual(['cancelled', 'paid']);
  });
});
