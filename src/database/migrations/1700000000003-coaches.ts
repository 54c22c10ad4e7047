import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a coach publishes: profile, prices, weekly hours. */
export class Coaches1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE coach_profiles (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        bio text,
        verified boolean NOT NULL DEFAULT false,
        country char(2),
        city text,
        currency char(3) NOT NULL,
        session_duration_min smallint NOT NULL CHECK (session_duration_min BETWEEN 15 AND 480),
        discovery_enabled boolean NOT NULL,
        discovery_free boolean NOT NULL,
        discovery_price_cents integer CHECK (discovery_price_cents >= 0),
        discovery_duration_min smallint NOT NULL CHECK (discovery_duration_min BETWEEN 15 AND 480),
        booking_horizon_days smallint NOT NULL CHECK (booking_horizon_days BETWEEN 1 AND 365),
        buffer_min smallint NOT NULL CHECK (buffer_min BETWEEN 0 AND 120),
        min_notice_hours smallint NOT NULL CHECK (min_notice_hours BETWEEN 0 AND 168),
        sms_sender_name text,
        experience_years smallint CHECK (experience_years BETWEEN 0 AND 60),
        max_clients smallint CHECK (max_clients BETWEEN 1 AND 9999),
        languages text[] NOT NULL DEFAULT '{}',
        specialties text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT coach_profiles_discovery_price
          CHECK (NOT discovery_enabled OR discovery_free OR discovery_price_cents IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX coach_profiles_specialties ON coach_profiles USING gin (specialties)');
    await runner.query(`
      CREATE TABLE pricings (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        type text NOT NULL CHECK (type IN ('per_session', 'package')),
        name text NOT NULL,
        session_count smallint NOT NULL CHECK (session_count BETWEEN 1 AND 200),
        price_cents integer NOT NULL CHECK (price_cents >= 0),
        currency char(3) NOT NULL,
        validity_months smallint CHECK (validity_months BETWEEN 1 AND 24),
        is_public boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT pricings_single_session CHECK (type <> 'per_session' OR session_count = 1)
      )`);
    await runner.query('CREATE INDEX pricings_coach_id ON pricings (coach_id, type, price_cents)');
    await runner.query(`
      CREATE TABLE availabilities (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        day_of_week smallint NOT NULL CHECK (day_of_week BETWEEN 0 AND 6),
        start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
        end_minute smallint NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
        max_slots smallint NOT NULL CHECK (max_slots BETWEEN 1 AND 50),
        booking_horizon_days smallint CHECK (booking_horizon_days BETWEEN 1 AND 365),
        active boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT availabilities_range CHECK (start_minute < end_minute),
        CONSTRAINT availabilities_overlap EXCLUDE USING gist (
          coach_id WITH =, day_of_week WITH =, int4range(start_minute, end_minute) WITH &&
        )
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['availabilities', 'pricings', 'coach_profiles']) await runner.query(`DROP TABLE ${table}`);
  }
}
