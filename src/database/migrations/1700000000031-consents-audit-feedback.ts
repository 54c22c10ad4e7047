import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people agreed to, what administrators did, and what people think of the product. */
export class ConsentsAuditFeedback1700000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What must outlive everybody's wishes is held by the database, which must then know the time itself: its own, and
    // where the sandbox has moved the clock of the product, that one. Production has no such row.
    await runner.query(`
      CREATE FUNCTION product_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
        SELECT coalesce((SELECT coalesce(frozen_at, now() + offset_ms * interval '1 millisecond') FROM sandbox_clock), now())
      $$`);
    await consents(runner);
    await auditLog(runner);
    await feedback(runner);
    await runner.query(
      'CREATE INDEX blocked_domains_search ON blocked_domains USING gin (folded(domain) gin_trgm_ops)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX blocked_domains_search');
    for (const table of ['feedback', 'audit_log', 'consents']) await runner.query(`DROP TABLE ${table}`);
    for (const name of ['audit_log_stays', 'consents_stay', 'product_now']) await runner.query(`DROP FUNCTION ${name}`);
  }
}

async function consents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE consents (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      -- Null: the person was erased.
      user_id uuid REFERENCES users,
      type text NOT NULL CHECK (type IN ('terms_of_service', 'privacy_policy', 'data_processing_health',
                                         'marketing_emails', 'analytics', 'third_party_sharing')),
      version text NOT NULL CHECK (char_length(version) BETWEEN 1 AND 20),
      accepted boolean NOT NULL,
      accepted_at timestamptz NOT NULL,
      ip_hash char(64),
      user_agent_hash char(64),
      detached_at timestamptz,
      -- The last word counts, also among those of one instant.
      position bigint GENERATED ALWAYS AS IDENTITY,
      CONSTRAINT consents_detached CHECK ((user_id IS NULL) = (detached_at IS NOT NULL))
    )`);
  await runner.query('CREATE INDEX consents_user_id ON consents (user_id, position DESC)');
  await runner.query('CREATE INDEX consents_last ON consents (user_id, type, position DESC)');
  await runner.query('CREATE INDEX consents_detached_at ON consents (detached_at) WHERE detached_at IS NOT NULL');
  await runner.query(`
    CREATE FUNCTION consents_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        -- Once, and nothing else with it; when is not for the caller to say.
        IF OLD.user_id IS NOT NULL AND NEW.user_id IS NULL
           AND to_jsonb(NEW) - 'user_id' - 'detached_at' = to_jsonb(OLD) - 'user_id' - 'detached_at' THEN
          NEW.detached_at := product_now();
          RETURN NEW;
        END IF;
      ELSIF TG_OP = 'DELETE' THEN
        IF OLD.detached_at <= product_now() - interval '5 years' THEN
          RETURN OLD;
        END IF;
      END IF;
      RAISE EXCEPTION 'consents are never changed or deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'consents_stay';
    END $$`);
  await guard(runner, 'consents', 'consents_stay');
}

async function auditLog(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE audit_log (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      at timestamptz NOT NULL,
      -- Null: a command of the operator.
      actor_id uuid REFERENCES users,
      action text NOT NULL CHECK (action ~ '^[a-z_]+\\.[a-z_]+$'),
      target_type text NOT NULL,
      target_id uuid,
      request_id text CHECK (char_length(request_id) BETWEEN 1 AND 64)
    )`);
  await runner.query('CREATE INDEX audit_log_at ON audit_log (at DESC, id)');
  await runner.query('CREATE INDEX audit_log_actor_id ON audit_log (actor_id, at DESC, id)');
  await runner.query('CREATE INDEX audit_log_action ON audit_log (action, at DESC, id)');
  await runner.query(`
    CREATE FUNCTION audit_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.at <= product_now() - interval '5 years' THEN
          RETURN OLD;
        END IF;
      END IF;
      RAISE EXCEPTION 'the audit log is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'audit_log_stays';
    END $$`);
  await guard(runner, 'audit_log', 'audit_log_stays');
}

async function guard(runner: QueryRunner, table: string, rule: string): Promise<void> {
  await runner.query(`
    CREATE TRIGGER ${rule} BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION ${rule}()`);
  await runner.query(`
    CREATE TRIGGER ${rule}_whole BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION ${rule}()`);
}

async function feedback(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE feedback (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      -- Null: the person was erased, and the texts with him.
      user_id uuid REFERENCES users,
      type text NOT NULL CHECK (type IN ('suggestion', 'bug_report')),
      title text NOT NULL CHECK (char_length(title) <= 200),
      description text NOT NULL CHECK (char_length(description) <= 5000),
      app_version text,
      platform text,
      status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'reviewing', 'resolved', 'rejected')),
      -- Among administrators.
      admin_note text CHECK (char_length(admin_note) <= 5000),
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL
    )`);
  await runner.query('CREATE INDEX feedback_created_at ON feedback (created_at DESC, id)');
  await runner.query('CREATE INDEX feedback_user_id ON feedback (user_id, created_at DESC, id)');
  await runner.query('CREATE INDEX feedback_type ON feedback (type, created_at DESC, id)');
  await runner.query('CREATE INDEX feedback_status ON feedback (status, created_at DESC, id)');
}
