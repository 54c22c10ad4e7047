import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a coach adds to the profile: certifications and the cancellation policy. */
export class CoachSpace1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE certifications (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        name text NOT NULL,
        organization text,
        year smallint CHECK (year BETWEEN 1950 AND 2100),
        document_url text,
        verified boolean NOT NULL DEFAULT false,
        reviewed_at timestamptz,
        rejection_reason text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT certifications_verdict CHECK (
          CASE WHEN reviewed_at IS NULL THEN NOT verified AND rejection_reason IS NULL
               ELSE NOT verified OR rejection_reason IS NULL END
        )
      )`);
    await runner.query('CREATE INDEX certifications_coach_id ON certifications (coach_id, created_at)');
    await runner.query(
      'CREATE INDEX certifications_pending ON certifications (created_at, id) WHERE reviewed_at IS NULL',
    );
    await runner.query(`
      CREATE TABLE cancellation_policies (
        coach_id uuid PRIMARY KEY REFERENCES coach_profiles ON DELETE CASCADE,
        threshold_hours smallint NOT NULL CHECK (threshold_hours BETWEEN 1 AND 168),
        mode text NOT NULL CHECK (mode IN ('auto', 'manual')),
        noshow_is_due boolean NOT NULL,
        client_message text,
        updated_at timestamptz NOT NULL
      )`);
    // Who became a coach before now has what a new coach starts with.
    await runner.query(`
      INSERT INTO cancellation_policies (coach_id, threshold_hours, mode, noshow_is_due, updated_at)
      SELECT user_id, 24, 'auto', true, created_at FROM coach_profiles`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['cancellation_policies', 'certifications']) await runner.query(`DROP TABLE ${table}`);
  }
}
