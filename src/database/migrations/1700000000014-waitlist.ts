import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues at full slots, and the offers that keep a seat. */
export class Waitlist1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
