import { randomUUID } from 'node:crypto';
import { aCoach, expectStatus } from 'test/support/coaching';
import { expectInvariants } from 'test/support/invariants';
import { befriend, sell } from 'test/support/packages';
import { faultsOf, refusedWith } from 'test/support/refusals';
import { startTestApp, type TestApp, type TestPerson } from 'test/support/test-app';
import { aBooking, dealers, paymentsPath, record } from './paying';

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

describe('the export', () => {
  const lines = async (query = ''): Promise<string[]> => {
    const answer = await coach.http.get(`/payments/export${query}`);
    expect(answer.status).toBe(200);
    return answer.text.split('\r\n');
  };
  const HEADER = 'date,client,description,sessions,amount_cents,currency,payment_method,status,reference';

  it('is a file, with a line for each payment in the order of their days', async () => {
    const pack = await sell(coach, client);
    await record(coach, client, {
      package_id: pack.id,
      amount_cents: 45_000,
      payment_method: 'card',
      paid_at: '2026-02-10T23:30:00Z',
    });
    await record(coach, client, { booking_id: await aBooking({ coach, client }), reference: 'R1' });
    await record(coach, client, { description: 'Conseil, "deux"\nfois', paid_at: '2026-01-01T00:00:00Z' });
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
    await record(coach, client, { description: '@SUM(A1:A9)', reference: '-2+3' });
    const [, line] = await lines();
    expect(line).toBe(`2026-03-02,"'=HYPERLINK(""x"") Martin",'@SUM(A1:A9),,5000,EUR,cash,pending,'-2+3`);
  });

  it('holds what was asked for, and only the caller’s', async () => {
    const other = await aCoach(app, { days: [] });
    await befriend(app, other, client);
    await expectStatus(other.http.post(paymentsPath(client)).send({ amount_cents: 1 }), 201);
    await record(coach, client, { reference: 'old', paid_at: '2026-02-10T12:00:00Z' });
    await record(coach, client, { reference: 'new' });
    const references = async (query = ''): Promise<string[]> =>
      (await lines(query)).slice(1, -1).map((line) => line.split(',').at(-1) ?? '');
    expect(await references()).toEqual(['old', 'new']);
    expect(await references('?from=2026-02-11')).toEqual(['new']);
    expect(await references(`?client_id=${client.id}&to=2026-02-11`)).toEqual(['old']);
    expect(await refusedWith(coach.http.get(`/payments/export?client_id=${randomUUID()}`), 404)).toBe(
      'client_not_found',
    );
    expect(faultsOf((await coach.http.get('/payments/export?from=2026-02-11&to=2026-02-10')).body)).toEqual([
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
