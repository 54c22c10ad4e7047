import { randomUUID } from 'node:crypto';
import { UnitOfWork } from 'src/common/transaction/unit-of-work';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, packageOf, paymentsOf, sell, type WirePayment } from 'test/support/packages';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';

interface Refusal {
  detail: string;
  errors?: { field: string; code: string }[];
}
interface Page<T> {
  items: T[];
  total: number;
}

let app: TestApp;
let coach: TestPerson;
let client: TestPerson;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.setClock('2026-03-02T06:00:00Z');
  coach = await aCoach(app, { days: [1] });
  client = await app.register();
  await befriend(app, coach, client);
});
afterEach(() => expectInvariants(app.database));

const path = (id?: string): string => `/coaches/clients/${client.id}/payments${id ? `/${id}` : ''}`;
const faults = (body: unknown): string[] =>
  ((body as Refusal).errors ?? []).map(({ field, code }) => `${field} ${code}`).sort();

async function record(body: object, status = 201): Promise<WirePayment> {
  return expectStatus<WirePayment>(coach.http.post(path()).send({ amount_cents: 5_000, ...body }), status);
}

async function refused(request: PromiseLike<{ status: number; body: unknown }>, status: number): Promise<string> {
  return (await expectStatus<Refusal>(request, status)).detail;
}

/** As a session that was done, or missed, does. */
async function bill(bookingId: string, amountCents = 5_000): Promise<void> {
  const at = new Date('2026-03-02T06:00:00Z');
  const billed = { bookingId, coachId: coach.id, clientId: client.id, amountCents, currency: 'EUR', at };
  await app.nest.get(PaymentService).openForBooking(billed);
}

const aBooking = async (): Promise<string> => (await book(client, coach.id, '2026-03-03T09:00:00Z')).id;

describe('recording a payment', () => {
  it('answers the whole of it, pending and in cash unless it says otherwise', async () => {
    expect(await record({})).toEqual({
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
    const payment = await record(body);
    expect(payment).toMatchObject({ ...body, status: 'paid' });
    expect(await paymentsOf(client)).toEqual([payment]);
  });

  it('is paid now when it says so without a day', async () => {
    expect(await record({ status: 'paid' })).toMatchObject({ status: 'paid', paid_at: '2026-03-02T06:00:00Z' });
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
    expect(await record(good)).toMatchObject(good);
    const answer = await coach.http.post(path()).send({ amount_cents: 5_000, ...bad });
    expect(answer.status).toBe(422);
    expect(faults(answer.body)).toContain(`${field} ${code}`);
  });

  it('is for clients of the caller, and for what they bought of him', async () => {
    const other = await aCoach(app, { days: [1] });
    await befriend(app, other, client);
    const foreign = await sell(other, client);
    const booking = await book(client, other.id, '2026-03-03T09:00:00Z');
    const send = (body: object, person = client.id) =>
      coach.http.post(`/coaches/clients/${person}/payments`).send({ amount_cents: 1, ...body });
    expect(await refused(send({}, randomUUID()), 404)).toBe('client_not_found');
    for (const id of [foreign.id, randomUUID()])
      expect(await refused(send({ package_id: id }), 404)).toBe('package_not_found');
    for (const id of [booking.id, randomUUID()])
      expect(await refused(send({ booking_id: id }), 404)).toBe('booking_not_found');
    expect(await paymentsOf(client)).toEqual([]);
  });

  it('is in the currency of what it pays', async () => {
    const booking_id = await aBooking();
    const pack = await sell(coach, client, { currency: 'CHF' });
    expect(await record({ package_id: pack.id })).toMatchObject({ currency: 'CHF' });
    const wrong = { amount_cents: 1, package_id: pack.id, currency: 'EUR' };
    expect(await refused(coach.http.post(path()).send(wrong), 422)).toBe('currency_mismatch');
    const booking = { amount_cents: 1, booking_id, currency: 'CHF' };
    expect(await refused(coach.http.post(path()).send(booking), 422)).toBe('currency_mismatch');
  });

  it('happens once for one idempotency key', async () => {
    const key = randomUUID();
    const booking_id = await aBooking();
    await bill(booking_id);
    const send = () =>
      coach.http.post(path()).set('Idempotency-Key', key).send({ amount_cents: 1, booking_id, status: 'paid' });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status, again.headers['idempotent-replayed']]).toEqual([200, 200, 'true']);
    expect(again.body).toEqual(first.body);
  });
});

