import type { Pool } from 'pg';

/** Rows that break an iron rule of bookings, queues, packages, payments or training; every one of these queries must come back empty. */
const BREACHES: Readonly<Record<string, string>> = {
  'an active booking without its seat': `
    SELECT b.id FROM bookings b LEFT JOIN seats s ON s.booking_id = b.id
    WHERE b.status IN ('pending_coach_validation', 'confirmed') AND s.booking_id IS NULL`,
  'a seat without an active booking': `
    SELECT s.booking_id FROM seats s LEFT JOIN bookings b ON b.id = s.booking_id
    WHERE s.waitlist_entry_id IS NULL AND (b.id IS NULL OR b.status NOT IN ('pending_coach_validation', 'confirmed')
       OR b.coach_id <> s.coach_id OR b.client_id <> s.client_id OR b.scheduled_at <> s.starts_at)`,
  'an active booking that does not engage exactly its coach and its client': `
    SELECT b.id FROM bookings b LEFT JOIN engagements e ON e.booking_id = b.id
    WHERE b.status IN ('pending_coach_validation', 'confirmed') GROUP BY b.id
    HAVING count(*) FILTER (WHERE e.role = 'coach' AND e.person_id = b.coach_id) <> 1
        OR count(*) FILTER (WHERE e.role = 'client' AND e.person_id = b.client_id) <> 1`,
  'an engagement without an active booking': `
    SELECT e.booking_id FROM engagements e JOIN bookings b ON b.id = e.booking_id
    WHERE b.status NOT IN ('pending_coach_validation', 'confirmed')
       OR e.during <> tstzrange(b.scheduled_at, b.ends_at)`,
  'a person in two places': `
    SELECT one.booking_id FROM engagements one JOIN engagements other
      ON other.person_id = one.person_id AND other.during && one.during AND other.occasion <> one.occasion`,
  'a coach with overlapping sessions that start apart': `
    SELECT one.id FROM bookings one JOIN bookings other ON other.coach_id = one.coach_id AND other.id <> one.id
      AND tstzrange(other.scheduled_at, other.ends_at) && tstzrange(one.scheduled_at, one.ends_at)
      AND other.scheduled_at <> one.scheduled_at
    WHERE one.status IN ('pending_coach_validation', 'confirmed')
      AND other.status IN ('pending_coach_validation', 'confirmed')`,
  'an offer without its seat, or whose coach is free meanwhile': `
    SELECT w.id FROM waitlist_entries w LEFT JOIN seats s ON s.waitlist_entry_id = w.id
      LEFT JOIN engagements e ON e.waitlist_entry_id = w.id
    WHERE w.status = 'notified' AND (s.seat IS NULL OR e.id IS NULL OR s.held_until <> w.expires_at
      OR e.person_id <> w.coach_id OR e.during <> tstzrange(w.starts_at, w.ends_at))`,
  'a seat or an engagement that is kept for nobody': `
    SELECT kept.id FROM (
      SELECT waitlist_entry_id AS id FROM seats UNION ALL SELECT waitlist_entry_id FROM engagements) kept
      LEFT JOIN waitlist_entries w ON w.id = kept.id
    WHERE kept.id IS NOT NULL AND w.status IS DISTINCT FROM 'notified'`,
  'a queue whose positions are not 1..n, or with an offer behind somebody who waits': `
    SELECT id FROM (
      SELECT *, row_number() OVER queue AS place, lag(status) OVER queue AS before FROM waitlist_entries
      WHERE status IN ('waiting', 'notified') WINDOW queue AS (PARTITION BY coach_id, starts_at ORDER BY position)) live
    WHERE position <> place OR status = 'notified' AND before = 'waiting'`,
  'more people than places at a start': `
    SELECT coach_id FROM seats GROUP BY coach_id, starts_at HAVING count(*) > max(capacity)`,
  'an entry that was taken without a booking of its start': `
    SELECT w.id FROM waitlist_entries w LEFT JOIN bookings b ON b.id = w.booking_id
    WHERE w.status = 'confirmed' AND (b.id IS NULL OR b.coach_id <> w.coach_id OR b.client_id <> w.client_id
      OR b.scheduled_at <> w.starts_at)`,
  'somebody who waits for a session that he has': `
    SELECT w.id FROM waitlist_entries w JOIN bookings b
      ON b.coach_id = w.coach_id AND b.client_id = w.client_id AND b.scheduled_at = w.starts_at
    WHERE w.status IN ('waiting', 'notified') AND b.status IN ('pending_coach_validation', 'confirmed')`,
  'a booking whose history does not end in its status': `
    SELECT b.id FROM bookings b WHERE b.status IS DISTINCT FROM (
      SELECT to_status FROM booking_transitions t WHERE t.booking_id = b.id ORDER BY t.id DESC LIMIT 1)`,
  'a booking that says of its session what the ledger does not': `
    SELECT b.id FROM bookings b WHERE b.session_deducted IS DISTINCT FROM (
      SELECT count(*) FILTER (WHERE kind = 'consume') > count(*) FILTER (WHERE kind = 'restore')
      FROM package_movements m WHERE m.booking_id = b.id)`,
  'somebody who owes for a session that neither took place nor is due': `
    SELECT b.id FROM bookings b JOIN payments p ON p.booking_id = b.id AND p.status IN ('pending', 'late')
    WHERE b.status NOT IN ('pending_coach_validation', 'confirmed', 'done') AND NOT b.penalty_due`,
  'a penalty for something else than a late cancellation or a no-show': `
    SELECT id FROM bookings
    WHERE penalty_arisen_at IS NOT NULL AND status NOT IN ('cancelled_late_by_client', 'no_show')
       OR status = 'cancelled_late_by_client' AND penalty_arisen_at IS NULL`,
  'a booking that was moved and is not cancelled, or that costs another than before': `
    SELECT old.id FROM bookings moved JOIN bookings old ON old.id = moved.rescheduled_from_id
    WHERE old.status NOT IN ('cancelled_by_client', 'cancelled_by_coach')
       OR old.package_id IS DISTINCT FROM moved.package_id OR old.price_cents IS DISTINCT FROM moved.price_cents
       OR old.currency <> moved.currency OR old.duration_min <> moved.duration_min`,
  'a request for a discovery that waits and whose booking does not, or the other way round': `
    SELECT b.id FROM bookings b FULL JOIN (SELECT * FROM coaching_requests WHERE status = 'pending') r
      ON r.booking_id = b.id
    WHERE (r.booking_id IS NOT NULL OR b.pricing_type = 'discovery')
      AND (b.status = 'pending_coach_validation') IS DISTINCT FROM (r.id IS NOT NULL)
      -- The client moved a session that had been accepted: it waits anew, the request stays accepted.
      AND NOT (r.id IS NULL AND b.rescheduled_from_id IS NOT NULL AND EXISTS (
        SELECT FROM coaching_requests a
        WHERE a.coach_id = b.coach_id AND a.client_id = b.client_id AND a.status = 'accepted'))`,
  'a package whose counters are not the sums of its ledger': `
    SELECT p.id FROM packages p LEFT JOIN package_movements m ON m.package_id = p.id GROUP BY p.id
    HAVING p.balance <> coalesce(sum(m.delta), 0) OR p.remaining <> coalesce(sum(m.remaining_delta), 0)
        OR p.last_seq <> count(m.seq) OR p.balance < 0 OR p.remaining < p.balance
        OR p.used <> count(*) FILTER (WHERE m.kind = 'consume') - count(*) FILTER (WHERE m.kind = 'restore')`,
  'a package whose status does not agree with what is left': `
    SELECT id FROM packages
    WHERE (status = 'active') AND remaining = 0 OR status = 'exhausted' AND remaining > 0
       OR status = 'expired' AND balance > 0 OR status = 'awaiting_payment' AND remaining > balance
       OR status = 'cancelled' AND balance > 0
          AND NOT EXISTS (SELECT FROM users WHERE id = packages.coach_id AND users.status = 'deleted')`,
  'a ledger with a gap, or with a line that does not continue the one before': `
    SELECT package_id FROM (
      SELECT *, row_number() OVER w AS place, coalesce(lag(balance_after) OVER w, 0) AS before,
        coalesce(lag(remaining_after) OVER w, 0) AS remaining_before
      FROM package_movements WINDOW w AS (PARTITION BY package_id ORDER BY seq)) lines
    WHERE seq <> place OR before + delta <> balance_after OR remaining_before + remaining_delta <> remaining_after`,
  'a movement of a booking that is not on the package of its hold': `
    SELECT m.booking_id FROM package_movements m LEFT JOIN package_movements h
      ON h.booking_id = m.booking_id AND h.kind = 'hold' AND h.package_id = m.package_id
    WHERE m.booking_id IS NOT NULL AND h.seq IS NULL`,
  'a session that is held for nothing': `
    SELECT h.booking_id FROM package_movements h JOIN bookings b ON b.id = h.booking_id
    WHERE h.kind = 'hold' AND NOT EXISTS (
        SELECT FROM package_movements e WHERE e.booking_id = h.booking_id AND e.follows = 'hold')
      AND (b.package_id IS DISTINCT FROM h.package_id OR NOT (
        b.status IN ('pending_coach_validation', 'confirmed') OR b.penalty_due AND b.penalty_applied_at IS NULL))`,
  'an active booking or an undecided penalty that a package pays for without holding a session': `
    SELECT b.id FROM bookings b
    WHERE b.package_id IS NOT NULL
      AND (b.status IN ('pending_coach_validation', 'confirmed') OR b.penalty_due AND b.penalty_applied_at IS NULL)
      AND NOT EXISTS (SELECT FROM package_movements h WHERE h.booking_id = b.id AND h.kind = 'hold'
        AND NOT EXISTS (SELECT FROM package_movements e WHERE e.booking_id = b.id AND e.follows = 'hold'))`,
  'a booking with two payments that are not cancelled': `
    SELECT booking_id FROM payments WHERE booking_id IS NOT NULL AND status <> 'cancelled'
    GROUP BY booking_id HAVING count(*) > 1`,
  'a payment in another currency than its package or booking': `
    SELECT y.id FROM payments y LEFT JOIN packages p ON p.id = y.package_id LEFT JOIN bookings b ON b.id = y.booking_id
    WHERE y.currency <> coalesce(p.currency, b.currency, y.currency)`,
  'a package that waits for money although a payment of it is paid': `
    SELECT p.id FROM packages p JOIN payments y ON y.package_id = p.id
    WHERE p.status = 'awaiting_payment' AND y.status = 'paid'`,
  'a set that is marked as a record and is none, or the other way round': `
    SELECT id FROM (
      SELECT e.id, e.is_pr, s.source <> 'strava' AND coalesce(e.weight_kg > 0, false)
          AND row_number() OVER (PARTITION BY s.id, e.exercise_type_id
            ORDER BY e.weight_kg DESC NULLS LAST, e.reps DESC NULLS LAST, e.set_order, e.position) = 1
          AND e.weight_kg > coalesce(max(e.weight_kg) FILTER (WHERE s.source <> 'strava') OVER (
            PARTITION BY e.user_id, e.exercise_type_id ORDER BY s.trained_at, s.created_at, s.id
            GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS holds
      FROM exercise_sets e JOIN performance_sessions s ON s.id = e.session_id) judged
    WHERE is_pr IS DISTINCT FROM holds`,
  'a training session whose volume is not the sum of its sets': `
    SELECT s.id FROM performance_sessions s LEFT JOIN exercise_sets e ON e.session_id = s.id GROUP BY s.id
    HAVING s.total_volume_kg <> coalesce(sum(e.sets_count * e.reps::numeric * e.weight_kg), 0)`,
};

/** One statement with a name, so that each connection plans it once: some tests ask after every step. */
const CHECK = {
  name: 'broken_iron_rules',
  text: Object.values(BREACHES)
    .map((query, place) => `SELECT ${String(place)} AS place, count(*)::int AS rows FROM (${query}) AS breach`)
    .join(' UNION ALL '),
};

/** Checks the iron rules against the tables, whoever wrote them. */
export async function expectInvariants(database: Pool): Promise<void> {
  const { rows } = await database.query<{ place: number; rows: number }>(CHECK);
  const rules = Object.keys(BREACHES);
  const broken = rows.flatMap(({ place, rows: count }) =>
    count > 0 ? [`${rules[place] ?? ''}: ${String(count)}`] : [],
  );
  expect(broken).toEqual([]);
}
