/**
 * The sessions of the coaches $1 to before $2 around the day $3, and what goes with them. Most coaches have five; one in
 * a hundred has 505, so that there are ten a coach. What is over has its history, its place in the ledger of a package or
 * its payment; what is to come has its seat and engages two people.
 */

/** One row a session, from which the tables are filled. */
const PLAN = `
  CREATE TEMPORARY TABLE large_sessions ON COMMIT DROP AS
  SELECT md5('booking ' || n || ' ' || k)::uuid AS id, md5('coach ' || n)::uuid AS coach_id,
    md5('client ' || n * 2 + place)::uuid AS client_id, md5('price ' || n || 'per_session')::uuid AS pricing_id,
    CASE WHEN place % 2 = 0 THEN md5('package ' || n || ' ' || place)::uuid END AS package_id,
    n, k, place, starts_at, starts_at - interval '9 days' AS asked_at, starts_at - interval '8 days' AS answered_at,
    k < coming AS is_coming, (2000 + n * 7919::bigint % 8000)::int AS price_cents,
    CASE WHEN k < coming THEN CASE WHEN (n + k) % 5 = 4 THEN 'pending_coach_validation' ELSE 'confirmed' END
         ELSE (ARRAY['done', 'done', 'done', 'done', 'done', 'done', 'done', 'cancelled_by_client', 'no_show',
                     'auto_rejected'])[1 + (n + k) % 10] END AS status
  FROM generate_series($1::int, $2::int - 1) AS n,
    LATERAL (SELECT n % 100 = 0 AS is_busy, CASE WHEN n % 100 = 0 THEN 20 ELSE 1 END AS coming) AS coach,
    LATERAL generate_series(0, CASE WHEN is_busy THEN 504 ELSE 4 END) AS k,
    LATERAL (SELECT k % CASE WHEN is_busy THEN 50 ELSE 2 END AS place, k - coming AS past) AS session,
    -- The busy work in the morning and the others in the afternoon: who trains with both is never in two places.
    LATERAL (SELECT (
      CASE WHEN is_busy AND k < coming THEN $3::date + 1 + k / 3
           WHEN is_busy THEN $3::date - 1 - past / 3
           WHEN k < coming THEN $3::date + 1 + n % 6
           ELSE $3::date - 7 * (past + 1) - n % 6 END
      + make_interval(hours => CASE WHEN is_busy THEN 9 + CASE WHEN k < coming THEN k ELSE past END % 3
                                    ELSE 14 + n % 4 END)) AT TIME ZONE 'Europe/Paris' AS starts_at) AS time`;

const BOOKINGS = `
  INSERT INTO bookings (id, client_id, coach_id, pricing_id, scheduled_at, ends_at, duration_min, status, type,
    pricing_type, price_cents, currency, policy_threshold_hours, policy_mode, policy_noshow_is_due, session_deducted,
    expires_at, confirmed_at, cancelled_at, done_at, done_by, package_id, remind_at, created_at, updated_at)
  SELECT id, client_id, coach_id, CASE WHEN package_id IS NULL THEN pricing_id END, starts_at,
    starts_at + interval '1 hour', 60, status, 'individual',
    CASE WHEN package_id IS NULL THEN 'per_session' ELSE 'package' END,
    CASE WHEN package_id IS NULL THEN price_cents END, 'EUR', 24, 'auto', false, package_id IS NOT NULL AND status = 'done',
    CASE WHEN status = 'pending_coach_validation' THEN starts_at - interval '2 hours' END,
    CASE WHEN status NOT IN ('pending_coach_validation', 'auto_rejected') THEN answered_at END,
    CASE WHEN status = 'cancelled_by_client' THEN starts_at - interval '2 days' END,
    CASE WHEN status = 'done' THEN starts_at + interval '2 hours' END, CASE WHEN status = 'done' THEN 'coach' END, package_id,
    CASE WHEN status = 'confirmed' AND starts_at > $3::date + interval '2 days' THEN starts_at - interval '1 day' END,
    asked_at, CASE WHEN is_coming THEN answered_at ELSE starts_at END
  FROM large_sessions`;

