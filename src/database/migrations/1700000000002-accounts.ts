import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users, their keys (one a device), their tokens, and the counters of their sign-in. */
export class Accounts1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE users (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        email citext NOT NULL,
        pending_email citext,
        email_verified_at timestamptz,
        first_name text NOT NULL,
        last_name text NOT NULL,
        role text NOT NULL CHECK (role IN ('client', 'coach', 'admin')),
        role_locked boolean NOT NULL DEFAULT true,
        status text NOT NULL CHECK (status IN ('unverified', 'active', 'suspended', 'deletion_pending', 'deleted')),
        status_before_suspension text CHECK (status_before_suspension IN ('unverified', 'active', 'deletion_pending')),
        suspension_reason text,
        phone text,
        phone_verified_at timestamptz,
        gender text CHECK (gender IN ('male', 'female', 'other')),
        birth_year smallint,
        photo_url text,
        locale text NOT NULL,
        timezone text NOT NULL,
        country char(2) NOT NULL,
        google_sub text,
        password_hash text,
        profile_completion_pct smallint NOT NULL DEFAULT 0 CHECK (profile_completion_pct BETWEEN 0 AND 100),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT users_suspension CHECK ((status = 'suspended') = (status_before_suspension IS NOT NULL))
      )`);
    await runner.query('CREATE UNIQUE INDEX users_email ON users (email)');
    await runner.query('CREATE UNIQUE INDEX users_google_sub ON users (google_sub)');
    // A number belongs to the one account that proved it; the others may hold it unproved.
    await runner.query(`
      CREATE UNIQUE INDEX users_verified_phone ON users (phone)
      WHERE phone_verified_at IS NOT NULL AND status <> 'deleted'`);
    await runner.query('CREATE INDEX users_created_at ON users (created_at DESC, id)');
    await runner.query(`
      CREATE TABLE api_keys (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        key_hash char(64) NOT NULL,
        key_prefix char(8) NOT NULL,
        device_name text,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz,
        expires_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE UNIQUE INDEX api_keys_key_hash ON api_keys (key_hash)');
    await runner.query('CREATE INDEX api_keys_user_id ON api_keys (user_id)');
    await runner.query(`
      CREATE TABLE account_tokens (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        purpose text NOT NULL CHECK (purpose IN ('email_verification', 'password_reset')),
        email citext NOT NULL,
        token_hash char(64) NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX account_tokens_token_hash ON account_tokens (token_hash)');
    // A new token voids the old one: there is room for one of a purpose.
    await runner.query('CREATE UNIQUE INDEX account_tokens_user_id_purpose ON account_tokens (user_id, purpose)');
    await runner.query('CREATE INDEX account_tokens_expires_at ON account_tokens (expires_at)');
    // Keyed by a hash of the address, known or not: an unknown one counts and answers alike.
    await runner.query(`
      CREATE TABLE login_failures (
        account_hash char(64) PRIMARY KEY,
        failures smallint NOT NULL,
        failures_in_a_row integer NOT NULL,
        locked_until timestamptz,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX login_failures_updated_at ON login_failures (updated_at)');
    await runner.query(`
      CREATE TABLE blocked_domains (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        domain text NOT NULL,
        reason text,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX blocked_domains_domain ON blocked_domains (domain)');
    // Whatever path changes what a key opens, every process hears of it when the change commits.
    await runner.query(`
      CREATE FUNCTION announce_principal() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('principal_changed', CASE TG_TABLE_NAME WHEN 'users' THEN OLD.id::text
                                                 ELSE (to_jsonb(OLD) ->> 'user_id') END);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER api_keys_changed AFTER UPDATE OF revoked_at, expires_at OR DELETE ON api_keys
      FOR EACH ROW EXECUTE FUNCTION announce_principal()`);
    await runner.query(`
      CREATE TRIGGER users_changed AFTER UPDATE OF status, role, locale, timezone OR DELETE ON users
      FOR EACH ROW EXECUTE FUNCTION announce_principal()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['blocked_domains', 'login_failures', 'account_tokens', 'api_keys', 'users'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION announce_principal');
  }
}
