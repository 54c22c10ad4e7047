import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for a discovery session. */
export class CoachingRequests1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE coaching_requests (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        client_id uuid NOT NULL REFERENCES users,
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        status text NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'cancelled')),
        client_message text,
        coach_message text,
        discovery_slot timestamptz,
        booking_id uuid,
        relation_before text CHECK (relation_before IN ('pending', 'discovery', 'active', 'paused', 'ended')),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT coaching_requests_two_people CHECK (client_id <> coach_id),
        CONSTRAINT coaching_requests_slot CHECK (booking_id IS NULL OR discovery_slot IS NOT NULL),
        CONSTRAINT coaching_requests_one_booking UNIQUE (booking_id),
        CONSTRAINT coaching_requests_booking FOREIGN KEY (booking_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX coaching_requests_one_pending ON coaching_requests (coach_id, client_id)
        WHERE status = 'pending'`);
    await runner.query(`
      CREATE INDEX coaching_requests_coach_id ON coaching_requests (coach_id, status, created_at DESC, id)`);
    await runner.query(`
      CREATE INDEX coaching_requests_client_id ON coaching_requests (client_id, created_at DESC, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE coaching_requests');
  }
}
