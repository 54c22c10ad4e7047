import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What scales say, and how far each account was read. */
export class BodyMeasurements1700000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE body_measurements (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users,
        measured_at timestamptz NOT NULL,
        source text NOT NULL CHECK (source IN ('withings', 'xiaomi', 'garmin', 'manual')),
        weight_kg numeric(5, 2) NOT NULL CHECK (weight_kg > 0 AND weight_kg <= 500),
        bmi numeric(5, 2) CHECK (bmi BETWEEN 0 AND 100),
        fat_pct numeric(5, 2) CHECK (fat_pct BETWEEN 0 AND 100),
        muscle_pct numeric(5, 2) CHECK (muscle_pct BETWEEN 0 AND 100),
        water_pct numeric(5, 2) CHECK (water_pct BETWEEN 0 AND 100),
        bone_kg numeric(4, 2) CHECK (bone_kg BETWEEN 0 AND 50),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT body_measurements_once UNIQUE (user_id, measured_at, source)
      )`);
    await runner.query('CREATE INDEX body_measurements_user_id ON body_measurements (user_id, measured_at DESC, id)');
    await runner.query(`
      -- Accounts whose scale is read. A new connection is a new row: what one has read says nothing of another.
      CREATE TABLE scale_syncs (
        user_id uuid PRIMARY KEY REFERENCES users,
        connected_at timestamptz NOT NULL,
        -- By the provider's own clock, seconds since 1970: everything changed until then is known.
        known_until bigint NOT NULL CHECK (known_until >= 0),
        due_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX scale_syncs_due_at ON scale_syncs (due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE scale_syncs');
    await runner.query('DROP TABLE body_measurements');
  }
}
