import { anExercise, train } from 'test/performance/training';
import { bond } from 'test/booking/dealings';
import { expectStatus } from 'test/support/coaching';
import type { SandboxMessage, TestApp, TestPerson } from 'test/support/test-app';

/** Plans that people follow, and what becomes of their targets. */

export interface WirePlanned {
  id: string;
  exercise_type_id: string;
  target_sets: number;
  target_reps: number;
  target_weight_kg: number | null;
}

export interface WirePlan {
  id: string;
  planned_sessions: { id: string; day_of_week: number; planned_exercises: WirePlanned[] }[];
  [field: string]: unknown;
}

export interface WireAssignment {
  id: string;
  plan_id: string;
  client_id: string;
  plan: WirePlan;
  [field: string]: unknown;
}

export interface WireAdjustment {
  id: string;
  exercise_type_id: string;
  exercise_name: string;
  from_kg: number | null;
  to_kg: number;
  reason: string;
  at: string;
  refused_at: string | null;
}

/** An exercise that is done with something. */
export async function aLift(app: TestApp, slug: string, equipment: readonly string[] = ['barbell']): Promise<string> {
  const id = await anExercise(app, slug);
  await app.database.query('UPDATE exercise_types SET equipment = $2 WHERE id = $1', [id, equipment]);
  return id;
}

/** A session of a plan: its exercises on one day of the week. */
export function onDay(day: number, ...exercises: Record<string, unknown>[]): Record<string, unknown> {
  return { day_of_week: day, session_name: `Day ${String(day)}`, planned_exercises: exercises };
}

/** 3 × 10 of an exercise. */
export function planned(
  exercise: string,
  weightKg: number | null,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    ...{ exercise_type_id: exercise, target_sets: 3, target_reps: 10 },
    ...(weightKg !== null && { target_weight_kg: weightKg }),
    ...more,
  };
}

export async function aPlan(coach: TestPerson, ...sessions: Record<string, unknown>[]): Promise<WirePlan> {
  const body = { name: 'Force', planned_sessions: sessions };
  return expectStatus<WirePlan>(coach.http.post('/coaches/programs').send(body), 201);
}

export async function assigned(
  app: TestApp,
  coach: TestPerson,
  client: TestPerson,
  plan: Pick<WirePlan, 'id'>,
  startDate: string,
  more: Record<string, unknown> = {},
): Promise<WireAssignment> {
  await bond(app, coach, client);
  const body = { client_id: client.id, start_date: startDate, ...more };
  return expectStatus<WireAssignment>(coach.http.post(`/coaches/programs/${plan.id}/assign`).send(body), 201);
}

export async function programOf(client: TestPerson): Promise<WireAssignment> {
  return expectStatus<WireAssignment>(client.http.get('/clients/program'), 200);
}

/** The target weights of an exercise in a plan, in its order. */
export function targetsIn(plan: WirePlan, exercise: string): (number | null)[] {
  return plan.planned_sessions
    .flatMap(({ planned_exercises }) => planned_exercises)
    .filter(({ exercise_type_id }) => exercise_type_id === exercise)
    .map(({ target_weight_kg }) => target_weight_kg);
}

/** What the client is to lift now. */
export async function targetsOf(client: TestPerson, exercise: string): Promise<(number | null)[]> {
  return targetsIn((await programOf(client)).plan, exercise);
}

/** Newest first. */
export async function adjustmentsOf(client: TestPerson, query = ''): Promise<WireAdjustment[]> {
  const page = await expectStatus<{ items: WireAdjustment[] }>(
    client.http.get(`/clients/program/adjustments${query}`),
    200,
  );
  return page.items;
}

/** `from → to` of each, newest first. */
export async function movesOf(client: TestPerson): Promise<string[]> {
  const adjustments = await adjustmentsOf(client);
  return adjustments.map(({ from_kg, to_kg }) => `${String(from_kg)} → ${String(to_kg)}`);
}

/** What somebody was told of his targets, oldest first. */
export async function toldOf(app: TestApp, client: TestPerson): Promise<SandboxMessage[]> {
  const messages = await app.messages({ user_id: client.id, channel: 'push' });
  return messages.filter(({ data }) => data?.['type'] === 'progression_detected').reverse();
}

/** Sets of an exercise: so many, so often, with so much. */
export function done(exercise: string, sets: number, reps: number | null, weightKg: number | null): object {
  return { exercise_type_id: exercise, sets_count: sets, reps, weight_kg: weightKg };
}

/**
 * Each adjustment begins where the one before it in its place of the plan left the target, unless the coach changed the
 * weight after that one; and what was looked at once is not looked at again.
 */
export async function expectChains(app: TestApp): Promise<void> {
  const { rows } = await app.database.query(
    `SELECT later.id FROM target_adjustments later
     JOIN LATERAL (SELECT * FROM target_adjustments a
                   WHERE a.assignment_id = later.assignment_id AND a.planned_exercise_id = later.planned_exercise_id
                     AND a.position < later.position ORDER BY a.position DESC LIMIT 1) former ON true
     JOIN planned_exercises planned ON planned.id = later.planned_exercise_id
     WHERE later.counted_until <= former.counted_until
        OR former.created_at > planned.weight_changed_at AND later.from_kg IS DISTINCT FROM
             CASE WHEN former.refused_at IS NULL THEN former.to_kg ELSE former.from_kg END`,
  );
  expect(rows).toEqual([]);
}

/** Day 1 is Monday, 2 March 2026. Somebody trains at 17:00 UTC, and writes it down at once. */
export async function trainsOn(app: TestApp, client: TestPerson, day: number, ...sets: object[]): Promise<void> {
  const at = new Date(Date.UTC(2026, 2, 1 + day, 17)).toISOString();
  await app.setClock(at);
  await train(client, at, sets as Record<string, unknown>[]);
}
