import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Queues at full slots, and the offers that keep a seat. */
export class Waitlist1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE waitlist_entries (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        client_id uuid NOT NULL REFERENCES users,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        is_offered boolean NOT NULL,
        position integer NOT NULL,
        status text NOT NULL CHECK (status IN ('waiting', 'notified', 'confirmed', 'expired', 'cancelled')),
        notified_at timestamptz,
        expires_at timestamptz,
        booking_id uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT waitlist_entries_two_people CHECK (coach_id <> client_id),
        CONSTRAINT waitlist_entries_times CHECK (ends_at > starts_at),
        CONSTRAINT waitlist_entries_place CHECK (position >= 1),
        CONSTRAINT waitlist_entries_offer CHECK (
          (notified_at IS NULL) = (expires_at IS NULL) AND (status <> 'notified' OR expires_at IS NOT NULL)
          AND expires_at > notified_at AND expires_at <= starts_at - interval '5 minutes'),
        CONSTRAINT waitlist_entries_taken CHECK ((status = 'confirmed') = (booking_id IS NOT NULL)),
        CONSTRAINT waitlist_entries_seat UNIQUE (id, coach_id, starts_at, client_id),
        CONSTRAINT waitlist_entries_one_booking UNIQUE (booking_id),
        CONSTRAINT waitlist_entries_booking FOREIGN KEY (booking_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id),
        -- People change places in one statement, so positions are compared when it ends.
        CONSTRAINT waitlist_entries_positions EXCLUDE USING btree (
          coach_id WITH =, starts_at WITH =, position WITH =
        ) WHERE (status IN ('waiting', 'notified')) DEFERRABLE INITIALLY IMMEDIATE
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX waitlist_entries_one_live ON waitlist_entries (coach_id, starts_at, client_id)
        WHERE status IN ('waiting', 'notified')`);
    await runner.query('CREATE INDEX waitlist_entries_queue ON waitlist_entries (coach_id, starts_at, position)');
    await runner.query('CREATE INDEX waitlist_entries_client_id ON waitlist_entries (client_id, created_at, id)');
    // What the job looks for: offers whose time is over, queues whose slot begins.
    await runner.query(
      `CREATE INDEX waitlist_entries_expires_at ON waitlist_entries (expires_at) WHERE status = 'notified'`,
    );
    await runner.query(`
      CREATE INDEX waitlist_entries_starts_at ON waitlist_entries (starts_at, coach_id)
        WHERE status IN ('waiting', 'notified')`);
    // A seat is of a booking or kept for an entry of the same coach, start and client, as long as it is offered.
    await runner.query(`
      ALTER TABLE seats
        ALTER COLUMN booking_id DROP NOT NULL,
        ADD COLUMN waitlist_entry_id uuid,
        ADD COLUMN held_until timestamptz,
        ADD CONSTRAINT seats_one_holder CHECK (num_nonnulls(booking_id, waitlist_entry_id) = 1),
        ADD CONSTRAINT seats_held_until CHECK ((held_until IS NULL) = (waitlist_entry_id IS NULL)),
        ADD CONSTRAINT seats_one_an_entry UNIQUE (waitlist_entry_id),
        ADD CONSTRAINT seats_entry FOREIGN KEY (waitlist_entry_id, coach_id, starts_at, client_id)
          REFERENCES waitlist_entries (id, coach_id, starts_at, client_id) ON DELETE CASCADE`);
    await runner.query(`
      ALTER TABLE engagements
        ALTER COLUMN booking_id DROP NOT NULL,
        ADD COLUMN waitlist_entry_id uuid REFERENCES waitlist_entries ON DELETE CASCADE,
        ADD CONSTRAINT engagements_one_cause CHECK (num_nonnulls(booking_id, waitlist_entry_id) = 1),
        ADD CONSTRAINT engagements_offer CHECK (waitlist_entry_id IS NULL OR role = 'coach'),
        ADD CONSTRAINT engagements_one_an_entry UNIQUE (waitlist_entry_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['engagements', 'seats']) {
      await runner.query(`DELETE FROM ${table} WHERE booking_id IS NULL`);
      // The constraints of a column go with it.
      await runner.query(`ALTER TABLE ${table} DROP COLUMN waitlist_entry_id, ALTER COLUMN booking_id SET NOT NULL`);
    }
    await runner.query('ALTER TABLE seats DROP COLUMN held_until');
    await runner.query('DROP TABLE waitlist_entries');
  }
}
