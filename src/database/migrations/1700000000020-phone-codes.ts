import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Codes that prove a number: one per person, and how many were sent. */
export class PhoneCodes1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE phone_codes (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        id uuid NOT NULL,
        phone text NOT NULL,
        code_hash char(64) NOT NULL,
        tries smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 3),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        first_tried_at timestamptz
      )`);
    await runner.query('CREATE INDEX phone_codes_expires_at ON phone_codes (expires_at)');
    await runner.query(`
      -- When codes went to a number, when an account had codes sent, and when any were sent: hashes of these.
      CREATE TABLE phone_code_sendings (
        subject_hash char(64) PRIMARY KEY,
        sent_at timestamptz[] NOT NULL,
        last_sent_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX phone_code_sendings_last_sent_at ON phone_code_sendings (last_sent_at)');
    await runner.query(`
      CREATE INDEX users_unproved_phone ON users (phone) WHERE phone_verified_at IS NULL AND phone IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX users_unproved_phone');
    await runner.query('DROP TABLE phone_code_sendings');
    await runner.query('DROP TABLE phone_codes');
  }
}
