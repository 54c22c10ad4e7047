import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The videos of the exercises: every attempt is a row. */
export class ExerciseVideos1700000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exercise_videos (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        exercise_type_id uuid NOT NULL REFERENCES exercise_types ON DELETE CASCADE,
        status text NOT NULL CHECK (status IN ('pending', 'generating', 'validating', 'published', 'rejected')),
        generated_prompt text NOT NULL,
        provider_job_id text,
        file_name text,
        file_size integer CHECK (file_size > 0),
        generated_at timestamptz,
        validated_by uuid REFERENCES users ON DELETE SET NULL,
        rejection_reason text,
        reviewed_at timestamptz,
        let_go_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT exercise_videos_review CHECK ((status IN ('published', 'rejected')) = (reviewed_at IS NOT NULL)),
        CONSTRAINT exercise_videos_reason CHECK (rejection_reason IS NULL OR status = 'rejected'),
        CONSTRAINT exercise_videos_generated CHECK (
          status = 'rejected' OR (status IN ('validating', 'published')) = (generated_at IS NOT NULL)),
        CONSTRAINT exercise_videos_file CHECK (
          generated_at IS NULL OR file_size IS NOT NULL AND (file_name IS NOT NULL OR let_go_at IS NOT NULL)),
        CONSTRAINT exercise_videos_going CHECK (CASE status
          WHEN 'rejected' THEN let_go_at IS NOT NULL
          WHEN 'published' THEN true
          ELSE let_go_at IS NULL END)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX exercise_videos_in_progress ON exercise_videos (exercise_type_id)
      WHERE status IN ('pending', 'generating', 'validating')`);
    await runner.query(`
      CREATE UNIQUE INDEX exercise_videos_shown ON exercise_videos (exercise_type_id)
      WHERE status = 'published' AND let_go_at IS NULL`);
    await runner.query(`
      CREATE INDEX exercise_videos_waiting ON exercise_videos (created_at, id)
      WHERE status IN ('pending', 'generating', 'validating')`);
    await runner.query(`
      CREATE INDEX exercise_videos_let_go ON exercise_videos (let_go_at) WHERE file_name IS NOT NULL`);
    await runner.query('CREATE UNIQUE INDEX exercise_videos_file_name ON exercise_videos (file_name)');
    await runner.query('CREATE INDEX exercise_videos_exercise_type_id ON exercise_videos (exercise_type_id)');
    await runner.query('CREATE INDEX exercise_videos_provider_job_id ON exercise_videos (provider_job_id)');
    await runner.query('CREATE INDEX exercise_videos_validated_by ON exercise_videos (validated_by)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exercise_videos');
  }
}