const HISTORY = `
  INSERT INTO booking_transitions (booking_id, at, from_status, to_status, actor_role, actor_id)
  SELECT id, step.at, step.before, step.after, step.role,
    CASE step.role WHEN 'client' THEN client_id WHEN 'coach' THEN coach_id END
  FROM large_sessions AS session, LATERAL (VALUES
    (1, asked_at, NULL, 'pending_coach_validation', 'client'),
    (2, answered_at, 'pending_coach_validation', 'confirmed', 'coach'),
    (3, answered_at, 'pending_coach_validation', 'auto_rejected', 'system'),
    (3, starts_at - interval '2 days', 'confirmed', 'cancelled_by_client', 'client'),
    (3, starts_at + interval '2 hours', 'confirmed', 'done', 'coach'),
    (3, starts_at + interval '2 hours', 'confirmed', 'no_show', 'coach')
  ) AS step (place, at, before, after, role)
  WHERE step.place = 1 OR step.after = session.status
    OR step.after = 'confirmed' AND session.status IN ('done', 'no_show', 'cancelled_by_client')
  ORDER BY session.id, step.place`;

const SEATS = `
  INSERT INTO seats (coach_id, starts_at, seat, capacity, client_id, booking_id)
  SELECT coach_id, starts_at, 1, 1, client_id, id FROM large_sessions WHERE is_coming`;

const ENGAGEMENTS = `
  INSERT INTO engagements (person_id, during, occasion, role, booking_id)
  SELECT CASE role WHEN 'coach' THEN coach_id ELSE client_id END, tstzrange(starts_at, starts_at + interval '1 hour'),
    md5('occasion ' || n || ' ' || k)::uuid, role, id
  FROM large_sessions, unnest(ARRAY['coach', 'client']) AS role WHERE is_coming`;

/** Two wait for each session to come of a coach who is sought after; some have waited in vain. */
const QUEUES = `
  INSERT INTO waitlist_entries (id, coach_id, client_id, starts_at, ends_at, is_offered, position, status, notified_at,
    expires_at, created_at, updated_at)
  SELECT md5('entry ' || n || ' ' || k || ' ' || turn)::uuid, coach_id,
    md5('client ' || n * 2 + (place + 24 + turn) % 50)::uuid, starts_at, starts_at + interval '1 hour', true, turn,
    CASE WHEN is_coming THEN 'waiting' ELSE 'expired' END,
    CASE WHEN NOT is_coming THEN starts_at - interval '1 day' END,
    CASE WHEN NOT is_coming THEN starts_at - interval '23 hours' END, asked_at, asked_at
  FROM large_sessions, generate_series(1, 2) AS turn WHERE n % 100 = 0 AND (is_coming OR k % 5 = 0)`;

const PAYMENTS = `
  INSERT INTO payments (id, coach_id, client_id, booking_id, amount_cents, currency, payment_method, status, paid_at,
    due_at, created_at, updated_at)
  SELECT md5('payment ' || n || ' ' || k)::uuid, coach_id, client_id, id, price_cents, 'EUR', 'card',
    CASE WHEN k % 20 = 3 THEN 'pending' ELSE 'paid' END, CASE WHEN k % 20 <> 3 THEN starts_at + interval '2 hours' END,
    CASE WHEN k % 20 = 3 THEN $3::date + interval '10 days' END, starts_at, starts_at
  FROM large_sessions WHERE package_id IS NULL AND status = 'done'`;

export const SESSIONS: readonly string[] = [PLAN, 'ANALYZE large_sessions'];
export const OF_SESSIONS: readonly string[] = [BOOKINGS, HISTORY, SEATS, ENGAGEMENTS, QUEUES, PAYMENTS];
