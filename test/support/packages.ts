import { RelationService } from 'src/modules/coach/relations/relation.service';
import { expectStatus } from './coaching';
import type { TestApp, TestPerson } from './test-app';

/** What coaches sell and clients pay, for tests about sessions and money. */
export interface WirePackage {
  id: string;
  status: string;
  sessions_total: number;
  sessions_remaining: number;
  sessions_bookable: number;
  sessions_used: number;
  valid_until: string | null;
  [field: string]: unknown;
}

export interface WirePayment {
  id: string;
  status: string;
  amount_cents: number;
  [field: string]: unknown;
}

export interface WireMovement {
  at: string;
  kind: string;
  sessions: number;
  remaining_after: number;
  bookable_after: number;
  booking_id: string | null;
  reason: string | null;
}

export interface Listed<T> {
  items: T[];
  total: number;
  has_more: boolean;
}

/** The two know each other, as after a first session. */
export async function befriend(app: TestApp, coach: TestPerson, client: TestPerson): Promise<void> {
  await app.nest
    .get(RelationService)
    .bookingConfirmed(coach.id, client.id, 'session', new Date('2026-03-01T12:00:00Z'));
}

export async function sell(
  coach: TestPerson,
  client: TestPerson,
  terms: Record<string, unknown> = {},
): Promise<WirePackage> {
  const body = { name: 'Dix séances', sessions_total: 10, price_cents: 45_000, ...terms };
  return expectStatus<WirePackage>(coach.http.post(`/coaches/clients/${client.id}/packages`).send(body), 201);
}

/** A package as its client sees it. */
export async function packageOf(client: TestPerson, id: string): Promise<WirePackage> {
  const { items } = await expectStatus<Listed<WirePackage>>(client.http.get('/packages/me?limit=100'), 200);
  const found = items.find((pack) => pack.id === id);
  if (!found) throw new Error(`no package ${id}`);
  return found;
}

/** The ledger, oldest line first. */
export async function ledgerOf(person: TestPerson, id: string): Promise<WireMovement[]> {
  const path = `/packages/${id}/movements?limit=100`;
  return (await expectStatus<Listed<WireMovement>>(person.http.get(path), 200)).items.reverse();
}

export async function paymentsOf(client: TestPerson, query = ''): Promise<WirePayment[]> {
  return (await expectStatus<Listed<WirePayment>>(client.http.get(`/payments/me${query}`), 200)).items;
}
