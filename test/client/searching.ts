import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Coaches who can be searched for, and the answers to who searches. */

type Body = Record<string, unknown>;
type Query = Record<string, string | readonly string[]>;

interface Card {
  id: string;
  name: string;
  session_price_cents: number | null;
  shows_discovery_badge: boolean;
  accepting_clients: boolean;
  is_certified: boolean;
  [field: string]: unknown;
}
export interface CardPage {
  items: Card[];
  total: number;
  offset: number;
  limit: number;
  has_more: boolean;
}
interface Options {
  profile?: Body;
  /** Cents; none by default. */
  price?: number;
  /** Every day from eight to eight by default. */
  hours?: Body[];
}

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** A coach of this name, whose clock is UTC. */
export async function coachNamed(
  app: TestApp,
  first_name: string,
  last_name: string,
  options: Options = {},
): Promise<TestPerson> {
  const coach = await app.register({ role: 'coach', first_name, last_name, timezone: 'UTC' });
  await expectStatus(coach.http.post('/coaches/profile').send(options.profile ?? {}), 201);
  const hours = options.hours ?? WEEK.map((day_of_week) => ({ day_of_week, start_time: '08:00', end_time: '20:00' }));
  for (const range of hours) await expectStatus(coach.http.post('/coaches/availability').send(range), 201);
  if (options.price !== undefined) await priced(coach, { price_cents: options.price });
  return coach;
}

export async function priced(coach: TestPerson, body: Body): Promise<void> {
  await expectStatus(coach.http.post('/coaches/pricing').send({ type: 'per_session', name: 'Séance', ...body }), 201);
}

export async function verify(app: TestApp, coach: TestPerson): Promise<void> {
  await app.database.query('UPDATE coach_profiles SET verified = true WHERE user_id = $1', [coach.id]);
}

/** Gives a coach so many verified certifications. */
export async function certify(app: TestApp, coach: TestPerson, count: number): Promise<void> {
  await app.database.query(
    `INSERT INTO certifications (coach_id, name, verified, reviewed_at, created_at, updated_at)
     SELECT $1, 'Diplôme', true, now(), now(), now() FROM generate_series(1, $2::int)`,
    [coach.id, count],
  );
}

export async function search(seeker: TestPerson, query: Query): Promise<CardPage> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) for (const one of [value].flat()) parameters.append(name, one);
  return expectStatus<CardPage>(seeker.http.get(`/coaches/search?${parameters.toString()}`), 200);
}

/** The names of those found, in the order of the answer. */
export async function namesFound(seeker: TestPerson, query: Query): Promise<string[]> {
  return (await search(seeker, query)).items.map(({ name }) => name);
}
