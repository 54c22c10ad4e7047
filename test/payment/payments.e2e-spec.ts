import { randomUUID } from 'node:crypto';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, type Listed, paymentsOf, sell, type WirePayment } from 'test/support/packages';
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

describe('recording a payment', () => {
  it('answers the whole of it, pending and in cash unless it says otherwise', async () => {
    expect(await record(coach, client, {})).toEqual({
      id: expect.any(String),
      package_id: null,
      package_name: null,
      booking_id: null,
      coach_id: coach.id,
      client_id: client.id,
      amount_cents: 5_000,
      currency: 'EUR',
      payment_method: 'cash',
      reference: null,
      status: 'pending',
      description: null,
      paid_at: null,
      due_at: null,
      created_at: '2026-03-02T06:00:00Z',
    });
  });

  it('keeps everything that is given', async () => {
    const body = {
      amount_cents: 12_345,
      currency: 'CHF',
      payment_method: 'check',
      reference: 'N° 7',
      description: 'Deux séances\nen février',
      paid_at: '2026-02-20T10:00:00Z',
      due_at: '2026-02-28T10:00:00Z',
    };
    const payment = await record(coach, client, body);
    expect(payment).toMatchObject({ ...body, status: 'paid' });
    expect(await paymentsOf(client)).toEqual([payment]);
  });

  it('is paid now when it says so without a day', async () => {
    expect(await record(coach, client, { status: 'paid' })).toMatchObject({
      status: 'paid',
      paid_at: '2026-03-02T06:00:00Z',
    });
  });

  it.each<[string, object, object, string]>([
    ['amount_cents', { amount_cents: 0 }, { amount_cents: -1 }, 'too_small'],
    ['amount_cents', { amount_cents: 2_147_483_647 }, { amount_cents: 2_147_483_648 }, 'too_large'],
    ['reference', { reference: 'x'.repeat(100) }, { reference: 'x'.repeat(101) }, 'too_long'],
    ['description', { description: 'x'.repeat(500) }, { description: 'x'.repeat(501) }, 'too_long'],
    ['currency', { currency: 'MAD' }, { currency: 'ABC' }, 'invalid_currency'],
    ['payment_method', { payment_method: 'other' }, { payment_method: 'crypto' }, 'invalid_value'],
    ['status', { status: 'pending' }, { status: 'late' }, 'invalid_value'],
    [
      'status',
      { status: 'paid', paid_at: '2026-03-01T06:00:00Z' },
      { status: 'pending', paid_at: '2026-03-01T06:00:00Z' },
      'invalid_value',
    ],
    ['paid_at', { paid_at: null }, { paid_at: 'today' }, 'invalid_datetime'],
    ['booking_id', { booking_id: null }, { booking_id: randomUUID(), package_id: randomUUID() }, 'invalid_value'],
  ])('keeps %s within its limits', async (field, good, bad, code) => {
    expect(await record(coach, client, good)).toMatchObject(good);
    const answer = await coach.http.post(paymentsPath(client)).send({ amount_cents: 5_000, ...bad });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer.body)).toContain(`${field} ${code}`);
  });

  it('is for clients of the caller, and for what they bought of him', async () => {
    const other = await aCoach(app, { days: [1] });
    await befriend(app, other, client);
    const foreign = await sell(other, client);
    const booking = await book(client, other.id, '2026-03-03T09:00:00Z');
    const send = (body: object, person = client.id) =>
      coach.http.post(`/coaches/clients/${person}/payments`).send({ amount_cents: 1, ...body });
    expect(await refusedWith(send({}, randomUUID()), 404)).toBe('client_not_found');
    for (const id of [foreign.id, randomUUID()])
      expect(await refusedWith(send({ package_id: id }), 404)).toBe('package_not_found');
    for (const id of [booking.id, randomUUID()])
      expect(await refusedWith(send({ booking_id: id }), 404)).toBe('booking_not_found');
    expect(await paymentsOf(client)).toEqual([]);
  });

  it('is in the currency of what it pays', async () => {
    const booking_id = await aBooking({ coach, client });
    const pack = await sell(coach, client, { currency: 'CHF' });
    expect(await record(coach, client, { package_id: pack.id })).toMatchObject({ currency: 'CHF' });
    const wrong = { amount_cents: 1, package_id: pack.id, currency: 'EUR' };
    expect(await refusedWith(coach.http.post(paymentsPath(client)).send(wrong), 422)).toBe('currency_mismatch');
    const booking = { amount_cents: 1, booking_id, currency: 'CHF' };
    expect(await refusedWith(coach.http.post(paymentsPath(client)).send(booking), 422)).toBe('currency_mismatch');
  });

  it('happens once for one idempotency key', async () => {
    const key = randomUUID();
    const booking_id = await aBooking({ coach, client });
    await bill(app, { coach, client }, booking_id);
    const send = () =>
      coach.http
        .post(paymentsPath(client))
        .set('Idempotency-Key', key)
        .send({ amount_cents: 1, booking_id, status: 'paid' });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([200, 200, 'true']);
    expect(again.body).toEqual(first.body);
  });
});

