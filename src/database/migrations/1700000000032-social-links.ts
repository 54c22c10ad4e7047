import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first ones, in the order in which they are offered. */
const PLATFORMS: readonly [slug: string, label: string][] = [
  ['instagram', 'Instagram'],
  ['tiktok', 'TikTok'],
  ['youtube', 'YouTube'],
  ['linkedin', 'LinkedIn'],
  ['x', 'X'],
  ['facebook', 'Facebook'],
  ['strava', 'Strava'],
  ['website', 'Website'],
  ['twitch', 'Twitch'],
];

/** Where else people are found, and on which platforms. */
export class SocialLinks1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE social_platforms (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        slug text NOT NULL CHECK (slug ~ '^[a-z0-9_]{1,50}$'),
        label text NOT NULL,
        icon_url text,
        -- No: what people linked there is kept, and shown to nobody else.
        active boolean NOT NULL,
        position integer NOT NULL CHECK (position >= 0),
        CONSTRAINT social_platforms_slug UNIQUE (slug)
      )`);
    await runner.query(`
      CREATE TABLE social_links (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        -- Null: one of its own kind, which has a label instead.
        platform text REFERENCES social_platforms (slug),
        label text,
        url text NOT NULL CHECK (url ~* '^https?://'),
        visibility text NOT NULL CHECK (visibility IN ('public', 'coaches_only')),
        position integer NOT NULL CHECK (position >= 0),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT social_links_one_a_platform UNIQUE (user_id, platform),
        CONSTRAINT social_links_named CHECK (platform IS NOT NULL OR label IS NOT NULL)
      )`);
    await runner.query('CREATE INDEX social_links_user_id ON social_links (user_id, position, created_at, id)');
    await runner.query('CREATE INDEX social_links_platform ON social_links (platform) WHERE platform IS NOT NULL');
    for (const [place, [slug, label]] of PLATFORMS.entries())
      await runner.query('INSERT INTO social_platforms (slug, label, active, position) VALUES ($1, $2, true, $3)', [
        slug,
        label,
        place + 1,
      ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE social_links');
    await runner.query('DROP TABLE social_platforms');
  }
}
