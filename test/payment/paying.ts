import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { aCoach, book, expectStatus } from 'test/support/coaching';
import { befriend, type WirePayment } from 'test/support/packages';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What a coach writes down of the money that clients give him. */

const NOW = '2026-03-02T06:00:00Z';

/** A coach and his client. */
export interface Dealers {
  coach: TestPerson;
  client: TestPerson;
}

export async function dealers(app: TestApp): Promise<Dealers> {
  await app.setClock(NOW);
  const coach = await aCoach(app, { days: [1] });
  const client = await app.register();
  await befriend(app, coach, client);
  return { coach, client };
}

/** Its id. */
export async function aBooking({ coach, client }: Dealers): Promise<string> {
  return (await book(client, coach.id, '2026-03-03T09:00:00Z')).id;
}

/** As a session that was done, or missed, does. */
export async function bill(
  app: TestApp,
  { coach, client }: Dealers,
  bookingId: string,
  amountCents = 5_000,
): Promise<void> {
  const at = new Date(NOW);
  const billed = { bookingId, coachId: coach.id, clientId: client.id, amountCents, currency: 'EUR', at };
  await app.nest.get(PaymentService).openForBooking(billed);
}

/** The payments of a client, or one of them. */
export function paymentsPath(client: Pick<TestPerson, 'id'>, id?: string): string {
  return `/coaches/clients/${client.id}/payments${id ? `/${id}` : ''}`;
}

/** A payment of 50, unless the body says otherwise. */
export async function record(
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
  body: object,
  status = 201,
): Promise<WirePayment> {
  const request = coach.http.post(paymentsPath(client)).send({ amount_cents: 5_000, ...body });
  return expectStatus<WirePayment>(request, status);
}