describe('the payments of a client', () => {
  it('are listed newest first, by status and by the day of the money', async () => {
    const old = await record(coach, client, { paid_at: '2026-02-10T12:00:00Z' });
    await app.advance(1);
    const open = await record(coach, client, {});
    const ids = async (query: string): Promise<string[]> =>
      (await expectStatus<Listed<WirePayment>>(coach.http.get(`${paymentsPath(client)}${query}`), 200)).items.map(
        ({ id }) => id,
      );
    expect(await ids('')).toEqual([open.id, old.id]);
    expect(await ids('?status=paid')).toEqual([old.id]);
    expect(await ids('?from=2026-02-10&to=2026-02-10')).toEqual([old.id]);
    expect(await ids('?from=2026-02-10T12:00:01Z')).toEqual([open.id]);
    expect(await ids('?to=2026-02-10T12:00:00Z')).toEqual([]);
    expect(await ids('?offset=1&limit=1')).toEqual([old.id]);
    expect(faultsOf((await coach.http.get(`${paymentsPath(client)}?from=2026-02-10&to=2026-02-09`)).body)).toEqual([
      'to invalid_date_range',
    ]);
    expect(await refusedWith(coach.http.get(`/coaches/clients/${randomUUID()}/payments`), 404)).toBe(
      'client_not_found',
    );
  });

  it('are shown to the client, by coach and status, and to nobody else', async () => {
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    const mine = await record(coach, client, { status: 'paid' });
    const send = other.http.post(paymentsPath(client)).send({ amount_cents: 1 });
    const theirs = await expectStatus<WirePayment>(send, 201);
    expect(await paymentsOf(client, `?coach_id=${coach.id}`)).toEqual([mine]);
    expect(await paymentsOf(client, '?status=pending')).toEqual([theirs]);
    expect(await paymentsOf(client, `?coach_id=${coach.id}&status=pending`)).toEqual([]);
    expect(await expectStatus<Listed<WirePayment>>(other.http.get(paymentsPath(client)), 200)).toMatchObject({
      items: [theirs],
    });
    expect(await paymentsOf(coach)).toEqual([]);
  });

  it('add up to what a coach was paid in a month, in one currency', async () => {
    await record(coach, client, { paid_at: '2026-02-28T23:59:59Z' });
    await record(coach, client, { paid_at: '2026-03-01T00:00:00Z', amount_cents: 2_147_483_647 });
    await record(coach, client, { paid_at: '2026-03-31T23:59:59Z', amount_cents: 2_147_483_647 });
    await record(coach, client, { paid_at: '2026-04-01T00:00:00Z' });
    await record(coach, client, { paid_at: '2026-03-15T00:00:00Z', currency: 'CHF' });
    await record(coach, client, {});
    const [from, to] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
    expect(await app.nest.get(PaymentService).paidBetween(coach.id, from, to, 'EUR')).toBe(4_294_967_294);
  });
});
