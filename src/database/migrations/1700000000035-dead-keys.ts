import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that open nothing any more are looked for every day, among all that ever were. */
export class DeadKeys1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX api_keys_expires_at ON api_keys (expires_at) WHERE expires_at IS NOT NULL');
    await runner.query('CREATE INDEX api_keys_revoked_at ON api_keys (revoked_at) WHERE revoked_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX api_keys_revoked_at');
    await runner.query('DROP INDEX api_keys_expires_at');
  }
}
