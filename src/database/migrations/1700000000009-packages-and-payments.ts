import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Packages with their append-only ledger, and payments recorded by hand. */
export class PackagesAndPayments1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE packages (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        client_id uuid NOT NULL REFERENCES users,
        pricing_id uuid REFERENCES pricings ON DELETE SET NULL,
        name text NOT NULL,
        sessions_total smallint NOT NULL CHECK (sessions_total BETWEEN 1 AND 200),
        price_cents integer NOT NULL CHECK (price_cents >= 0),
        currency char(3) NOT NULL,
        status text NOT NULL CHECK (status IN ('awaiting_payment', 'active', 'exhausted', 'expired', 'cancelled')),
        valid_until date,
        balance integer NOT NULL,
        remaining integer NOT NULL,
        used integer NOT NULL DEFAULT 0 CHECK (used >= 0),
        last_seq integer NOT NULL CHECK (last_seq >= 1),
        alert_sent boolean NOT NULL DEFAULT false,
        warned_for date,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT packages_two_people CHECK (client_id <> coach_id),
        CONSTRAINT packages_counters CHECK (balance >= 0 AND remaining >= balance),
        CONSTRAINT packages_used_up CHECK (
          CASE status WHEN 'active' THEN remaining > 0 WHEN 'exhausted' THEN remaining = 0 ELSE true END),
        CONSTRAINT packages_parties UNIQUE (id, coach_id, client_id)
      )`);
    await runner.query('CREATE INDEX packages_pair ON packages (coach_id, client_id, status)');
    await runner.query('CREATE INDEX packages_client_id ON packages (client_id, created_at DESC, id)');
    await runner.query('CREATE INDEX packages_pricing_id ON packages (pricing_id) WHERE pricing_id IS NOT NULL');
    await runner.query(`CREATE INDEX packages_valid_until ON packages (valid_until) WHERE status = 'active'`);
    await runner.query(`CREATE INDEX packages_unpaid ON packages (created_at) WHERE status = 'awaiting_payment'`);
    // What a movement follows makes one end of a hold, and one restore of a consumed one.
    await runner.query(`
      CREATE TABLE package_movements (
        package_id uuid NOT NULL REFERENCES packages,
        seq integer NOT NULL CHECK (seq >= 1),
        coach_id uuid NOT NULL,
        client_id uuid NOT NULL,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        delta smallint NOT NULL,
        remaining_delta smallint NOT NULL,
        balance_after integer NOT NULL,
        remaining_after integer NOT NULL,
        booking_id uuid,
        follows text,
        reason text,
        PRIMARY KEY (package_id, seq),
        CONSTRAINT package_movements_kind CHECK (
          kind IN ('purchase', 'hold', 'release', 'consume', 'restore', 'expire', 'adjust')),
        CONSTRAINT package_movements_effect CHECK (
          CASE kind
            WHEN 'purchase' THEN delta > 0 AND remaining_delta = delta
            WHEN 'hold' THEN delta = -1 AND remaining_delta = 0
            WHEN 'release' THEN delta = 1 AND remaining_delta = 0
            WHEN 'consume' THEN delta = 0 AND remaining_delta = -1
            WHEN 'restore' THEN delta = 1 AND remaining_delta = 1
            WHEN 'expire' THEN delta < 0 AND remaining_delta = delta
            ELSE delta <> 0 AND remaining_delta = delta
          END),
        CONSTRAINT package_movements_counters CHECK (balance_after >= 0 AND remaining_after >= balance_after),
        CONSTRAINT package_movements_first CHECK ((kind = 'purchase') = (seq = 1)),
        CONSTRAINT package_movements_of_booking CHECK (
          (booking_id IS NOT NULL) = (kind IN ('hold', 'release', 'consume', 'restore'))),
        CONSTRAINT package_movements_follows CHECK (
          follows IS NOT DISTINCT FROM
            CASE kind WHEN 'release' THEN 'hold' WHEN 'consume' THEN 'hold' WHEN 'restore' THEN 'consume' END),
        CONSTRAINT package_movements_one_a_kind UNIQUE (booking_id, kind),
        CONSTRAINT package_movements_one_end UNIQUE (booking_id, follows),
        CONSTRAINT package_movements_booking FOREIGN KEY (booking_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id)
      )`);
    await runner.query(`
      CREATE INDEX package_movements_booking ON package_movements (booking_id, coach_id, client_id)
        WHERE booking_id IS NOT NULL`);
    await this.ledger(runner);
    await runner.query(`
      CREATE TABLE payments (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        client_id uuid NOT NULL REFERENCES users,
        package_id uuid,
        booking_id uuid,
        amount_cents integer NOT NULL CHECK (amount_cents >= 0),
        currency char(3) NOT NULL,
        payment_method text NOT NULL CHECK (payment_method IN ('cash', 'bank_transfer', 'card', 'check', 'other')),
        reference text,
        description text,
        status text NOT NULL CHECK (status IN ('pending', 'paid', 'late', 'cancelled')),
        paid_at timestamptz,
        due_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT payments_paid CHECK ((status = 'paid') = (paid_at IS NOT NULL)),
        CONSTRAINT payments_for_one_thing CHECK (package_id IS NULL OR booking_id IS NULL),
        CONSTRAINT payments_package FOREIGN KEY (package_id, coach_id, client_id)
          REFERENCES packages (id, coach_id, client_id),
        CONSTRAINT payments_booking FOREIGN KEY (booking_id, coach_id, client_id)
          REFERENCES bookings (id, coach_id, client_id)
      )`);
    await runner.query('CREATE INDEX payments_pair ON payments (coach_id, client_id, created_at DESC, id)');
    await runner.query('CREATE INDEX payments_client_id ON payments (client_id, created_at DESC, id)');
    await runner.query('CREATE INDEX payments_day ON payments (coach_id, (coalesce(paid_at, created_at)), id)');
    await runner.query(`CREATE INDEX payments_due_at ON payments (due_at) WHERE status = 'pending'`);
    await runner.query(`
      CREATE INDEX payments_package ON payments (package_id, coach_id, client_id) WHERE package_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX payments_booking ON payments (booking_id, coach_id, client_id) WHERE booking_id IS NOT NULL`);
    await runner.query(`
      CREATE UNIQUE INDEX payments_one_a_booking ON payments (booking_id)
        WHERE booking_id IS NOT NULL AND status <> 'cancelled'`);
  }

  /**
   * The ledger keeps itself: each movement continues the sums of the one before, the counters of the package are those of
   * its last movement, and what is written stays. Only the reason of a movement, which a person wrote, can be cleared:
   * that is the erasure of somebody who leaves.
   */
  private async ledger(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION package_movements_agree() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        before_balance integer := 0;
        before_remaining integer := 0;
      BEGIN
        IF NEW.seq > 1 THEN
          SELECT balance_after, remaining_after INTO before_balance, before_remaining
          FROM package_movements WHERE package_id = NEW.package_id AND seq = NEW.seq - 1;
        END IF;
        IF before_balance + NEW.delta IS DISTINCT FROM NEW.balance_after
          OR before_remaining + NEW.remaining_delta IS DISTINCT FROM NEW.remaining_after
          OR NOT EXISTS (
            SELECT FROM packages WHERE id = NEW.package_id AND coach_id = NEW.coach_id AND client_id = NEW.client_id
              AND last_seq = NEW.seq AND balance = NEW.balance_after AND remaining = NEW.remaining_after)
          OR NEW.follows IS NOT NULL AND NOT EXISTS (
            SELECT FROM package_movements
            WHERE booking_id = NEW.booking_id AND kind = NEW.follows AND package_id = NEW.package_id)
        THEN
          RAISE EXCEPTION 'a movement does not continue the ledger of its package'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'package_movements_agree';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER package_movements_agree AFTER INSERT ON package_movements
        FOR EACH ROW EXECUTE FUNCTION package_movements_agree()`);
    await runner.query(`
      CREATE FUNCTION packages_agree() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NOT EXISTS (
          SELECT FROM package_movements WHERE package_id = NEW.id AND seq = NEW.last_seq
            AND balance_after = NEW.balance AND remaining_after = NEW.remaining)
        THEN
          RAISE EXCEPTION 'the counters of a package are not those of its last movement'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'packages_agree';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER packages_agree AFTER INSERT OR UPDATE OF balance, remaining, last_seq ON packages
        FOR EACH ROW EXECUTE FUNCTION packages_agree()`);
    await runner.query(`
      CREATE FUNCTION package_movements_stay() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF NEW.reason IS NULL AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
            RETURN NEW;
          END IF;
        END IF;
        RAISE EXCEPTION 'movements are never changed or deleted'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'package_movements_stay';
      END $$`);
    await runner.query(`
      CREATE TRIGGER package_movements_stay BEFORE UPDATE OR DELETE ON package_movements
        FOR EACH ROW EXECUTE FUNCTION package_movements_stay()`);
    await runner.query(`
      CREATE TRIGGER package_movements_stay_whole BEFORE TRUNCATE ON package_movements
        FOR EACH STATEMENT EXECUTE FUNCTION package_movements_stay()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['payments', 'package_movements', 'packages']) await runner.query(`DROP TABLE ${table}`);
    for (const name of ['package_movements_stay', 'packages_agree', 'package_movements_agree'])
      await runner.query(`DROP FUNCTION ${name}`);
  }
}
