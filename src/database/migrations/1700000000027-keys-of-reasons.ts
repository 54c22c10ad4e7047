import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A value as the application encrypts it: `<key id>:<base64>`. */
const ENCRYPTED = '^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{38,}={0,2}$';

/**
 * Movements stay as they are, but for their reason: it may be blanked (erasure), and from now on it may be encrypted anew
 * with another key, so that a key can be retired. What it says the database cannot read; under the same key it stays.
 */
export class KeysOfReasons1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      stay(`NEW.reason IS NULL OR NEW.reason ~ '${ENCRYPTED}'
              AND split_part(NEW.reason, ':', 1) <> split_part(OLD.reason, ':', 1)`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(stay('NEW.reason IS NULL'));
  }
}

/** @param allowed of the new reason, while the rest of the row is the same */
function stay(allowed: string): string {
  return `
    CREATE OR REPLACE FUNCTION package_movements_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF (${allowed}) AND to_jsonb(NEW) - 'reason' = to_jsonb(OLD) - 'reason' THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'movements are never changed or deleted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'package_movements_stay';
    END $$`;
}
