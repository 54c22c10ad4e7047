import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which devices ring for whom, until when a message is worth it, and what each person does not want to be sent. */
export class DevicesAndPreferences1700000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE push_devices (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        api_key_id uuid NOT NULL REFERENCES api_keys ON DELETE CASCADE,
        token text NOT NULL CHECK (char_length(token) BETWEEN 1 AND 512),
        platform text NOT NULL CHECK (platform IN ('android', 'ios', 'web')),
        registered_at timestamptz NOT NULL,
        CONSTRAINT push_devices_token UNIQUE (token)
      )`);
    await runner.query('CREATE INDEX push_devices_user_id ON push_devices (user_id)');
    await runner.query('CREATE INDEX push_devices_api_key_id ON push_devices (api_key_id)');
    await runner.query('ALTER TABLE notifications ADD COLUMN expires_at timestamptz');
    await runner.query(`
      CREATE TABLE notification_preferences (
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        type text NOT NULL,
        push boolean NOT NULL,
        email boolean NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT notification_preferences_pkey PRIMARY KEY (user_id, type)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notification_preferences');
    await runner.query('ALTER TABLE notifications DROP COLUMN expires_at');
    await runner.query('DROP TABLE push_devices');
  }
}
