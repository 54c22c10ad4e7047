import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that wait for their erasure, how far it is, and that it was done; and whom messages speak of. */
export class Erasure1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deletion_requests (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        requested_at timestamptz NOT NULL,
        effective_at timestamptz NOT NULL,
        -- From then on nobody takes it back.
        started_at timestamptz,
        -- What is done already: an erasure that was cut off goes on where it was.
        done_parts text[] NOT NULL DEFAULT '{}',
        CONSTRAINT deletion_requests_dates CHECK (effective_at >= requested_at)
      )`);
    await runner.query('CREATE INDEX deletion_requests_effective_at ON deletion_requests (effective_at, user_id)');
    await runner.query('CREATE INDEX deletion_requests_requested_at ON deletion_requests (requested_at)');
    await runner.query(`
      -- The id of a row without a person. No foreign key: a receipt may know somebody whom a backup does not hold.
      CREATE TABLE erasure_receipts (
        user_id uuid PRIMARY KEY,
        requested_at timestamptz NOT NULL,
        erased_at timestamptz NOT NULL,
        parts text[] NOT NULL,
        -- Null: not written beside the database yet.
        filed_at timestamptz
      )`);
    await runner.query('CREATE INDEX erasure_receipts_unfiled ON erasure_receipts (erased_at) WHERE filed_at IS NULL');
    await runner.query('ALTER TABLE account_tokens DROP CONSTRAINT account_tokens_purpose_check');
    await runner.query(`
      ALTER TABLE account_tokens ADD CONSTRAINT account_tokens_purpose_check
      CHECK (purpose IN ('email_verification', 'password_reset', 'deletion_cancel'))`);
    await runner.query(`ALTER TABLE notifications ADD COLUMN about_user_ids uuid[] NOT NULL DEFAULT '{}'`);
    // What was written before tells of whom it speaks by its data: directly, or by the session that it is about.
    await runner.query(`
      UPDATE notifications n SET about_user_ids = ARRAY(
        SELECT DISTINCT person FROM (
          SELECT id AS person FROM users WHERE id::text IN (n.data ->> 'client_id', n.data ->> 'coach_id')
          UNION
          SELECT unnest(ARRAY[client_id, coach_id]) FROM bookings WHERE id::text = n.data ->> 'booking_id'
        ) people WHERE person <> n.user_id)`);
    await runner.query('CREATE INDEX notifications_about ON notifications USING gin (about_user_ids)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notifications_about');
    await runner.query('ALTER TABLE notifications DROP COLUMN about_user_ids');
    await runner.query(`DELETE FROM account_tokens WHERE purpose = 'deletion_cancel'`);
    await runner.query('ALTER TABLE account_tokens DROP CONSTRAINT account_tokens_purpose_check');
    await runner.query(`
      ALTER TABLE account_tokens ADD CONSTRAINT account_tokens_purpose_check
      CHECK (purpose IN ('email_verification', 'password_reset'))`);
    await runner.query('DROP TABLE erasure_receipts');
    await runner.query('DROP TABLE deletion_requests');
  }
}
