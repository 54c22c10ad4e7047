import { aCoach, expectStatus, type WireBooking } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What a client asks of a coach who is new to him, and what the coach answers. */

export const NOW = '2026-03-02T06:00:00Z';
export const SLOT = '2026-03-05T09:00:00Z';
export const OTHER = '2026-03-05T14:00:00Z';

/** The profile of a coach who offers a discovery session for 20 €. */
export const OFFERED = {
  discovery_enabled: true,
  discovery_free: false,
  discovery_price_cents: 2_000,
  discovery_duration_min: 30,
};

export interface WireRequest {
  id: string;
  status: string;
  booking_id: string | null;
  discovery_slot: string | null;
  coach_message: string | null;
  client_message: string | null;
  [field: string]: unknown;
}
export interface Listed {
  items: WireRequest[];
  total: number;
  has_more: boolean;
}

type Coach = Pick<TestPerson, 'id'>;

/** A coach who offers a discovery, and Léa, who knows nobody yet. */
export async function strangers(app: TestApp): Promise<{ coach: TestPerson; client: TestPerson }> {
  await app.setClock(NOW);
  return { coach: await aCoach(app, { profile: OFFERED }), client: await app.register({ first_name: 'Léa' }) };
}

export function post(
  person: TestPerson,
  path: string,
  body: object = {},
): PromiseLike<{ status: number; body: unknown }> {
  return person.http.post(path).send(body);
}

export async function ask(client: TestPerson, coach: Coach, body: object = {}): Promise<WireRequest> {
  return expectStatus(post(client, '/clients/coaching-requests', { coach_id: coach.id, ...body }), 201);
}

export async function refused(
  client: TestPerson,
  coach: Coach,
  status: number,
  detail: string,
  body: object = {},
): Promise<void> {
  const answer = await post(client, '/clients/coaching-requests', { coach_id: coach.id, ...body });
  expect(answer).toMatchObject({ status, body: { detail } });
}

export async function accept(person: TestPerson, id: string, body: object = {}): Promise<WireRequest> {
  return expectStatus(post(person, `/coaches/coaching-requests/${id}/accept`, body), 200);
}

export async function reject(coach: TestPerson, id: string, body: object = {}): Promise<WireRequest> {
  return expectStatus(post(coach, `/coaches/coaching-requests/${id}/reject`, body), 200);
}

export async function withdraw(client: TestPerson, id: string): Promise<WireRequest> {
  return expectStatus(client.http.delete(`/clients/coaching-requests/${id}`), 200);
}

export async function bookDiscovery(client: TestPerson, coach: Coach, body: object = {}): Promise<WireBooking> {
  return expectStatus(
    post(client, '/bookings', { coach_id: coach.id, scheduled_at: SLOT, pricing_type: 'discovery', ...body }),
    201,
  );
}

export async function requestsOf(client: TestPerson): Promise<WireRequest[]> {
  return (await expectStatus<Listed>(client.http.get('/clients/coaching-requests'), 200)).items;
}

/** The client's only request. */
export async function onlyRequestOf(client: TestPerson): Promise<WireRequest> {
  const [request, ...more] = await requestsOf(client);
  if (!request || more.length > 0) throw new Error(`${String(more.length)} requests beside one`);
  return request;
}

/** The session that a request has led to. */
export async function bookingOf(client: TestPerson, request: WireRequest): Promise<WireBooking> {
  return expectStatus(client.http.get(`/bookings/${request.booking_id ?? ''}`), 200);
}
