import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every module stands on: extensions, idempotency, ticks of jobs, counters, the sandbox. */
export class Foundation1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const extension of ['citext', 'btree_gist', 'pg_trgm', 'unaccent'])
      await runner.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
    await runner.query(`
      CREATE TABLE job_ticks (
        job text NOT NULL,
        tick timestamptz NOT NULL,
        PRIMARY KEY (job, tick)
      )`);
    await runner.query(`
      CREATE TABLE seed_files (
        name text PRIMARY KEY,
        checksum char(64) NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE idempotency_keys (
        user_id uuid NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        fingerprint char(64) NOT NULL,
        status smallint NOT NULL,
        body text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (user_id, route, key)
      )`);
    await runner.query('CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at)');
    // Fixed windows of the sensitive limits. They are logged, so that a crash does not hand out fresh tries.
    await runner.query(`
      CREATE TABLE rate_counters (
        scope text NOT NULL,
        subject char(64) NOT NULL,
        window_start timestamptz NOT NULL,
        hits integer NOT NULL,
        PRIMARY KEY (scope, subject)
      )`);
    await runner.query('CREATE INDEX rate_counters_window_start ON rate_counters (window_start)');
    await runner.query(`
      CREATE TABLE sandbox_clock (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        offset_ms bigint NOT NULL DEFAULT 0,
        frozen_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE sandbox_messages (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        channel text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
        user_id uuid,
        recipient text NOT NULL,
        subject text,
        title text,
        body text NOT NULL,
        data jsonb,
        position bigint GENERATED ALWAYS AS IDENTITY,
        created_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX sandbox_messages_user_id ON sandbox_messages (user_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'sandbox_messages',
      'sandbox_clock',
      'rate_counters',
      'idempotency_keys',
      'seed_files',
      'job_ticks',
    ])
      await runner.query(`DROP TABLE ${table}`);
    for (const extension of ['unaccent', 'pg_trgm', 'btree_gist', 'citext'])
      await runner.query(`DROP EXTENSION IF EXISTS ${extension}`);
  }
}
