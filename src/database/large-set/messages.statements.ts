/** What was said of each session: to the coach that it is asked for, to the client how it went on. */
export const MESSAGES = `
  CREATE TEMPORARY TABLE large_messages ON COMMIT DROP AS
  SELECT md5('message ' || n || ' ' || k || ' ' || type)::uuid AS id, type, session.id AS booking_id,
    CASE WHEN to_coach THEN coach_id ELSE client_id END AS user_id,
    CASE WHEN to_coach THEN client_id ELSE coach_id END AS other_id,
    'La séance du ' || to_char(starts_at, 'DD/MM') || ' vous attend : tout est dans l’application.' AS body,
    CASE WHEN to_coach THEN 'Nouvelle demande' ELSE 'Séance confirmée' END AS title, to_coach,
    CASE WHEN (n + k) % 4 > 0 THEN answered_at END AS read_at,
    CASE WHEN to_coach THEN asked_at ELSE answered_at END AS created_at
  FROM large_sessions AS session,
    (VALUES ('booking_requested', true), ('booking_confirmed', false)) AS message (type, to_coach)
  WHERE to_coach OR status NOT IN ('pending_coach_validation', 'auto_rejected')`;

/** Their texts, which are kept sealed. */
export const UNSEALED = 'SELECT id, body FROM large_messages ORDER BY id';

/** $1 the ids, $2 the texts as they are kept. */
export const NOTIFICATIONS = `
  INSERT INTO notifications (id, user_id, type, fact, title, body, data, read_at, created_at, about_user_ids)
  SELECT id, user_id, type, booking_id::text, title, sealed.body,
    jsonb_build_object('type', type, 'deep_link', 'mycoach://bookings/' || booking_id, 'booking_id', booking_id,
      CASE WHEN to_coach THEN 'client_id' ELSE 'coach_id' END, other_id),
    read_at, created_at, ARRAY[other_id]
  FROM large_messages AS message JOIN unnest($1::uuid[], $2::text[]) AS sealed (id, body) USING (id)`;
