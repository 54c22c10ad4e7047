import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where values are encrypted by now, and with the keys of which ring. */
const ENCRYPTED = {
  FIELD_ENCRYPTION_KEYS: [
    'booking_transitions.reason',
    'bookings.client_message',
    'bookings.coach_cancel_reason',
    'bookings.waive_reason',
    'coach_notes.content',
    'coaching_requests.client_message',
    'coaching_requests.coach_message',
    'enrollment_tokens.token',
    'health_logs.note',
    'idempotency_keys.body',
    'notifications.body',
    'package_movements.reason',
    'questionnaires.injuries',
    'relations.status_reason',
    'sms_messages.body',
    'time_offs.reason',
  ],
  TOKEN_ENCRYPTION_KEYS: [
    'oauth_connections.access_token',
    'oauth_connections.refresh_token',
    'oauth_states.code_verifier',
  ],
} as const;

/**
 * Which keys the database needs: their ids, never the keys. What is encrypted already says so itself; what a key is
 * recognised by the first process that has it adds.
 */
export class KeysInUse1700000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE keys_in_use (
        ring text NOT NULL CHECK (ring IN ('FIELD_ENCRYPTION_KEYS', 'TOKEN_ENCRYPTION_KEYS')),
        key_id text NOT NULL CHECK (key_id ~ '^[A-Za-z0-9_-]{1,32}$'),
        fingerprint text CHECK (fingerprint ~ '^[0-9a-f]{64}$'),
        first_used_at timestamptz NOT NULL,
        PRIMARY KEY (ring, key_id)
      )`);
    for (const [ring, places] of Object.entries(ENCRYPTED))
      for (const [table = '', column = ''] of places.map((place) => place.split('.')))
        await runner.query(`
          INSERT INTO keys_in_use (ring, key_id, first_used_at)
          SELECT DISTINCT '${ring}', substring(${column} FROM '^([A-Za-z0-9_-]{1,32}):'), now()
          FROM ${table} WHERE ${column} ~ '^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{38,}={0,2}$'
          ON CONFLICT DO NOTHING`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keys_in_use');
  }
}
