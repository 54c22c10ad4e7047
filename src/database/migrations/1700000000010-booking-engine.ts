import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a booking needs to be paid by a package, moved, and judged. */
export class BookingEngine1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bookings
        ADD COLUMN package_id uuid,
        ADD COLUMN gym_id uuid,
        ADD COLUMN rescheduled_from_id uuid,
        ADD COLUMN free_exit_until timestamptz,
        ADD COLUMN penalty_arisen_at timestamptz,
        ADD COLUMN penalty_applied_at timestamptz,
        ADD COLUMN waive_reason text`);
    // Penalties that arose before there were payments fell by themselves, all of them: what they cost is owed now.
    await runner.query(`
      UPDATE bookings SET penalty_arisen_at = cancelled_at, penalty_applied_at = cancelled_at WHERE penalty_due`);
    await runner.query(`
      INSERT INTO payments (coach_id, client_id, booking_id, amount_cents, currency, payment_method, status, due_at,
        created_at, updated_at)
      SELECT coach_id, client_id, id, price_cents, currency, 'cash', 'pending', cancelled_at + interval '14 days',
        cancelled_at, cancelled_at
      FROM bookings b
      WHERE penalty_due AND price_cents > 0 AND NOT EXISTS (SELECT FROM payments WHERE booking_id = b.id)`);
    await runner.query(`
      ALTER TABLE bookings
        ADD CONSTRAINT bookings_package FOREIGN KEY (package_id, coach_id, client_id)
          REFERENCES packages (id, coach_id, client_id),
        ADD CONSTRAINT bookings_gym FOREIGN KEY (gym_id) REFERENCES gyms ON DELETE SET NULL,
        ADD CONSTRAINT bookings_moved_from FOREIGN KEY (rescheduled_from_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id),
        ADD CONSTRAINT bookings_one_successor UNIQUE (rescheduled_from_id),
        ADD CONSTRAINT bookings_paid_by CHECK (
          (pricing_type = 'package') = (package_id IS NOT NULL) AND (package_id IS NULL OR price_cents IS NULL)),
        ADD CONSTRAINT bookings_deduction CHECK (NOT session_deducted OR package_id IS NOT NULL),
        ADD CONSTRAINT bookings_penalty CHECK (
          penalty_due = (penalty_arisen_at IS NOT NULL AND NOT late_cancel_waived)
          AND (penalty_arisen_at IS NOT NULL OR penalty_applied_at IS NULL AND NOT late_cancel_waived))`);
    await runner.query(`
      CREATE INDEX bookings_package_id ON bookings (package_id, coach_id, client_id) WHERE package_id IS NOT NULL`);
    await runner.query('CREATE INDEX bookings_gym_id ON bookings (gym_id) WHERE gym_id IS NOT NULL');
    // What the daily jobs look for: sessions that nobody spoke about, penalties that nobody decided.
    await runner.query(`CREATE INDEX bookings_ends_at ON bookings (ends_at) WHERE status = 'confirmed'`);
    await runner.query(`
      CREATE INDEX bookings_undecided ON bookings (penalty_arisen_at)
        WHERE penalty_due AND penalty_applied_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['bookings_undecided', 'bookings_ends_at']) await runner.query(`DROP INDEX ${index}`);
    // Constraints and indexes go with their columns, those of several columns by name.
    await runner.query(`
      ALTER TABLE bookings
        DROP CONSTRAINT bookings_paid_by,
        DROP CONSTRAINT bookings_deduction,
        DROP CONSTRAINT bookings_penalty,
        DROP COLUMN package_id,
        DROP COLUMN gym_id,
        DROP COLUMN rescheduled_from_id,
        DROP COLUMN free_exit_until,
        DROP COLUMN penalty_arisen_at,
        DROP COLUMN penalty_applied_at,
        DROP COLUMN waive_reason`);
  }
}
