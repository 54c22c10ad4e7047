import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for a discovery session. */
export class CoachingRequests1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
