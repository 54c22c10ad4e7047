import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox: what each person was told, once per fact. Bodies are encrypted, because they may quote a reason. */
export class Notifications1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        type text NOT NULL,
        fact text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        data jsonb NOT NULL,
        read_at timestamptz,
        pushed_at timestamptz,
        mailed_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT notifications_once UNIQUE (user_id, type, fact)
      )`);
    await runner.query('CREATE INDEX notifications_user_id ON notifications (user_id, created_at DESC, id)');
    await runner.query('CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notifications');
  }
}
