import { expectStatus } from 'test/support/coaching';
import type { WirePayment } from 'test/support/packages';
import type { TestPerson } from 'test/support/test-app';

/** What a coach writes down of the money that clients give him. */

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
