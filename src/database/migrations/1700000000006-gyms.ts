import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Gym chains and clubs, who works in them and who likes them. */
export class Gyms1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
