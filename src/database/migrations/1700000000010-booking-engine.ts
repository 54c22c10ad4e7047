import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a booking needs to be paid by a package, moved, and judged. */
export class BookingEngine1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
