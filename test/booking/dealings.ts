import type { RelationStatus } from 'src/modules/coach/relations/relation.types';
import { expectStatus, type WireBooking } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What coach and client have with each other, for tests of what their bookings cost. */

/** Makes the two stand to each other like that, whatever led there. */
export async function bond(
  app: TestApp,
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
  status: RelationStatus = 'active',
  { allowUnitBooking = false }: { allowUnitBooking?: boolean } = {},
): Promise<void> {
  await app.database.query(
    `INSERT INTO relations (coach_id, client_id, status, allow_unit_booking, created_at, updated_at)
     VALUES ($1, $2, $3, $4, now(), now())
     ON CONFLICT (coach_id, client_id) DO UPDATE SET status = $3, allow_unit_booking = $4`,
    [coach.id, client.id, status, allowUnitBooking],
  );
}

/** The status of the relation, or null when there is none. */
export async function bondOf(app: TestApp, coach: TestPerson, client: Pick<TestPerson, 'id'>): Promise<string | null> {
  const { rows } = await app.database.query<{ status: string }>(
    'SELECT status FROM relations WHERE coach_id = $1 AND client_id = $2',
    [coach.id, client.id],
  );
  return rows[0]?.status ?? null;
}

export interface WirePackage {
  id: string;
  status: string;
  sessions_remaining: number;
  sessions_bookable: number;
  sessions_used: number;
  valid_until: string | null;
}

/** A package of so many sessions, active at once. The two must know each other. */
export async function sell(
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
  sessions: number,
  terms: Record<string, unknown> = {},
): Promise<WirePackage> {
  const body = { name: 'Ten', sessions_total: sessions, price_cents: 40_000, ...terms };
  return expectStatus<WirePackage>(coach.http.post(`/coaches/clients/${client.id}/packages`).send(body), 201);
}

export async function packagesOf(coach: TestPerson, client: Pick<TestPerson, 'id'>): Promise<WirePackage[]> {
  const page = await expectStatus<{ items: WirePackage[] }>(
    coach.http.get(`/coaches/clients/${client.id}/packages`),
    200,
  );
  return page.items;
}

/** What can be counted and what can be booked of the client's only package, and its status. */
export async function creditsOf(
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
): Promise<[remaining: number, bookable: number, status: string]> {
  const [pack] = await packagesOf(coach, client);
  if (!pack) throw new Error('no package');
  return [pack.sessions_remaining, pack.sessions_bookable, pack.status];
}

/** The movements that name a booking, in order. */
export async function movementsOf(app: TestApp, bookingId: string): Promise<string[]> {
  const { rows } = await app.database.query<{ kind: string }>(
    'SELECT kind FROM package_movements WHERE booking_id = $1 ORDER BY seq',
    [bookingId],
  );
  return rows.map(({ kind }) => kind);
}

/** Payments that name a booking: status and cents, oldest first. */
export async function paymentsOf(app: TestApp, bookingId: string): Promise<[status: string, cents: number][]> {
  const { rows } = await app.database.query<{ status: string; amount_cents: number }>(
    'SELECT status, amount_cents FROM payments WHERE booking_id = $1 ORDER BY created_at, id',
    [bookingId],
  );
  return rows.map(({ status, amount_cents }) => [status, amount_cents]);
}

export async function setPolicy(coach: TestPerson, policy: Record<string, unknown>): Promise<void> {
  await expectStatus(coach.http.put('/coaches/cancellation-policy').send(policy), 200);
}

export async function confirm(coach: TestPerson, { id }: { id: string }): Promise<WireBooking> {
  return expectStatus<WireBooking>(coach.http.post(`/bookings/${id}/confirm`), 200);
}

/** The steps of a booking: where it went and why. */
export async function historyOf(
  person: TestPerson,
  { id }: { id: string },
): Promise<{ to: string; actor_role: string; reason: string | null }[]> {
  const page = await expectStatus<{ items: { to: string; actor_role: string; reason: string | null }[] }>(
    person.http.get(`/bookings/${id}/history`),
    200,
  );
  return page.items.map(({ to, actor_role, reason }) => ({ to, actor_role, reason }));
}

/** The types of the pushes that a person got, oldest first. */
export async function pushesTo(app: TestApp, person: TestPerson): Promise<string[]> {
  const messages = await app.messages({ user_id: person.id, channel: 'push' });
  return messages.map(({ data }) => data?.['type'] ?? '').reverse();
}
