import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was pushed to Strava, and until when sessions from there may be kept. */
export class Strava1700000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What Strava calls the activity that a session was pushed as.
    await runner.query('ALTER TABLE performance_sessions ADD COLUMN strava_activity_id text');
    await runner.query(`
      CREATE INDEX performance_sessions_keep_until ON performance_sessions ((source_terms ->> 'keepUntil'))
        WHERE source_terms ->> 'keepUntil' IS NOT NULL`);
    await runner.query(`
      CREATE TABLE strava_pushes (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users,
        -- Null: the session was deleted here. Its activity is still ours, and not to be imported.
        session_id uuid,
        state text NOT NULL CHECK (state IN ('sending', 'unclear', 'pushed')),
        -- Who is sending it, and since when.
        claim uuid NOT NULL,
        claimed_at timestamptz NOT NULL,
        -- As Strava was told of it.
        name text NOT NULL,
        sport_type text NOT NULL,
        start_date_local text NOT NULL,
        elapsed_seconds integer NOT NULL CHECK (elapsed_seconds > 0),
        activity_id text,
        CONSTRAINT strava_pushes_session_id UNIQUE (session_id),
        CONSTRAINT strava_pushes_activity UNIQUE (user_id, activity_id),
        CONSTRAINT strava_pushes_known CHECK ((state = 'pushed') = (activity_id IS NOT NULL)),
        CONSTRAINT strava_pushes_session FOREIGN KEY (session_id, user_id)
          REFERENCES performance_sessions (id, user_id) ON DELETE SET NULL (session_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE strava_pushes');
    await runner.query('DROP INDEX performance_sessions_keep_until');
    await runner.query('ALTER TABLE performance_sessions DROP COLUMN strava_activity_id');
  }
}
