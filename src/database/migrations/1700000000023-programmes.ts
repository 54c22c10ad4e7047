import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Training plans, who follows them, and what was adjusted for whom. */
export class Programmes1700000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plans (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        source text NOT NULL CHECK (source IN ('ai', 'coach')),
        -- The coach who wrote it; of a generated plan the person it was made for.
        owner_id uuid NOT NULL REFERENCES users,
        -- Of a generated plan the key of a translated text.
        name text NOT NULL,
        description text,
        duration_weeks smallint NOT NULL CHECK (duration_weeks BETWEEN 1 AND 52),
        level text NOT NULL CHECK (level IN ('beginner', 'intermediate', 'advanced')),
        goal text NOT NULL
          CHECK (goal IN ('lose_weight', 'muscle_gain', 'endurance', 'well_being', 'maintenance', 'rehab')),
        notes jsonb NOT NULL DEFAULT '[]',
        seed integer,
        archived_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT plans_seed CHECK ((source = 'ai') = (seed IS NOT NULL)),
        CONSTRAINT plans_archived CHECK (source = 'coach' OR archived_at IS NULL),
        CONSTRAINT plans_owner UNIQUE (id, source, owner_id)
      )`);
    await runner.query('CREATE INDEX plans_owner_id ON plans (owner_id, source, created_at DESC, id)');
    await runner.query(`
      CREATE TABLE planned_sessions (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL REFERENCES plans ON DELETE CASCADE,
        day_of_week smallint NOT NULL CHECK (day_of_week BETWEEN 0 AND 6),
        -- Of a generated plan the key of a translated text.
        name text NOT NULL,
        estimated_duration_min smallint CHECK (estimated_duration_min BETWEEN 1 AND 240),
        rest_seconds smallint NOT NULL CHECK (rest_seconds BETWEEN 0 AND 300),
        order_index smallint NOT NULL CHECK (order_index >= 0),
        CONSTRAINT planned_sessions_plan UNIQUE (id, plan_id)
      )`);
    await runner.query('CREATE INDEX planned_sessions_plan_id ON planned_sessions (plan_id, order_index)');
    await runner.query(`
      CREATE TABLE planned_exercises (
        id uuid PRIMARY KEY,
        plan_id uuid NOT NULL,
        session_id uuid NOT NULL,
        exercise_type_id uuid NOT NULL REFERENCES exercise_types,
        target_sets smallint NOT NULL CHECK (target_sets BETWEEN 1 AND 20),
        -- Repetitions; minutes where the exercise is cardio or yoga.
        target_reps smallint NOT NULL CHECK (target_reps BETWEEN 1 AND 200),
        target_weight_kg numeric(6, 2) CHECK (target_weight_kg BETWEEN 0 AND 9999),
        order_index smallint NOT NULL CHECK (order_index >= 0),
        -- When sets, repetitions and weight became what they are, and when the weight alone did.
        target_changed_at timestamptz NOT NULL,
        weight_changed_at timestamptz NOT NULL,
        CONSTRAINT planned_exercises_session FOREIGN KEY (session_id, plan_id)
          REFERENCES planned_sessions (id, plan_id) ON DELETE CASCADE,
        -- What is adjusted stays the same exercise of the same plan.
        CONSTRAINT planned_exercises_what UNIQUE (id, plan_id, exercise_type_id)
      )`);
    await runner.query('CREATE INDEX planned_exercises_session_id ON planned_exercises (session_id, plan_id)');
    await runner.query('CREATE INDEX planned_exercises_plan_id ON planned_exercises (plan_id)');
    await runner.query('CREATE INDEX planned_exercises_exercise_type_id ON planned_exercises (exercise_type_id)');
    await runner.query(`
      CREATE TABLE plan_assignments (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        plan_id uuid NOT NULL,
        plan_source text NOT NULL,
        -- Who assigned it: a coach his own plan. A generated plan is followed by whom it was made for.
        plan_owner_id uuid NOT NULL,
        client_id uuid NOT NULL REFERENCES users,
        -- In the client's zone.
        start_date date NOT NULL,
        mode text NOT NULL CHECK (mode IN ('replace_ai', 'complement')),
        active boolean NOT NULL,
        -- What was assigned later stands above: two may have the same moment.
        position bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        -- A plan that was assigned once cannot be removed any more.
        CONSTRAINT plan_assignments_plan FOREIGN KEY (plan_id, plan_source, plan_owner_id)
          REFERENCES plans (id, source, owner_id),
        CONSTRAINT plan_assignments_for CHECK ((plan_source = 'ai') = (plan_owner_id = client_id)),
        CONSTRAINT plan_assignments_ended CHECK (active = (ended_at IS NULL)),
        CONSTRAINT plan_assignments_client UNIQUE (id, plan_id, client_id)
      )`);
    await runner.query(
      'CREATE INDEX plan_assignments_plan_id ON plan_assignments (plan_id, plan_source, plan_owner_id)',
    );
    await runner.query('CREATE INDEX plan_assignments_client_id ON plan_assignments (client_id, position)');
    await runner.query(`
      CREATE UNIQUE INDEX plan_assignments_one_generated ON plan_assignments (client_id)
        WHERE active AND plan_source = 'ai'`);
    await runner.query(`
      CREATE TABLE target_adjustments (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        assignment_id uuid NOT NULL,
        plan_id uuid NOT NULL,
        client_id uuid NOT NULL,
        -- Null: the coach has taken it out of the plan since.
        planned_exercise_id uuid,
        exercise_type_id uuid NOT NULL REFERENCES exercise_types,
        -- Null: there was no target weight before.
        from_kg numeric(6, 2) CHECK (from_kg BETWEEN 0 AND 9999),
        to_kg numeric(6, 2) NOT NULL CHECK (to_kg BETWEEN 0 AND 9999),
        -- The key of its text, and the figures in it.
        reason jsonb NOT NULL,
        -- The session that led to it; null: removed since.
        session_id uuid,
        -- When the latest session that was looked at took place: none is looked at twice.
        counted_until timestamptz NOT NULL,
        -- What was adjusted later stands above: two may have the same moment.
        position bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL,
        refused_at timestamptz,
        CONSTRAINT target_adjustments_change CHECK (from_kg IS DISTINCT FROM to_kg),
        CONSTRAINT target_adjustments_assignment FOREIGN KEY (assignment_id, plan_id, client_id)
          REFERENCES plan_assignments (id, plan_id, client_id),
        CONSTRAINT target_adjustments_exercise FOREIGN KEY (planned_exercise_id, plan_id, exercise_type_id)
          REFERENCES planned_exercises (id, plan_id, exercise_type_id) ON DELETE SET NULL (planned_exercise_id),
        CONSTRAINT target_adjustments_session FOREIGN KEY (session_id, client_id)
          REFERENCES performance_sessions (id, user_id) ON DELETE SET NULL (session_id),
        CONSTRAINT target_adjustments_once UNIQUE (session_id, client_id, assignment_id, planned_exercise_id)
      )`);
    await runner.query(`
      CREATE INDEX target_adjustments_assignment_id ON target_adjustments (assignment_id, plan_id, client_id, position)`);
    await runner.query(`
      CREATE INDEX target_adjustments_planned_exercise_id
        ON target_adjustments (planned_exercise_id, plan_id, exercise_type_id)`);
    await runner.query('CREATE INDEX target_adjustments_exercise_type_id ON target_adjustments (exercise_type_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['target_adjustments', 'plan_assignments', 'planned_exercises', 'planned_sessions', 'plans'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
