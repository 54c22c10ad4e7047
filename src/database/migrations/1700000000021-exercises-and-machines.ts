import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The catalogue of exercises in every language, and the machines of the clubs. */
export class ExercisesAndMachines1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exercise_types (
        id uuid PRIMARY KEY,
        slug text NOT NULL CONSTRAINT exercise_types_slug UNIQUE,
        category text NOT NULL CHECK (category IN (
          'strength', 'cardio', 'flexibility', 'balance', 'hiit', 'yoga', 'pilates', 'rehab', 'sport', 'other')),
        difficulty text NOT NULL CHECK (difficulty IN ('beginner', 'intermediate', 'advanced')),
        equipment text[] NOT NULL CHECK (equipment <@ ARRAY[
          'dumbbells', 'barbell', 'kettlebell', 'bands', 'bench', 'pull_up_bar', 'jump_rope', 'machines', 'cables',
          'cardio_machines']),
        machine_types text[] NOT NULL DEFAULT '{}' CHECK (machine_types <@ ARRAY[
          'cable', 'smith', 'leg_press', 'chest_press', 'lat_pulldown', 'row', 'shoulder_press', 'leg_curl',
          'leg_extension', 'hack_squat', 'incline_press', 'fly', 'pull_up_assist', 'dip_assist', 'treadmill', 'bike',
          'elliptical', 'rowing', 'free_weights', 'barbell', 'dumbbell', 'other']),
        video_url text,
        thumbnail_url text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    // Names and machines are searched by reading the catalogue: it is a few pages long.
    await runner.query('CREATE INDEX exercise_types_kind ON exercise_types (category, difficulty)');
    await runner.query(`
      CREATE TABLE exercise_texts (
        exercise_type_id uuid NOT NULL REFERENCES exercise_types ON DELETE CASCADE,
        language text NOT NULL CHECK (language IN ('en', 'fr', 'es', 'pt')),
        name text NOT NULL,
        instructions text[] NOT NULL CHECK (cardinality(instructions) >= 1),
        CONSTRAINT exercise_texts_pkey PRIMARY KEY (exercise_type_id, language)
      )`);
    await runner.query(`
      CREATE TABLE exercise_muscles (
        exercise_type_id uuid NOT NULL REFERENCES exercise_types ON DELETE CASCADE,
        muscle_group text NOT NULL CHECK (muscle_group IN (
          'chest', 'back', 'shoulders', 'biceps', 'triceps', 'forearms', 'core', 'glutes', 'quads', 'hamstrings', 'calves',
          'hip_flexors', 'adductors', 'neck', 'full_body')),
        role text NOT NULL CHECK (role IN ('primary', 'secondary')),
        CONSTRAINT exercise_muscles_pkey PRIMARY KEY (exercise_type_id, muscle_group)
      )`);
    await runner.query('CREATE INDEX exercise_muscles_muscle_group ON exercise_muscles (muscle_group, role)');
    await runner.query(`
      CREATE TABLE machines (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        type_key text NOT NULL CHECK (type_key IN (
          'cable', 'smith', 'leg_press', 'chest_press', 'lat_pulldown', 'row', 'shoulder_press', 'leg_curl',
          'leg_extension', 'hack_squat', 'incline_press', 'fly', 'pull_up_assist', 'dip_assist', 'treadmill', 'bike',
          'elliptical', 'rowing', 'free_weights', 'barbell', 'dumbbell', 'other')),
        brand text,
        model text,
        photo_url text,
        status text NOT NULL CHECK (status IN ('pending', 'validated', 'rejected')),
        rejection_reason text,
        qr_code_hash text,
        submitted_by uuid REFERENCES users ON DELETE SET NULL,
        reviewed_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT machines_review CHECK ((status = 'pending') = (reviewed_at IS NULL)),
        CONSTRAINT machines_reason CHECK (rejection_reason IS NULL OR status = 'rejected'),
        CONSTRAINT machines_code CHECK (status <> 'validated' OR qr_code_hash IS NOT NULL)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX machines_qr_code_hash ON machines (qr_code_hash) WHERE status IN ('pending', 'validated')`);
    await runner.query(`
      CREATE INDEX machines_pending ON machines (created_at, id) WHERE status = 'pending'`);
    await runner.query('CREATE INDEX machines_submitted_by ON machines (submitted_by)');
    await runner.query(`
      CREATE TABLE machine_exercises (
        machine_id uuid NOT NULL REFERENCES machines ON DELETE CASCADE,
        exercise_type_id uuid NOT NULL REFERENCES exercise_types ON DELETE CASCADE,
        CONSTRAINT machine_exercises_pkey PRIMARY KEY (machine_id, exercise_type_id)
      )`);
    await runner.query('CREATE INDEX machine_exercises_exercise_type_id ON machine_exercises (exercise_type_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE machine_exercises');
    await runner.query('DROP TABLE machines');
    await runner.query('DROP TABLE exercise_muscles');
    await runner.query('DROP TABLE exercise_texts');
    await runner.query('DROP TABLE exercise_types');
  }
}
