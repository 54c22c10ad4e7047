import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Absences of a coach, and the messages kept ready for them. */
export class TimeOffAndTemplates1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE time_offs (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        reason text,
        created_at timestamptz NOT NULL,
        CONSTRAINT time_offs_length CHECK (starts_at < ends_at AND ends_at <= starts_at + interval '8784 hours')
      )`);
    // What is over is rarely asked for: an absence is found by its end.
    await runner.query('CREATE INDEX time_offs_coach_id ON time_offs (coach_id, ends_at, starts_at)');
    // Positions change places in one statement, so they are compared when it ends.
    await runner.query(`
      CREATE TABLE message_templates (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        position smallint NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        is_default boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT message_templates_five CHECK (position BETWEEN 1 AND 5),
        CONSTRAINT message_templates_position UNIQUE (coach_id, position) DEFERRABLE INITIALLY IMMEDIATE
      )`);
    await runner.query(
      'CREATE UNIQUE INDEX message_templates_one_default ON message_templates (coach_id) WHERE is_default',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['message_templates', 'time_offs']) await runner.query(`DROP TABLE ${table}`);
  }
}
