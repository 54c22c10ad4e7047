import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses under which a calendar can be subscribed to, and the pictures that nobody shows. */
export class CalendarFeeds1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_feeds (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        token_hash char(64) NOT NULL,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX calendar_feeds_token_hash ON calendar_feeds (token_hash)');
    // What lies in the store of pictures and is shown by nobody: not yet, or no more.
    await runner.query('CREATE TABLE stray_photos (name text PRIMARY KEY, since timestamptz NOT NULL)');
    await runner.query('CREATE INDEX stray_photos_since ON stray_photos (since)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['stray_photos', 'calendar_feeds']) await runner.query(`DROP TABLE ${table}`);
  }
}
