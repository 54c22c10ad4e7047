import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bookings keep the history; seats and engagements say what is taken now, and are the proof of it. */
export class Bookings1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bookings (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        client_id uuid NOT NULL REFERENCES users,
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        pricing_id uuid REFERENCES pricings ON DELETE SET NULL,
        scheduled_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        duration_min smallint NOT NULL,
        status text NOT NULL CHECK (status IN (
          'pending_coach_validation', 'confirmed', 'done', 'cancelled_by_client', 'cancelled_late_by_client',
          'cancelled_by_coach', 'cancelled_by_coach_late', 'no_show', 'rejected', 'auto_rejected')),
        type text NOT NULL CHECK (type IN ('individual', 'group', 'discovery')),
        pricing_type text NOT NULL CHECK (pricing_type IN ('per_session', 'package', 'discovery')),
        price_cents integer CHECK (price_cents >= 0),
        currency char(3) NOT NULL,
        policy_threshold_hours smallint NOT NULL,
        policy_mode text NOT NULL CHECK (policy_mode IN ('auto', 'manual')),
        policy_noshow_is_due boolean NOT NULL,
        client_message text,
        coach_cancel_reason text,
        penalty_due boolean NOT NULL DEFAULT false,
        late_cancel_waived boolean NOT NULL DEFAULT false,
        session_deducted boolean NOT NULL DEFAULT false,
        expires_at timestamptz,
        confirmed_at timestamptz,
        cancelled_at timestamptz,
        done_at timestamptz,
        done_by text CHECK (done_by IN ('client', 'coach', 'admin', 'system')),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT bookings_two_people CHECK (client_id <> coach_id),
        CONSTRAINT bookings_length CHECK (ends_at = scheduled_at + duration_min * interval '1 minute'),
        CONSTRAINT bookings_deadline CHECK ((status = 'pending_coach_validation') <= (expires_at IS NOT NULL)),
        CONSTRAINT bookings_parties UNIQUE (id, coach_id, client_id)
      )`);
    await runner.query('CREATE INDEX bookings_coach_id ON bookings (coach_id, scheduled_at, id)');
    await runner.query('CREATE INDEX bookings_client_id ON bookings (client_id, scheduled_at DESC, id)');
    await runner.query('CREATE INDEX bookings_pricing_id ON bookings (pricing_id) WHERE pricing_id IS NOT NULL');
    await runner.query(`
      CREATE INDEX bookings_expires_at ON bookings (expires_at) WHERE status = 'pending_coach_validation'`);
    await runner.query(`
      CREATE INDEX bookings_pending_pair ON bookings (coach_id, client_id) WHERE status = 'pending_coach_validation'`);
    await runner.query(`
      CREATE TABLE booking_transitions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        booking_id uuid NOT NULL REFERENCES bookings ON DELETE CASCADE,
        at timestamptz NOT NULL,
        from_status text,
        to_status text NOT NULL,
        actor_role text NOT NULL CHECK (actor_role IN ('client', 'coach', 'admin', 'system')),
        actor_id uuid REFERENCES users ON DELETE SET NULL,
        reason text
      )`);
    await runner.query('CREATE INDEX booking_transitions_booking_id ON booking_transitions (booking_id, id)');
    await runner.query('CREATE INDEX booking_transitions_actor_id ON booking_transitions (actor_id)');
    // Never more people than places.
    await runner.query(`
      CREATE TABLE seats (
        coach_id uuid NOT NULL,
        starts_at timestamptz NOT NULL,
        seat smallint NOT NULL,
        capacity smallint NOT NULL,
        client_id uuid NOT NULL,
        booking_id uuid NOT NULL,
        PRIMARY KEY (coach_id, starts_at, seat),
        CONSTRAINT seats_capacity CHECK (seat BETWEEN 1 AND capacity),
        CONSTRAINT seats_one_a_client UNIQUE (coach_id, starts_at, client_id),
        CONSTRAINT seats_one_a_booking UNIQUE (booking_id),
        CONSTRAINT seats_booking FOREIGN KEY (booking_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id) ON DELETE CASCADE
      )`);
    // Nobody is in two places: as client of two coaches, or as client while coaching. People of one slot share its
    // occasion, so that a coach's sessions overlap only inside a group.
    await runner.query(`
      CREATE TABLE engagements (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES users,
        during tstzrange NOT NULL,
        occasion uuid NOT NULL,
        role text NOT NULL CHECK (role IN ('client', 'coach')),
        booking_id uuid NOT NULL REFERENCES bookings ON DELETE CASCADE,
        CONSTRAINT engagements_one_a_role UNIQUE (booking_id, role),
        CONSTRAINT engagements_one_place EXCLUDE USING gist (
          person_id WITH =, during WITH &&, occasion WITH <>
        )
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['engagements', 'seats', 'booking_transitions', 'bookings'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
