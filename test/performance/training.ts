import { randomUUID } from 'node:crypto';
import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Exercises and sessions, for tests of what people train. */

export interface WireSet {
  id: string;
  exercise_type_id: string;
  exercise_slug: string;
  exercise_name: string;
  machine_id: string | null;
  set_order: number;
  sets_count: number;
  reps: number | null;
  weight_kg: number | null;
  duration_seconds: number | null;
  notes: string | null;
  is_pr: boolean;
}

export interface WireSession {
  id: string;
  user_id: string;
  date: string;
  entered_by: { id: string } | null;
  total_volume_kg: number;
  editable_until: string;
  created_at: string;
  exercise_sets: WireSet[];
  prs_detected: { exercise_type_id: string; exercise_name: string; weight_kg: number }[];
  [field: string]: unknown;
}

export interface WireRecord {
  id: string;
  exercise_type_id: string;
  exercise_slug: string;
  exercise_name: string;
  weight_kg: number;
  reps: number | null;
  achieved_at: string;
  session_id: string;
}

export interface Listed<T> {
  items: T[];
  total: number;
}

/** An exercise of a name of its own in each language, which works the given muscles. */
export async function anExercise(
  app: TestApp,
  slug: string,
  muscles: Partial<Record<string, 'primary' | 'secondary'>> = {},
): Promise<string> {
  const id = randomUUID();
  await app.database.query(
    `INSERT INTO exercise_types (id, slug, category, difficulty, equipment, created_at, updated_at)
     VALUES ($1, $2, 'strength', 'beginner', '{}', now(), now())`,
    [id, `own-${slug}`],
  );
  await app.database.query(
    `INSERT INTO exercise_texts (exercise_type_id, language, name, instructions)
     SELECT $1, language, language || ' ' || $2, '{Go.}' FROM unnest('{en,fr,es,pt}'::text[]) AS language`,
    [id, slug],
  );
  for (const [muscle, role] of Object.entries(muscles))
    await app.database.query(
      'INSERT INTO exercise_muscles (exercise_type_id, muscle_group, role) VALUES ($1, $2, $3)',
      [id, muscle, role],
    );
  return id;
}

export async function aMachine(app: TestApp, status: 'pending' | 'validated' | 'rejected'): Promise<string> {
  const { rows } = await app.database.query<{ id: string }>(
    `INSERT INTO machines (type_key, status, reviewed_at, qr_code_hash, created_at, updated_at)
     VALUES ('smith', $1, CASE WHEN $1 <> 'pending' THEN now() END, gen_random_uuid(), now(), now())
     RETURNING id`,
    [status],
  );
  return rows[0]?.id ?? '';
}

/** One set, or some of them, as the wire takes it. */
export function setOf(
  exercise: string,
  weightKg: number | null,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { exercise_type_id: exercise, weight_kg: weightKg, reps: 5, ...more };
}

/** A session of one's own. */
export async function train(
  person: TestPerson,
  date: string,
  sets: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
): Promise<WireSession> {
  return expectStatus<WireSession>(person.http.post('/performances').send({ date, exercise_sets: sets, ...more }), 201);
}

/** A session that a coach enters for a client. */
export async function trainFor(
  coach: TestPerson,
  client: Pick<TestPerson, 'id'>,
  date: string,
  sets: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
): Promise<WireSession> {
  const body = { date, exercise_sets: sets, ...more };
  return expectStatus<WireSession>(coach.http.post(`/performances/for-client/${client.id}`).send(body), 201);
}

/** A session as an import leaves it: straight in the tables. */
export async function imported(
  app: TestApp,
  person: Pick<TestPerson, 'id'>,
  source: 'strava' | 'strong' | 'hevy' | 'mycoach',
  date: string,
): Promise<string> {
  const terms = { visibleToCoach: false, usableForStats: false, keepUntil: '2027-01-01T00:00:00.000Z' };
  const { rows } = await app.database.query<{ id: string }>(
    `INSERT INTO performance_sessions (user_id, session_type, trained_at, source, external_id, source_terms,
       total_volume_kg, created_at, updated_at)
     VALUES ($1, 'solo_free', $2, $3, '4711', $4, 0, $2, $2) RETURNING id`,
    [person.id, date, source, source === 'strava' ? terms : null],
  );
  return rows[0]?.id ?? '';
}

export async function sessionOf(person: TestPerson, id: string): Promise<WireSession> {
  return expectStatus<WireSession>(person.http.get(`/performances/${id}`), 200);
}

export async function sessionsOf(person: TestPerson, query = ''): Promise<Listed<WireSession>> {
  return expectStatus<Listed<WireSession>>(person.http.get(`/performances${query}`), 200);
}

export async function recordsOf(person: TestPerson, query = ''): Promise<Listed<WireRecord>> {
  return expectStatus<Listed<WireRecord>>(person.http.get(`/performances/personal-records${query}`), 200);
}

/** The faults of a refused request: `field code`. */
export function faultsOf(body: unknown): string[] {
  const { errors = [] } = body as { errors?: { field: string; code: string }[] };
  return errors.map(({ field, code }) => `${field} ${code}`);
}
