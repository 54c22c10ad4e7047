import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api';

type Api = Client<paths>;
type Schemas = components['schemas'];

export interface Person {
  api: Api;
  id: string;
}

/** What came of a call: its body, or the code by which it was refused. */
interface Outcome<T> {
  data?: T;
  error?: Schemas['ErrorResponse'];
  response: Response;
}

export async function done<T>(call: Promise<Outcome<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (error ?? (data === undefined || data === null))
    throw new Error(`${response.url}: ${String(response.status)} ${error?.detail ?? 'no body'}`);
  return data;
}

/** The code of a refusal; null where there is none. */
export async function refusal(call: Promise<Outcome<unknown>>): Promise<string | null> {
  return (await call).error?.detail ?? null;
}

export async function register(baseUrl: string, firstName: string, role: 'coach' | 'client'): Promise<Person> {
  const anybody = createClient<paths>({ baseUrl });
  const { user, api_key } = await done(
    anybody.POST('/auth/register', {
      body: {
        first_name: firstName,
        last_name: 'Martin',
        email: `${firstName.toLowerCase()}@example.com`,
        password: 'Correct-Horse-7',
        role,
        timezone: 'Europe/Paris',
      },
    }),
  );
  return { api: createClient<paths>({ baseUrl, headers: { 'X-API-Key': api_key } }), id: user.id };
}

/** A coach says who he is, what he costs and when he is there: one place each Tuesday morning hour. */
export async function publish({ api }: Person): Promise<Schemas['PricingResponse']> {
  await done(
    api.POST('/coaches/profile', {
      body: { bio: 'Strength', city: 'Lyon', specialties: ['muscu'], min_notice_hours: 0 },
    }),
  );
  await done(
    api.POST('/coaches/availability', {
      body: { day_of_week: 1, start_time: '09:00', end_time: '12:00', max_slots: 1 },
    }),
  );
  await done(api.POST('/coaches/pricing', { body: { type: 'per_session', name: 'One session', price_cents: 5_000 } }));
  return done(
    api.POST('/coaches/pricing', {
      body: { type: 'package', name: 'Ten sessions', session_count: 10, price_cents: 45_000, is_public: true },
    }),
  );
}

export async function found({ api }: Person, city: string): Promise<string[]> {
  const { items } = await done(api.GET('/coaches/search', { params: { query: { city } } }));
  return items.map(({ id }) => id);
}

export async function firstSlot({ api }: Person, coach: Person, from: string, to: string): Promise<string> {
  const { slots } = await done(
    api.GET('/coaches/{id}/slots', { params: { path: { id: coach.id }, query: { from, to } } }),
  );
  const free = slots.find(({ status }) => status === 'available' || status === 'last_place');
  if (!free) throw new Error('no slot is free');
  return free.scheduled_at;
}

export function book({ api }: Person, coach: Person, at: string, key: string): Promise<Schemas['BookingResponse']> {
  return done(
    api.POST('/bookings', {
      params: { header: { 'Idempotency-Key': key } },
      body: { coach_id: coach.id, scheduled_at: at },
    }),
  );
}

export function confirm({ api }: Person, id: string): Promise<Schemas['BookingResponse']> {
  return done(api.POST('/bookings/{id}/confirm', { params: { path: { id } } }));
}

export function cancel({ api }: Person, id: string, reason: string): Promise<Schemas['BookingResponse']> {
  return done(api.DELETE('/bookings/{id}', { params: { path: { id } }, body: { reason } }));
}

/** Waits for a full slot, and is told in which place. */
export async function queue({ api }: Person, coach: Person, at: string): Promise<Schemas['WaitlistEntryResponse']> {
  return done(
    api.POST('/waitlist/{coach_id}/{slot_datetime}', {
      params: { path: { coach_id: coach.id, slot_datetime: at } },
    }),
  );
}

/** Takes the place that has become free. */
export async function take({ api }: Person, entry: string): Promise<Schemas['BookingResponse']> {
  const { booking } = await done(api.POST('/waitlist/{id}/confirm', { params: { path: { id: entry } } }));
  return booking;
}

/** Asks for a package; the coach records the money, and the sessions can be used. */
export async function buy(client: Person, coach: Person, pricing: string): Promise<Schemas['PackageResponse']> {
  const bought = await done(
    client.api.POST('/packages/purchase', { body: { pricing_id: pricing, payment_method: 'cash' } }),
  );
  await done(
    coach.api.PUT('/coaches/clients/{id}/payments/{payment_id}', {
      params: { path: { id: client.id, payment_id: bought.payment.id } },
      body: { status: 'paid' },
    }),
  );
  const { items } = await done(client.api.GET('/packages/me', { params: { query: { coach_id: coach.id } } }));
  const own = items.find(({ id }) => id === bought.package.id);
  if (!own) throw new Error('the package is not there');
  return own;
}

/** Writes a training session down: three sets of the first exercise with squats in its name. */
export async function train({ api }: Person, date: string): Promise<Schemas['PerformanceSessionResponse']> {
  const { items } = await done(api.GET('/exercises', { params: { query: { q: 'squat', limit: 1 } } }));
  const [squat] = items;
  if (!squat) throw new Error('no exercise is called squat');
  return done(
    api.POST('/performances', {
      body: {
        date,
        feeling: 4,
        exercise_sets: [{ exercise_type_id: squat.id, sets_count: 3, reps: 10, weight_kg: 60 }],
      },
    }),
  );
}

export function programme({ api }: Person): Promise<Schemas['PlanAssignmentResponse']> {
  return done(api.POST('/clients/program/generate', { body: { goal: 'muscle_gain', frequency_per_week: 3 } }));
}

/** Takes all own data away, by a link that needs no key. */
export async function takeAway({ api }: Person): Promise<string> {
  const { download_url } = await done(api.POST('/users/me/export', { body: { format: 'json' } }));
  return download_url;
}
