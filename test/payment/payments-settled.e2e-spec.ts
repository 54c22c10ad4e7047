import { randomUUID } from 'node:crypto';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, packageOf, paymentsOf, sell, type WirePayment } from 'test/support/packages';
import { faultsOf, refusedWith } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aBooking, bill, dealers, paymentsPath, record } from './paying';

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ({ coach, client } = await dealers(app));
});
afterEach(() => expectInvariants(app.database));

describe('the money for a package', () => {
  it('makes one that waited active; a pending payment does not', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    const pending = await record(coach, client, { package_id: pack.id });
    expect(pending).toMatchObject({ package_name: 'Dix séances' });
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'awaiting_payment' });
    await expectStatus(coach.http.put(paymentsPath(client, pending.id)).send({ status: 'paid' }), 200);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'active' });
  });

  it('makes it active at once when it is recorded as paid', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    await record(coach, client, { package_id: pack.id, status: 'paid' });
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'active' });
  });
});

describe('the payment of a booking', () => {
  it('is opened once, due in 14 days', async () => {
    const id = await aBooking({ coach, client });
    await bill(app, { coach, client }, id);
    await bill(app, { coach, client }, id, 9_000);
    const [payment, ...more] = await paymentsOf(client);
    expect(more).toEqual([]);
    expect(payment).toMatchObject({
      booking_id: id,
      amount_cents: 5_000,
      payment_method: 'cash',
      status: 'pending',
      due_at: '2026-03-16T06:00:00Z',
    });
  });

  it('is not opened for nothing', async () => {
    await bill(app, { coach, client }, await aBooking({ coach, client }), 0);
    expect(await paymentsOf(client)).toEqual([]);
  });

  it('is settled by the one that the coach records', async () => {
    const booking_id = await aBooking({ coach, client });
    await bill(app, { coach, client }, booking_id);
    const [open] = await paymentsOf(client);
    const settled = await record(
      coach,
      client,
      { booking_id, amount_cents: 4_500, payment_method: 'card', status: 'paid' },
      200,
    );
    expect(settled).toMatchObject({ id: open?.id, status: 'paid', amount_cents: 4_500, payment_method: 'card' });
    expect(await paymentsOf(client)).toEqual([settled]);
  });

  it('may be recorded ahead, and then no second one is opened', async () => {
    const booking_id = await aBooking({ coach, client });
    const payment = await record(coach, client, { booking_id, status: 'paid' });
    await bill(app, { coach, client }, booking_id);
    expect(await paymentsOf(client)).toEqual([payment]);
    const again = coach.http.post(paymentsPath(client)).send({ amount_cents: 1, booking_id });
    expect(await refusedWith(again, 422)).toBe('invalid_transition');
  });

  it('is cancelled with the booking as long as it is open, and may then be opened anew', async () => {
    const id = await aBooking({ coach, client });
    await bill(app, { coach, client }, id);
    const cancel = (): Promise<void> =>
      app.nest.get(PaymentService).cancelForBooking(id, new Date('2026-03-02T07:00:00Z'));
    await cancel();
    expect((await paymentsOf(client)).map(({ status }) => status)).toEqual(['cancelled']);
    await record(coach, client, { booking_id: id, status: 'paid' });
    await cancel();
    expect((await paymentsOf(client)).map(({ status }) => status).sort()).toEqual(['cancelled', 'paid']);
  });

  it('is settled once by twenty who record it at the same time', async () => {
    const booking_id = await aBooking({ coach, client });
    await bill(app, { coach, client }, booking_id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        coach.http.post(paymentsPath(client)).send({ amount_cents: 5_000, booking_id, status: 'paid' }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(422)]);
    expect(await paymentsOf(client)).toHaveLength(1);
  });

  it('is one however many sessions become done and however many payments are recorded at once', async () => {
    const booking_id = await aBooking({ coach, client });
    const acts = Array.from({ length: 10 }, () => [
      coach.http.post(paymentsPath(client)).send({ amount_cents: 5_000, booking_id }),
      app.nest.get(UnitOfWork).run(() => bill(app, { coach, client }, booking_id)),
    ]).flat();
    const answers = (await Promise.all(acts)) as ({ status: number } | undefined)[];
    for (const answer of answers) if (answer) expect([200, 201]).toContain(answer.status);
    expect(await paymentsOf(client)).toHaveLength(1);
  });

  it('counts as due until it is paid', async () => {
    const booking_id = await aBooking({ coach, client });
    const due = (): Promise<number> => app.nest.get(PaymentService).dueOfPair(coach.id, client.id);
    await record(coach, client, { status: 'pending' });
    expect(await due()).toBe(0);
    await bill(app, { coach, client }, booking_id);
    expect(await due()).toBe(1);
    await record(coach, client, { booking_id, status: 'paid' }, 200);
    expect(await due()).toBe(0);
  });
});

