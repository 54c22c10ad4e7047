import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which booking is to be reminded of when, which messages wait for the end of the night, and which are too old. */
export class Reminders1700000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bookings
        ADD COLUMN remind_at timestamptz,
        ADD CONSTRAINT bookings_reminder CHECK (
          remind_at IS NULL OR status IN ('pending_coach_validation', 'confirmed'))`);
    // Marks that have passed are not made up for: nobody was promised a reminder then.
    await runner.query(`
      UPDATE bookings b SET remind_at = (
        SELECT min(mark) FROM (VALUES
          ('pending_coach_validation', b.expires_at - interval '2 hours', b.created_at),
          ('confirmed', b.scheduled_at - interval '24 hours', b.confirmed_at),
          ('confirmed', b.scheduled_at - interval '1 hour', b.confirmed_at)) marks (status, mark, since)
        WHERE marks.status = b.status AND mark > since AND mark > now())
      WHERE status IN ('pending_coach_validation', 'confirmed')`);
    await runner.query('CREATE INDEX bookings_remind_at ON bookings (remind_at) WHERE remind_at IS NOT NULL');
    await runner.query(`
      ALTER TABLE notifications
        ADD COLUMN held_until timestamptz,
        ADD COLUMN by_mail boolean NOT NULL DEFAULT false`);
    await runner.query('CREATE INDEX notifications_held ON notifications (held_until) WHERE held_until IS NOT NULL');
    // What the daily job looks for: the inbox is kept for a year.
    await runner.query('CREATE INDEX notifications_created_at ON notifications (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notifications_created_at');
    // The constraint and the other indexes go with their columns.
    await runner.query('ALTER TABLE notifications DROP COLUMN by_mail, DROP COLUMN held_until');
    await runner.query('ALTER TABLE bookings DROP COLUMN remind_at');
  }
}
