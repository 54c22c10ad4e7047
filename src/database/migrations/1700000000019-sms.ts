import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SMS of coaches, how many a day, numbers that want none, and what was heard from providers already. */
export class Sms1700000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_messages (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        batch_id uuid NOT NULL,
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id),
        client_id uuid REFERENCES users ON DELETE SET NULL,
        template_id uuid REFERENCES message_templates ON DELETE SET NULL,
        phone text NOT NULL,
        body text NOT NULL,
        status text NOT NULL CHECK (status IN ('pending', 'sent', 'failed')),
        provider_message_id text,
        error_code text,
        -- What is not sent by then tells nobody anything any more.
        useful_until timestamptz NOT NULL,
        first_tried_at timestamptz,
        -- Whoever sends it holds it until then, by the clock of the database.
        leased_until timestamptz,
        sent_at timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT sms_messages_sent CHECK (status <> 'sent' OR sent_at IS NOT NULL),
        CONSTRAINT sms_messages_failed CHECK ((status = 'failed') = (error_code IS NOT NULL)),
        CONSTRAINT sms_messages_provider_message_id UNIQUE (provider_message_id)
      )`);
    await runner.query('CREATE INDEX sms_messages_coach_id ON sms_messages (coach_id, created_at DESC, id)');
    await runner.query('CREATE INDEX sms_messages_batch_id ON sms_messages (batch_id)');
    await runner.query('CREATE INDEX sms_messages_client_id ON sms_messages (client_id)');
    await runner.query('CREATE INDEX sms_messages_template_id ON sms_messages (template_id)');
    await runner.query('CREATE INDEX sms_messages_created_at ON sms_messages (created_at)');
    await runner.query(`
      -- How many SMS a coach has begun on a day of UTC: whoever sends takes from it first.
      CREATE TABLE sms_days (
        coach_id uuid NOT NULL REFERENCES coach_profiles (user_id) ON DELETE CASCADE,
        day date NOT NULL,
        used integer NOT NULL CHECK (used BETWEEN 0 AND 200),
        CONSTRAINT sms_days_pkey PRIMARY KEY (coach_id, day)
      )`);
    await runner.query('CREATE INDEX sms_days_day ON sms_days (day)');
    await runner.query(`
      -- How many SMS were written to a number on a day of UTC, by all coaches together.
      CREATE TABLE sms_number_days (
        phone text NOT NULL,
        day date NOT NULL,
        used integer NOT NULL CHECK (used BETWEEN 0 AND 20),
        CONSTRAINT sms_number_days_pkey PRIMARY KEY (phone, day)
      )`);
    await runner.query('CREATE INDEX sms_number_days_day ON sms_number_days (day)');
    await runner.query(`
      CREATE TABLE sms_opt_outs (
        phone text PRIMARY KEY,
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`
      -- When the next message may go to a provider: all processes together keep to what it takes a second.
      CREATE TABLE provider_paces (
        provider text PRIMARY KEY,
        next_at timestamptz NOT NULL
      )`);
    await runner.query(`
      -- Messages whose turn is not near: each comes back for the one that it was given.
      CREATE TABLE provider_turns (
        provider text NOT NULL,
        reference text NOT NULL,
        turn_at timestamptz NOT NULL,
        CONSTRAINT provider_turns_pkey PRIMARY KEY (provider, reference)
      )`);
    await runner.query('CREATE INDEX provider_turns_turn_at ON provider_turns (turn_at)');
    await runner.query(`
      CREATE TABLE webhook_events (
        provider text NOT NULL,
        event_id text NOT NULL,
        received_at timestamptz NOT NULL,
        CONSTRAINT webhook_events_pkey PRIMARY KEY (provider, event_id)
      )`);
    await runner.query('CREATE INDEX webhook_events_received_at ON webhook_events (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_events');
    await runner.query('DROP TABLE provider_turns');
    await runner.query('DROP TABLE provider_paces');
    await runner.query('DROP TABLE sms_opt_outs');
    await runner.query('DROP TABLE sms_number_days');
    await runner.query('DROP TABLE sms_days');
    await runner.query('DROP TABLE sms_messages');
  }
}
