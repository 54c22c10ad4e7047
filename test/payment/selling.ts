import { aCoach, expectStatus } from 'test/support/coaching';
import { befriend } from 'test/support/packages';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What coaches offer and sell by the package. */

export const TEN = { name: 'Dix séances', sessions_total: 10, price_cents: 45_000 };
const TWENTY = { type: 'package', name: 'Vingt séances', session_count: 20, price_cents: 80_000, validity_months: 6 };

/** A coach who has a price for nothing yet. */
export async function aSeller(app: TestApp, timezone = 'Europe/Paris'): Promise<TestPerson> {
  return aCoach(app, { timezone, days: [], priceCents: null });
}

/** Such a coach, and his client. */
export async function sellerAndClient(app: TestApp): Promise<{ coach: TestPerson; client: TestPerson }> {
  await app.setClock('2026-03-02T06:00:00Z');
  const coach = await aSeller(app);
  const client = await app.register();
  await befriend(app, coach, client);
  return { coach, client };
}

/** The packages that a coach has sold to a client. */
export function packagesPath({ id }: Pick<TestPerson, 'id'>): string {
  return `/coaches/clients/${id}/packages`;
}

/** A price of twenty sessions for six months, unless the values say otherwise; its id. */
export async function packagePrice(coach: TestPerson, values: Record<string, unknown> = {}): Promise<string> {
  const request = coach.http.post('/coaches/pricing').send({ ...TWENTY, ...values });
  return (await expectStatus<{ id: string }>(request, 201)).id;
}
