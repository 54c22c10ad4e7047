import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The links by which people become clients of a coach. */
export class Enrollment1700000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE enrollment_tokens (
        id uuid PRIMARY KEY,
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        token_hash char(64) NOT NULL,
        -- Encrypted: its coach sees it again.
        token text NOT NULL,
        label text,
        expires_at timestamptz,
        max_uses integer CHECK (max_uses >= 1),
        uses_count integer NOT NULL DEFAULT 0 CHECK (uses_count >= 0),
        active boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT enrollment_tokens_token_hash UNIQUE (token_hash),
        -- Never used more often than its coach allows, and switched off with the last use.
        CONSTRAINT enrollment_tokens_uses CHECK (uses_count <= max_uses),
        CONSTRAINT enrollment_tokens_used_up CHECK (NOT active OR max_uses IS NULL OR uses_count < max_uses)
      )`);
    await runner.query('CREATE INDEX enrollment_tokens_coach_id ON enrollment_tokens (coach_id, created_at DESC, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE enrollment_tokens');
  }
}