describe('the money for a package', () => {
  it('makes one that waited active; a pending payment does not', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    const pending = await record({ package_id: pack.id });
    expect(pending).toMatchObject({ package_name: 'Dix séances' });
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'awaiting_payment' });
    await expectStatus(coach.http.put(path(pending.id)).send({ status: 'paid' }), 200);
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'active' });
  });

  it('makes it active at once when it is recorded as paid', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    await record({ package_id: pack.id, status: 'paid' });
    expect(await packageOf(client, pack.id)).toMatchObject({ status: 'active' });
  });
});

describe('the payment of a booking', () => {
  it('is opened once, due in 14 days', async () => {
    const id = await aBooking();
    await bill(id);
    await bill(id, 9_000);
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
    await bill(await aBooking(), 0);
    expect(await paymentsOf(client)).toEqual([]);
  });

  it('is settled by the one that the coach records', async () => {
    const booking_id = await aBooking();
    await bill(booking_id);
    const [open] = await paymentsOf(client);
    const settled = await record({ booking_id, amount_cents: 4_500, payment_method: 'card', status: 'paid' }, 200);
    expect(settled).toMatchObject({ id: open?.id, status: 'paid', amount_cents: 4_500, payment_method: 'card' });
    expect(await paymentsOf(client)).toEqual([settled]);
  });

  it('may be recorded ahead, and then no second one is opened', async () => {
    const booking_id = await aBooking();
    const payment = await record({ booking_id, status: 'paid' });
    await bill(booking_id);
    expect(await paymentsOf(client)).toEqual([payment]);
    const again = coach.http.post(path()).send({ amount_cents: 1, booking_id });
    expect(await refused(again, 422)).toBe('invalid_transition');
  });

  it('is cancelled with the booking as long as it is open, and may then be opened anew', async () => {
    const id = await aBooking();
    await bill(id);
    const cancel = (): Promise<void> =>
      app.nest.get(PaymentService).cancelForBooking(id, new Date('2026-03-02T07:00:00Z'));
    await cancel();
    expect((await paymentsOf(client)).map(({ status }) => status)).toEqual(['cancelled']);
    await record({ booking_id: id, status: 'paid' });
    await cancel();
    expect((await paymentsOf(client)).map(({ status }) => status).sort()).toEqual(['cancelled', 'paid']);
  });

  it('is settled once by twenty who record it at the same time', async () => {
    const booking_id = await aBooking();
    await bill(booking_id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        coach.http.post(path()).send({ amount_cents: 5_000, booking_id, status: 'paid' }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(422)]);
    expect(await paymentsOf(client)).toHaveLength(1);
  });

  it('is one however many sessions become done and however many payments are recorded at once', async () => {
    const booking_id = await aBooking();
    const acts = Array.from({ length: 10 }, () => [
      coach.http.post(path()).send({ amount_cents: 5_000, booking_id }),
      app.nest.get(UnitOfWork).run(() => bill(booking_id)),
    ]).flat();
    const answers = (await Promise.all(acts)) as ({ status: number } | undefined)[];
    for (const answer of answers) if (answer) expect([200, 201]).toContain(answer.status);
    expect(await paymentsOf(client)).toHaveLength(1);
  });

  it('counts as due until it is paid', async () => {
    const booking_id = await aBooking();
    const due = (): Promise<number> => app.nest.get(PaymentService).dueOfPair(coach.id, client.id);
    await record({ status: 'pending' });
    expect(await due()).toBe(0);
    await bill(booking_id);
    expect(await due()).toBe(1);
    await record({ booking_id, status: 'paid' }, 200);
    expect(await due()).toBe(0);
  });
});

