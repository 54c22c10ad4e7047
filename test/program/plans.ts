import type { PoolClient } from 'pg';
import { aCoach, expectStatus } from 'test/support/coaching';
import { eventually } from 'test/support/eventually';
import type { TestApp, TestPerson } from 'test/support/test-app';

const MINUTE_MS = 60_000;

/** Plans and who follows them, for tests of what people are to train. */

export interface WirePlannedExercise {
  id: string;
  exercise_type_id: string;
  exercise_slug: string;
  exercise_name: string;
  target_sets: number;
  target_reps: number;
  target_weight_kg: number | null;
  order_index: number;
}

export interface WirePlannedSession {
  id: string;
  day_of_week: number;
  session_name: string;
  estimated_duration_min: number | null;
  rest_seconds: number;
  order_index: number;
  planned_exercises: WirePlannedExercise[];
}

export interface WirePlan {
  id: string;
  name: string;
  description: string | null;
  duration_weeks: number;
  level: string;
  goal: string;
  source: 'ai' | 'coach';
  created_by: string | null;
  archived: boolean;
  notes: { rule: string; day_of_week: number | null; message: string }[];
  seed: number | null;
  created_at: string;
  planned_sessions: WirePlannedSession[];
}

export interface WireAssignment {
  id: string;
  plan_id: string;
  client_id: string;
  start_date: string;
  mode: string;
  active: boolean;
  assigned_by: string | null;
  created_at: string;
  plan: WirePlan;
}

export interface WireProgress {
  plan_id: string;
  planned_sessions: number;
  completed_sessions: number;
  completion_pct: number;
  current_week: number;
  total_weeks: number;
  exercises: {
    exercise_type_id: string;
    exercise_name: string;
    target_sets: number;
    target_reps: number;
    target_weight_kg: number | null;
    actual_reps: number | null;
    actual_weight_kg: number | null;
    status: string;
  }[];
}

/** A coach who plans and offers no hours: Inès. */
export async function aPlanner(app: TestApp): Promise<TestPerson> {
  return aCoach(app, { days: [], priceCents: null });
}

/** A planned session as the wire takes it. */
export function sessionOn(
  day: number,
  exercises: readonly (string | Record<string, unknown>)[] = [],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    day_of_week: day,
    session_name: `Séance ${String(day)}`,
    planned_exercises: exercises.map((exercise) =>
      typeof exercise === 'string' ? { exercise_type_id: exercise } : exercise,
    ),
    ...more,
  };
}

/** A plan of a coach. */
export async function aPlan(
  coach: TestPerson,
  sessions: readonly Record<string, unknown>[] = [],
  more: Record<string, unknown> = {},
): Promise<WirePlan> {
  const body = { name: 'Force', planned_sessions: sessions, ...more };
  return expectStatus<WirePlan>(coach.http.post('/coaches/programs').send(body), 201);
}

export async function planOf(coach: TestPerson, id: string): Promise<WirePlan> {
  return expectStatus<WirePlan>(coach.http.get(`/coaches/programs/${id}`), 200);
}

export async function editPlan(coach: TestPerson, id: string, body: Record<string, unknown>): Promise<WirePlan> {
  return expectStatus<WirePlan>(coach.http.put(`/coaches/programs/${id}`).send(body), 200);
}

/** Gives the plan to a client, from a Monday on unless another day is told. */
export async function assign(
  coach: TestPerson,
  plan: { id: string },
  client: Pick<TestPerson, 'id'>,
  more: Record<string, unknown> = {},
): Promise<WireAssignment> {
  const body = { client_id: client.id, start_date: '2026-03-02', ...more };
  return expectStatus<WireAssignment>(coach.http.post(`/coaches/programs/${plan.id}/assign`).send(body), 201);
}

export async function generatePlan(person: TestPerson, body: Record<string, unknown> = {}): Promise<WireAssignment> {
  return expectStatus<WireAssignment>(person.http.post('/clients/program/generate').send(body), 201);
}

/** What the person trains by now. */
export async function currentOf(person: TestPerson): Promise<WireAssignment> {
  return expectStatus<WireAssignment>(person.http.get('/clients/program'), 200);
}

export async function progressOf(coach: TestPerson, client: Pick<TestPerson, 'id'>, query = ''): Promise<WireProgress> {
  return expectStatus<WireProgress>(coach.http.get(`/coaches/clients/${client.id}/program-progress${query}`), 200);
}

/** Every plan that the person ever followed, oldest first: whose, and whether it is active. */
export async function historyOf(
  app: TestApp,
  client: Pick<TestPerson, 'id'>,
): Promise<{ id: string; plan_id: string; source: string; active: boolean }[]> {
  const { rows } = await app.database.query<{ id: string; plan_id: string; source: string; active: boolean }>(
    `SELECT id, plan_id, plan_source AS source, active FROM plan_assignments WHERE client_id = $1 ORDER BY position`,
    [client.id],
  );
  return rows;
}

/**
 * A target that was changed for one person, straight in the tables, a minute after the plan was assigned. The clock is
 * then another minute on.
 */
export async function adjusted(
  app: TestApp,
  assignment: WireAssignment,
  exercise: WirePlannedExercise,
  toKg: number,
): Promise<void> {
  const assigned = Date.parse(assignment.created_at);
  await app.database.query(
    `INSERT INTO target_adjustments (assignment_id, plan_id, client_id, planned_exercise_id, exercise_type_id, from_kg,
       to_kg, reason, counted_until, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, '{"key": "raised", "figures": {}}', $8, $8)`,
    [
      ...[assignment.id, assignment.plan_id, assignment.client_id, exercise.id, exercise.exercise_type_id],
      ...[exercise.target_weight_kg, toKg, new Date(assigned + MINUTE_MS)],
    ],
  );
  await app.setClock(new Date(assigned + 2 * MINUTE_MS).toISOString());
}

/** A transaction of somebody else, which ends with `act`. */
export async function meanwhile<T>(app: TestApp, act: (other: PoolClient) => Promise<T>): Promise<T> {
  const other = await app.database.connect();
  try {
    await other.query('BEGIN');
    const answer = await act(other);
    await other.query('COMMIT');
    return answer;
  } finally {
    other.release(true);
  }
}

/** Returns when so many statements of the application wait for a lock. */
export async function untilWaiting(app: TestApp, statements: number): Promise<void> {
  await eventually(
    async () => {
      const { rows } = await app.database.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length;
    },
    (waiting) => waiting === statements,
  );
}

/** Status and code of a refusal. */
export const refusalOf = ({ status, body }: { status: number; body: unknown }): unknown[] => [
  status,
  (body as { detail?: string }).detail,
];
