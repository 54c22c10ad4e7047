import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses under which a calendar can be subscribed to. */
export class CalendarFeeds1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
