import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that could not be delivered, however often it was tried; and mails of the sandbox as they would look. */
export class DeadLetters1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        channel text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
        type text NOT NULL,
        user_id uuid REFERENCES users ON DELETE CASCADE,
        task text NOT NULL,
        payload jsonb NOT NULL,
        attempts integer NOT NULL CHECK (attempts >= 1),
        last_error text NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX dead_letters_created_at ON dead_letters (created_at DESC, id)');
    await runner.query('CREATE INDEX dead_letters_channel ON dead_letters (channel, created_at DESC, id)');
    await runner.query('CREATE INDEX dead_letters_user_id ON dead_letters (user_id)');
    await runner.query('ALTER TABLE sandbox_messages ADD COLUMN html text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sandbox_messages DROP COLUMN html');
    await runner.query('DROP TABLE dead_letters');
  }
}
