import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training sessions and their sets. */
export class Performances1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE performance_sessions (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users,
        -- Null: the owner wrote it.
        entered_by uuid REFERENCES users ON DELETE SET NULL,
        session_type text NOT NULL CHECK (session_type IN ('solo_free', 'solo_guided', 'coached')),
        -- The session that was booked for it, and its coach, who sees what was done in it.
        booking_id uuid,
        booking_coach_id uuid,
        gym_id uuid REFERENCES gyms ON DELETE SET NULL,
        trained_at timestamptz NOT NULL,
        duration_min smallint CHECK (duration_min BETWEEN 1 AND 600),
        feeling smallint CHECK (feeling BETWEEN 1 AND 5),
        source text NOT NULL CHECK (source IN ('manual', 'strava', 'strong', 'hevy', 'mycoach')),
        external_id text,
        source_terms jsonb,
        total_volume_kg numeric(16, 2) NOT NULL CHECK (total_volume_kg >= 0),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT performance_sessions_booking FOREIGN KEY (booking_id, booking_coach_id, user_id)
          REFERENCES bookings (id, coach_id, client_id),
        CONSTRAINT performance_sessions_booked CHECK ((booking_id IS NULL) = (booking_coach_id IS NULL)),
        CONSTRAINT performance_sessions_once UNIQUE (user_id, source, external_id),
        CONSTRAINT performance_sessions_owner UNIQUE (id, user_id)
      )`);
    await runner.query(
      'CREATE INDEX performance_sessions_user_id ON performance_sessions (user_id, trained_at DESC, id)',
    );
    await runner.query(`
      CREATE INDEX performance_sessions_entered_by ON performance_sessions (entered_by) WHERE entered_by IS NOT NULL`);
    await runner.query(`
      CREATE INDEX performance_sessions_booking_id ON performance_sessions (booking_id, booking_coach_id, user_id)
        WHERE booking_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX performance_sessions_gym_id ON performance_sessions (gym_id) WHERE gym_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE exercise_sets (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        session_id uuid NOT NULL,
        user_id uuid NOT NULL,
        exercise_type_id uuid NOT NULL REFERENCES exercise_types,
        machine_id uuid REFERENCES machines ON DELETE SET NULL,
        -- Place in the list that was sent.
        position smallint NOT NULL CHECK (position BETWEEN 1 AND 200),
        set_order smallint NOT NULL CHECK (set_order BETWEEN 1 AND 50),
        sets_count smallint NOT NULL CHECK (sets_count BETWEEN 1 AND 20),
        reps integer CHECK (reps BETWEEN 0 AND 9999),
        weight_kg numeric(6, 2) CHECK (weight_kg BETWEEN 0 AND 9999),
        duration_seconds integer CHECK (duration_seconds BETWEEN 1 AND 86400),
        notes text,
        -- The heaviest of its session, and heavier than everything before.
        is_pr boolean NOT NULL DEFAULT false,
        CONSTRAINT exercise_sets_session FOREIGN KEY (session_id, user_id)
          REFERENCES performance_sessions (id, user_id) ON DELETE CASCADE,
        CONSTRAINT exercise_sets_position UNIQUE (session_id, user_id, position),
        CONSTRAINT exercise_sets_record CHECK (NOT is_pr OR weight_kg > 0)
      )`);
    await runner.query('CREATE INDEX exercise_sets_exercise ON exercise_sets (user_id, exercise_type_id)');
    await runner.query('CREATE INDEX exercise_sets_exercise_type_id ON exercise_sets (exercise_type_id)');
    await runner.query(`
      CREATE INDEX exercise_sets_machine_id ON exercise_sets (machine_id) WHERE machine_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX exercise_sets_records ON exercise_sets (user_id, exercise_type_id, weight_kg) WHERE is_pr`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exercise_sets');
    await runner.query('DROP TABLE performance_sessions');
  }
}
