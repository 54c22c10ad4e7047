import type { TestApp, TestPerson } from './test-app';

/** Coach and clients ready to book, for tests that begin where the offer ends. */
export interface CoachOptions {
  timezone?: string;
  profile?: Record<string, unknown>;
  /** Every day by default. */
  days?: readonly number[];
  from?: string;
  to?: string;
  maxSlots?: number;
  priceCents?: number | null;
}

/** A coach with a profile, hours and a price. */
export async function aCoach(app: TestApp, options: CoachOptions = {}): Promise<TestPerson> {
  const coach = await app.register({
    role: 'coach',
    first_name: 'Inès',
    timezone: options.timezone ?? 'Europe/Paris',
    locale: 'fr-FR',
  });
  await expectStatus(coach.http.post('/coaches/profile').send({ ...options.profile }), 201);
  for (const day of options.days ?? [0, 1, 2, 3, 4, 5, 6])
    await expectStatus(
      coach.http.post('/coaches/availability').send({
        day_of_week: day,
        start_time: options.from ?? '08:00',
        end_time: options.to ?? '20:00',
        max_slots: options.maxSlots ?? 1,
      }),
      201,
    );
  const price = options.priceCents === undefined ? 5_000 : options.priceCents;
  if (price !== null)
    await expectStatus(
      coach.http.post('/coaches/pricing').send({ type: 'per_session', name: 'Séance', price_cents: price }),
      201,
    );
  return coach;
}

interface Answered {
  status: number;
  body: unknown;
}

/** Sends and insists on a status, with the answer in the message when it is another. */
export async function expectStatus<T = Record<string, unknown>>(
  request: PromiseLike<Answered>,
  status: number,
): Promise<T> {
  const answer = await request;
  if (answer.status !== status)
    throw new Error(`expected ${String(status)}, got ${String(answer.status)}: ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}

export interface WireSlot {
  scheduled_at: string;
  status: string;
  capacity: number;
  booked: number;
  remaining: number;
  my_booking_id: string | null;
}

/** The slots of a coach as a person sees them. */
export async function slotsOf(person: TestPerson, coachId: string, query = ''): Promise<WireSlot[]> {
  const list = await expectStatus<{ slots: WireSlot[] }>(person.http.get(`/coaches/${coachId}/slots${query}`), 200);
  return list.slots;
}

export interface WireBooking {
  id: string;
  status: string;
  scheduled_at: string;
  client_id: string;
  coach_id: string;
  [field: string]: unknown;
}

export async function book(person: TestPerson, coachId: string, startsAt: string): Promise<WireBooking> {
  const request = person.http.post('/bookings').send({ coach_id: coachId, scheduled_at: startsAt });
  return expectStatus<WireBooking>(request, 201);
}
