/**
 * Three trainings of each client of the coaches $1 to before $2, before the day $3, with two sets of one exercise and one
 * of another. The first of them set the records, because later ones were as heavy.
 */
const NUMBERS = 'generate_series($1::int * 2, $2::int * 2 - 1) AS n, generate_series(1, 3) AS week';

export const TRAINING: readonly string[] = [
  `INSERT INTO performance_sessions (id, user_id, session_type, trained_at, duration_min, source, total_volume_kg,
     created_at, updated_at)
   SELECT md5('training ' || n || ' ' || week)::uuid, md5('client ' || n)::uuid, 'solo_free', time.at, 50, 'manual', 1280,
     time.at, time.at
   FROM ${NUMBERS}, LATERAL (SELECT $3::date - make_interval(days => 7 * week, hours => n % 8) AS at) AS time`,
  `INSERT INTO exercise_sets (id, session_id, user_id, exercise_type_id, position, set_order, sets_count, reps, weight_kg,
     is_pr)
   SELECT md5('set ' || n || ' ' || week || ' ' || position)::uuid, md5('training ' || n || ' ' || week)::uuid,
     md5('client ' || n)::uuid, exercise.id, position, set_order, 1, reps, weight_kg, week = 3 AND set_order = 1
   FROM ${NUMBERS}, (VALUES (1, 1, 1, 10, 40), (2, 1, 2, 10, 40), (3, 2, 1, 8, 60))
       AS line (position, exercise, set_order, reps, weight_kg)
     JOIN (SELECT id, row_number() OVER (ORDER BY slug) AS place FROM exercise_types ORDER BY slug LIMIT 2) AS exercise
       ON exercise.place = line.exercise`,
  // Answers that are kept for repeats, for as long as they are.
  `INSERT INTO idempotency_keys (user_id, route, key, fingerprint, status, created_at)
   SELECT md5('client ' || n)::uuid, 'POST /bookings', md5('request ' || n), md5('body ' || n) || md5('rest ' || n), 204,
     $3::date + make_interval(secs => n % 3600) FROM generate_series($1::int * 2, $2::int * 2 - 1) AS n`,
];