describe('changing a payment', () => {
  it('pays it, and what is paid stays paid', async () => {
    const { id } = await record({});
    const paid = coach.http.put(path(id)).send({ status: 'paid', paid_at: '2026-02-28T12:00:00Z' });
    expect(await expectStatus<WirePayment>(paid, 200)).toMatchObject({
      status: 'paid',
      paid_at: '2026-02-28T12:00:00Z',
    });
    for (const status of ['paid', 'cancelled'])
      expect(await refused(coach.http.put(path(id)).send({ status }), 422)).toBe('invalid_transition');
  });

  it('cancels it, and what is cancelled stays so', async () => {
    const { id } = await record({});
    const cancelled = coach.http.put(path(id)).send({ status: 'cancelled' });
    expect(await expectStatus<WirePayment>(cancelled, 200)).toMatchObject({ status: 'cancelled', paid_at: null });
    for (const body of [{ status: 'paid' }, { status: 'cancelled' }, { paid_at: '2026-03-01T00:00:00Z' }])
      expect(await refused(coach.http.put(path(id)).send(body), 422)).toBe('invalid_transition');
  });

  it('leaves what is absent and clears what is null', async () => {
    const payment = await record({ reference: 'A', description: 'B', due_at: '2026-03-09T00:00:00Z' });
    const noted = coach.http.put(path(payment.id)).send({ reference: null, payment_method: 'card' });
    expect(await expectStatus<WirePayment>(noted, 200)).toEqual({
      ...payment,
      reference: null,
      payment_method: 'card',
    });
    const bad = await coach.http
      .put(path(payment.id))
      .send({ status: null, payment_method: null, paid_at: null, amount_cents: 1 });
    expect(faults(bad.body)).toEqual(['paid_at required', 'payment_method required', 'status required']);
    const both = await coach.http.put(path(payment.id)).send({ status: 'cancelled', paid_at: '2026-03-01T00:00:00Z' });
    expect(faults(both.body)).toEqual(['status invalid_value']);
  });

  it('is the coach’s own', async () => {
    const { id } = await record({});
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    expect(await refused(other.http.put(path(id)).send({ status: 'paid' }), 404)).toBe('payment_not_found');
    expect(await refused(coach.http.put(path(randomUUID())).send({ status: 'paid' }), 404)).toBe('payment_not_found');
    expect((await client.http.put(path(id)).send({ status: 'paid' })).status).toBe(403);
    const second = await app.register();
    await befriend(app, coach, second);
    const wrong = coach.http.put(`/coaches/clients/${second.id}/payments/${id}`).send({ status: 'paid' });
    expect(await refused(wrong, 404)).toBe('payment_not_found');
  });

  it('pays once of twenty times at once', async () => {
    const pack = await sell(coach, client, { status: 'awaiting_payment' });
    const { id } = await record({ package_id: pack.id });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        coach.http.put(path(id)).send({ status: at % 2 === 0 ? 'paid' : 'cancelled' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(422)]);
    const [payment] = await paymentsOf(client);
    expect(await packageOf(client, pack.id)).toMatchObject({
      status: payment?.status === 'paid' ? 'active' : 'awaiting_payment',
    });
  });
});

describe('the payments of a client', () => {
  it('are listed newest first, by status and by the day of the money', async () => {
    const old = await record({ paid_at: '2026-02-10T12:00:00Z' });
    await app.advance(1);
    const open = await record({});
    const ids = async (query: string): Promise<string[]> =>
      (await expectStatus<Page<WirePayment>>(coach.http.get(`${path()}${query}`), 200)).items.map(({ id }) => id);
    expect(await ids('')).toEqual([open.id, old.id]);
    expect(await ids('?status=paid')).toEqual([old.id]);
    expect(await ids('?from=2026-02-10&to=2026-02-10')).toEqual([old.id]);
    expect(await ids('?from=2026-02-10T12:00:01Z')).toEqual([open.id]);
    expect(await ids('?to=2026-02-10T12:00:00Z')).toEqual([]);
    expect(await ids('?offset=1&limit=1')).toEqual([old.id]);
    expect(faults((await coach.http.get(`${path()}?from=2026-02-10&to=2026-02-09`)).body)).toEqual([
      'to invalid_date_range',
    ]);
    expect(await refused(coach.http.get(`/coaches/clients/${randomUUID()}/payments`), 404)).toBe('client_not_found');
  });

  it('are shown to the client, by coach and status, and to nobody else', async () => {
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    const mine = await record({ status: 'paid' });
    const send = other.http.post(path()).send({ amount_cents: 1 });
    const theirs = await expectStatus<WirePayment>(send, 201);
    expect(await paymentsOf(client, `?coach_id=${coach.id}`)).toEqual([mine]);
    expect(await paymentsOf(client, '?status=pending')).toEqual([theirs]);
    expect(await paymentsOf(client, `?coach_id=${coach.id}&status=pending`)).toEqual([]);
    expect(await expectStatus<Page<WirePayment>>(other.http.get(path()), 200)).toMatchObject({ items: [theirs] });
    expect(await paymentsOf(coach)).toEqual([]);
  });

  it('add up to what a coach was paid in a month, in one currency', async () => {
    await record({ paid_at: '2026-02-28T23:59:59Z' });
    await record({ paid_at: '2026-03-01T00:00:00Z', amount_cents: 2_147_483_647 });
    await record({ paid_at: '2026-03-31T23:59:59Z', amount_cents: 2_147_483_647 });
    await record({ paid_at: '2026-04-01T00:00:00Z' });
    await record({ paid_at: '2026-03-15T00:00:00Z', currency: 'CHF' });
    await record({});
    const [from, to] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
    expect(await app.nest.get(PaymentService).paidInMonth(coach.id, from, to, 'EUR')).toBe(4_294_967_294);
  });
});