describe('changing a payment', () => {
  it('pays it, and what is paid stays paid', async () => {
    const { id } = await record(coach, client, {});
    const paid = coach.http.put(paymentsPath(client, id)).send({ status: 'paid', paid_at: '2026-02-28T12:00:00Z' });
    expect(await expectStatus<WirePayment>(paid, 200)).toMatchObject({
      status: 'paid',
      paid_at: '2026-02-28T12:00:00Z',
    });
    for (const status of ['paid', 'cancelled'])
      expect(await refusedWith(coach.http.put(paymentsPath(client, id)).send({ status }), 422)).toBe(
        'invalid_transition',
      );
  });

  it('cancels it, and what is cancelled stays so', async () => {
    const { id } = await record(coach, client, {});
    const cancelled = coach.http.put(paymentsPath(client, id)).send({ status: 'cancelled' });
    expect(await expectStatus<WirePayment>(cancelled, 200)).toMatchObject({ status: 'cancelled', paid_at: null });
    for (const body of [{ status: 'paid' }, { status: 'cancelled' }, { paid_at: '2026-03-01T00:00:00Z' }])
      expect(await refusedWith(coach.http.put(paymentsPath(client, id)).send(body), 422)).toBe('invalid_transition');
  });

  it('leaves what is absent and clears what is null', async () => {
    const payment = await record(coach, client, { reference: 'A', description: 'B', due_at: '2026-03-09T00:00:00Z' });
    const noted = coach.http.put(paymentsPath(client, payment.id)).send({ reference: null, payment_method: 'card' });
    expect(await expectStatus<WirePayment>(noted, 200)).toEqual({
      ...payment,
      reference: null,
      payment_method: 'card',
    });
    const bad = await coach.http
      .put(paymentsPath(client, payment.id))
      .send({ status: null, payment_method: null, paid_at: null, amount_cents: 1 });
    expect(faultsOf(bad.body).sort()).toEqual(['paid_at required', 'payment_method required', 'status required']);
    const both = await coach.http
      .put(paymentsPath(client, payment.id))
      .send({ status: 'cancelled', paid_at: '2026-03-01T00:00:00Z' });
    expect(faultsOf(both.body)).toEqual(['status invalid_value']);
  });

  it('is the coach’s own', async () => {
    const { id } = await record(coach, client, {});
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    expect(await refusedWith(other.http.put(paymentsPath(client, id)).send({ status: 'paid' }), 404)).toBe(
      'payment_not_found',
    );
    expect(await refusedWith(coach.http.put(paymentsPath(client, randomUUID())).send({ status: 'paid' }), 404)).toBe(
      'payment_not_found',
    );
    expect((await client.http.put(paymentsPath(client, id)).send({ status: 'paid' })).status).toBe(403);
    const second = await app.register();
    await befriend(app, coach, second);
    const wrong = coach.http.put(`/coaches/clients/${second.id}/payments/${id}`).send({ status: 'paid' });
    expect(await refusedWith(wrong, 404)).toBe('payment_not_found');
  });

  it('pays once of twenty times at once', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    const { id } = await record(coach, client, { package_id: pack.id });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        coach.http.put(paymentsPath(client, id)).send({ status: at % 2 === 0 ? 'paid' : 'cancelled' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(422)]);
    const [payment] = await paymentsOf(client);
    expect(await packageOf(client, pack.id)).toMatchObject({
      status: payment?.status === 'paid' ? 'active' : 'awaiting_payment',
    });
  });
});
