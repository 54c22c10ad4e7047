import { expectStatus } from 'test/support/coaching';
import type { TestApp, TestPerson } from 'test/support/test-app';

/** Statistics as the wire tells them. */

export interface WireProgression {
  exercise_type_id: string;
  exercise_slug: string;
  exercise_name: string;
  estimated_1rm: { epley_kg: number; brzycki_kg: number; session_id: string; date: string } | null;
  best_by_reps: { reps: number; weight_kg: number; date: string; session_id: string }[];
  data_points: {
    date: string;
    max_weight_kg: number | null;
    total_volume_kg: number | null;
    sets_count: number;
    is_pr: boolean;
  }[];
}

export interface WireWeek {
  week_start: string;
  sessions_count: number;
  sessions_target: number | null;
  total_duration_min: number;
  avg_feeling: number | null;
  total_sets: number;
  total_volume_kg: number;
  muscles_worked: string[];
  streak_days: number;
  month_volume_kg: number;
}

export async function progressionOf(person: TestPerson, exercise: string, query = ''): Promise<WireProgression> {
  return expectStatus<WireProgression>(person.http.get(`/performances/stats/exercise/${exercise}${query}`), 200);
}

export async function weekOf(person: TestPerson, query = ''): Promise<WireWeek> {
  return expectStatus<WireWeek>(person.http.get(`/performances/stats/week${query}`), 200);
}

export function refusalOf({ status, body }: { status: number; body: unknown }): unknown[] {
  return [status, (body as { detail?: string }).detail];
}

/** One set in each of `count` sessions, a day apart up to `last`, straight into the tables: 100 kg and a little more each time. */
export async function trainedDaily(
  app: TestApp,
  person: Pick<TestPerson, 'id'>,
  exercise: string,
  count: number,
  last: string,
): Promise<void> {
  await app.database.query(
    `WITH sessions AS (
       INSERT INTO performance_sessions (user_id, session_type, trained_at, source, total_volume_kg, created_at, updated_at)
       SELECT $1, 'solo_free', $4::timestamptz - make_interval(days => $3::int - n), 'manual', 500 + n,
         $4::timestamptz, $4::timestamptz
       FROM generate_series(1, $3::int) n RETURNING id, user_id, total_volume_kg)
     INSERT INTO exercise_sets (session_id, user_id, exercise_type_id, position, set_order, sets_count, reps, weight_kg, is_pr)
     SELECT id, user_id, $2, 1, 1, 1, 5, total_volume_kg / 5, true FROM sessions`,
    [person.id, exercise, count, last],
  );
}

/** A session of Strava with one set, of which its terms say whether it counts. */
export async function fromStrava(
  app: TestApp,
  person: Pick<TestPerson, 'id'>,
  exercise: string,
  { date, weightKg, usableForStats }: { date: string; weightKg: number; usableForStats: boolean },
): Promise<void> {
  await app.database.query(
    `WITH session AS (
       INSERT INTO performance_sessions (user_id, session_type, trained_at, duration_min, feeling, source, external_id,
         source_terms, total_volume_kg, created_at, updated_at)
       VALUES ($1, 'solo_free', $3, 60, 5, 'strava', gen_random_uuid(), $4, $5, $3, $3) RETURNING id, user_id)
     INSERT INTO exercise_sets (session_id, user_id, exercise_type_id, position, set_order, sets_count, reps, weight_kg)
     SELECT id, user_id, $2, 1, 1, 1, 1, $5 FROM session`,
    [person.id, exercise, date, { visibleToCoach: false, usableForStats, keepUntil: null }, weightKg],
  );
}