describe('the export', () => {
  const lines = async (query = ''): Promise<string[]> => {
    const answer = await coach.http.get(`/payments/export${query}`);
    expect(answer.status).toBe(200);
    return answer.text.split('\r\n');
  };
  const HEADER = 'date,client,description,sessions,amount_cents,currency,payment_method,status,reference';

  it('is a file, with a line for each payment in the order of their days', async () => {
    const pack = await sell(coach, client);
    await record({
      package_id: pack.id,
      amount_cents: 45_000,
      payment_method: 'card',
      paid_at: '2026-02-10T23:30:00Z',
    });
    await record({ booking_id: await aBooking(), reference: 'R1' });
    await record({ description: 'Conseil, "deux"\nfois', paid_at: '2026-01-01T00:00:00Z' });
    const answer = await coach.http.get('/payments/export');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="mycoach_payments.csv"');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toBe(
      [
        HEADER,
        '2026-01-01,Camille Martin,"Conseil, ""deux""\nfois",,5000,EUR,cash,paid,',
        '2026-02-11,Camille Martin,Dix séances,10,45000,EUR,card,paid,',
        '2026-03-02,Camille Martin,,1,5000,EUR,cash,pending,R1',
        '',
      ].join('\r\n'),
    );
  });

  it('trust 37: runs nothing in a spreadsheet', async () => {
    // No form takes such a name; who imports accounts may.
    await app.database.query('UPDATE users SET first_name = $2 WHERE id = $1', [client.id, '=HYPERLINK("x")']);
    await record({ description: '@SUM(A1:A9)', reference: '-2+3' });
    const [, line] = await lines();
    expect(line).toBe(`2026-03-02,"'=HYPERLINK(""x"") Martin",'@SUM(A1:A9),,5000,EUR,cash,pending,'-2+3`);
  });

  it('holds what was asked for, and only the caller’s', async () => {
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    await expectStatus(other.http.post(path()).send({ amount_cents: 1 }), 201);
    await record({ reference: 'old', paid_at: '2026-02-10T12:00:00Z' });
    await record({ reference: 'new' });
    const references = async (query = ''): Promise<string[]> =>
      (await lines(query)).slice(1, -1).map((line) => line.split(',').at(-1) ?? '');
    expect(await references()).toEqual(['old', 'new']);
    expect(await references('?from=2026-02-11')).toEqual(['new']);
    expect(await references(`?client_id=${client.id}&to=2026-02-11`)).toEqual(['old']);
    expect(await refused(coach.http.get(`/payments/export?client_id=${randomUUID()}`), 404)).toBe('client_not_found');
    expect(faults((await coach.http.get('/payments/export?from=2026-02-11&to=2026-02-10')).body)).toEqual([
      'to invalid_date_range',
    ]);
    expect((await client.http.get('/payments/export')).status).toBe(403);
  });

  it('reads on and on, batch by batch, without leaving one out', async () => {
    await app.database.query(
      `INSERT INTO payments (coach_id, client_id, amount_cents, currency, payment_method, status, reference, created_at,
         updated_at)
       SELECT $1, $2, 1, 'EUR', 'cash', 'pending', n, timestamptz '2026-01-01' + n / 3 * interval '1 minute', now()
       FROM generate_series(1, 1250) AS n`,
      [coach.id, client.id],
    );
    const before = app.queryCount();
    const references = (await lines()).slice(1, -1).map((line) => Number(line.split(',').at(-1)));
    expect(references.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 1250 }, (_, n) => n + 1));
    expect(app.queryCount() - before).toBeLessThanOrEqual(5);
  });
});
