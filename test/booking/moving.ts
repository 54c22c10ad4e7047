import { aCoach, book, expectStatus, type WireBooking } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Sessions that are moved to another start. */

export const NOW = '2026-03-02T06:00:00Z';
export const SLOT = '2026-03-05T09:00:00Z';
export const NEXT = '2026-03-06T09:00:00Z';

type Booking = Pick<WireBooking, 'id'>;

/** A session that a client has asked a coach for. */
export async function asked(app: TestApp): Promise<{ coach: TestPerson; client: TestPerson; booking: WireBooking }> {
  await app.setClock(NOW);
  const coach = await aCoach(app);
  const client = await app.register();
  return { coach, client, booking: await book(client, coach.id, SLOT) };
}

export function ask(
  person: TestPerson,
  { id }: Booking,
  scheduled_at = NEXT,
  body: Record<string, unknown> = {},
): ReturnType<TestPerson['http']['post']> {
  return person.http.post(`/bookings/${id}/reschedule`).send({ scheduled_at, ...body });
}

export async function moved(
  person: TestPerson,
  booking: Booking,
  scheduled_at = NEXT,
  body: Record<string, unknown> = {},
): Promise<WireBooking> {
  return expectStatus<WireBooking>(ask(person, booking, scheduled_at, body), 201);
}

export async function refused(
  person: TestPerson,
  booking: Booking,
  scheduled_at: string,
  status: number,
  detail: string,
): Promise<void> {
  expect(await expectStatus(ask(person, booking, scheduled_at), status)).toMatchObject({ detail });
}

/** A booking as a party sees it now. */
export async function bookingOf(person: TestPerson, id: string): Promise<Record<string, unknown>> {
  return expectStatus(person.http.get(`/bookings/${id}`), 200);
}
