import { aCoach, expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** What a client may pay a session with, and what he asks for. */

const NOW = '2026-03-02T06:00:00Z';
export const SLOT = '2026-03-03T09:00:00Z';
export const LATER = '2026-03-04T09:00:00Z';

type Coach = Pick<TestPerson, 'id'>;
type Body = Record<string, unknown>;

interface Means {
  client_can_book: boolean;
  sessions_remaining: number;
  sessions_bookable: number;
}

/** A coach who has no price yet, and a client. */
export async function pricelessCoach(app: TestApp): Promise<{ coach: TestPerson; client: TestPerson }> {
  await app.setClock(NOW);
  return { coach: await aCoach(app, { priceCents: null }), client: await app.register() };
}

export function ask(client: TestPerson, coach: Coach, body: Body = {}): ReturnType<TestPerson['http']['post']> {
  return client.http.post('/bookings').send({ coach_id: coach.id, scheduled_at: SLOT, ...body });
}

export async function booked(client: TestPerson, coach: Coach, body: Body = {}): Promise<Body> {
  return expectStatus(ask(client, coach, body), 201);
}

export async function refused(
  client: TestPerson,
  coach: Coach,
  body: Body,
  status: number,
  detail: string,
): Promise<void> {
  expect(await expectStatus(ask(client, coach, body), status)).toMatchObject({ detail });
}

/** A price of a single session; its id. */
export async function price(coach: TestPerson, cents: number, terms: Body = {}): Promise<string> {
  const body = { type: 'per_session', name: 'Session', price_cents: cents, ...terms };
  return (await expectStatus<{ id: string }>(coach.http.post('/coaches/pricing').send(body), 201)).id;
}

/** What the slots of a coach say of the means of a client. */
export async function meansOf(client: TestPerson, coach: Coach): Promise<Means> {
  const list = await expectStatus<Means>(client.http.get(`/coaches/${coach.id}/slots`), 200);
  const { client_can_book, sessions_remaining, sessions_bookable } = list;
  return { client_can_book, sessions_remaining, sessions_bookable };
}
