import type { Pool } from 'pg';

/** Rows that break an iron rule of bookings; every one of these queries must come back empty. */
const BREACHES: Readonly<Record<string, string>> = {
  'an active booking without its seat': `
    SELECT b.id FROM bookings b LEFT JOIN seats s ON s.booking_id = b.id
    WHERE b.status IN ('pending_coach_validation', 'confirmed') AND s.booking_id IS NULL`,
  'a seat without an active booking': `
    SELECT s.booking_id FROM seats s LEFT JOIN bookings b ON b.id = s.booking_id
    WHERE b.id IS NULL OR b.status NOT IN ('pending_coach_validation', 'confirmed')
       OR b.coach_id <> s.coach_id OR b.client_id <> s.client_id OR b.scheduled_at <> s.starts_at`,
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
  'a booking whose history does not end in its status': `
    SELECT b.id FROM bookings b WHERE b.status IS DISTINCT FROM (
      SELECT to_status FROM booking_transitions t WHERE t.booking_id = b.id ORDER BY t.id DESC LIMIT 1)`,
};

/** Checks the iron rules against the tables, whoever wrote them. */
export async function expectInvariants(database: Pool): Promise<void> {
  const broken: string[] = [];
  for (const [rule, query] of Object.entries(BREACHES)) {
    const { rowCount } = await database.query(query);
    if (rowCount) broken.push(`${rule}: ${String(rowCount)}`);
  }
  expect(broken).toEqual([]);
}
