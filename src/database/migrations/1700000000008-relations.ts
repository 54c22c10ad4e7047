import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Coach and client: their relation, and what the coach notes in private. */
export class Relations1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE relations (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        client_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        status text NOT NULL CHECK (status IN ('pending', 'discovery', 'active', 'paused', 'ended')),
        status_reason text,
        allow_unit_booking boolean NOT NULL DEFAULT false,
        share_performances boolean NOT NULL DEFAULT false,
        first_done_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT relations_two_people CHECK (client_id <> coach_id),
        CONSTRAINT relations_pair UNIQUE (coach_id, client_id)
      )`);
    await runner.query('CREATE INDEX relations_coach_id ON relations (coach_id, status, client_id)');
    await runner.query('CREATE INDEX relations_client_id ON relations (client_id, status)');
    // A note is about somebody whom the coach knows: it goes with the relation.
    await runner.query(`
      CREATE TABLE coach_notes (
        coach_id uuid NOT NULL,
        client_id uuid NOT NULL,
        content text NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (coach_id, client_id),
        CONSTRAINT coach_notes_relation FOREIGN KEY (coach_id, client_id)
          REFERENCES relations (coach_id, client_id) ON DELETE CASCADE
      )`);
    // The sessions of a pair: when the last one was, when the next one is, how many there were.
    await runner.query('CREATE INDEX bookings_pair ON bookings (coach_id, client_id, status, scheduled_at)');
    // Part of a name, whatever its case and accents.
    await runner.query(`
      CREATE INDEX users_name ON users USING gin (folded(first_name || ' ' || last_name) gin_trgm_ops)`);
    // Who was confirmed before there were relations is in one.
    await runner.query(`
      INSERT INTO relations (coach_id, client_id, status, first_done_at, created_at, updated_at)
      SELECT coach_id, client_id, 'active', min(done_at) FILTER (WHERE status = 'done'), min(confirmed_at),
        min(confirmed_at)
      FROM bookings WHERE confirmed_at IS NOT NULL GROUP BY coach_id, client_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['users_name', 'bookings_pair']) await runner.query(`DROP INDEX ${index}`);
    for (const table of ['coach_notes', 'relations']) await runner.query(`DROP TABLE ${table}`);
  }
}
