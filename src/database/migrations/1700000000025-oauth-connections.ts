import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts at other providers: the ways there that are being gone, and those that are open. */
export class OauthConnections1700000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE oauth_states (
        state_hash text PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        provider text NOT NULL CHECK (provider IN ('strava', 'google_calendar', 'withings', 'garmin')),
        code_verifier text,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX oauth_states_user_id ON oauth_states (user_id)');
    await runner.query('CREATE INDEX oauth_states_expires_at ON oauth_states (expires_at)');
    await runner.query(`
      CREATE TABLE oauth_connections (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        provider text NOT NULL CHECK (provider IN ('strava', 'google_calendar', 'withings', 'garmin')),
        external_id text,
        scope text,
        access_token text,
        refresh_token text,
        expires_at timestamptz NOT NULL,
        needs_reconnect boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        refresher uuid,
        refreshing_until timestamptz,
        connected_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT oauth_connections_tokens CHECK (
          needs_reconnect = (access_token IS NULL) AND needs_reconnect = (refresh_token IS NULL)),
        CONSTRAINT oauth_connections_refresh CHECK ((refresher IS NULL) = (refreshing_until IS NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX oauth_connections_user ON oauth_connections (user_id, provider)');
    await runner.query('CREATE UNIQUE INDEX oauth_connections_account ON oauth_connections (provider, external_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth_connections');
    await runner.query('DROP TABLE oauth_states');
  }
}
