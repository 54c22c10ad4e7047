import type { MigrationInterface, QueryRunner } from 'typeorm';

const MUSCLE_GROUPS = `ARRAY['chest', 'back', 'shoulders', 'biceps', 'triceps', 'forearms', 'core', 'glutes', 'quads',
  'hamstrings', 'calves', 'hip_flexors', 'adductors', 'neck', 'full_body']`;
const EQUIPMENT = `ARRAY['bodyweight', 'dumbbells', 'barbell', 'kettlebell', 'bands', 'bench', 'pull_up_bar',
  'jump_rope', 'machines', 'cables', 'cardio_machines', 'full_gym']`;
const GOALS = `'lose_weight', 'muscle_gain', 'endurance', 'well_being', 'sport_perf', 'rehabilitation', 'other'`;
const LEVELS = `'beginner', 'intermediate', 'advanced'`;

/** Where a coach's listing comes from: the table, which of its writes matter, and the column with his id. */
const SOURCES: readonly { table: string; on: string; column: string }[] = [
  { table: 'coach_profiles', on: 'INSERT OR UPDATE', column: 'user_id' },
  { table: 'users', on: 'UPDATE OF first_name, last_name, status, timezone', column: 'id' },
  { table: 'pricings', on: 'INSERT OR UPDATE OR DELETE', column: 'coach_id' },
  { table: 'certifications', on: 'INSERT OR UPDATE OR DELETE', column: 'coach_id' },
  { table: 'availabilities', on: 'INSERT OR UPDATE OR DELETE', column: 'coach_id' },
  { table: 'time_offs', on: 'INSERT OR UPDATE OR DELETE', column: 'coach_id' },
  { table: 'engagements', on: 'INSERT OR UPDATE OR DELETE', column: 'person_id' },
];

/** A client’s profile and questionnaire, and what searching for a coach needs. */
export class ClientSpace1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE client_profiles (
        user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
        birth_date date,
        weight_kg numeric(5,2) CHECK (weight_kg BETWEEN 10 AND 500),
        height_cm smallint CHECK (height_cm BETWEEN 50 AND 300),
        goal text CHECK (goal IN (${GOALS})),
        level text CHECK (level IN (${LEVELS})),
        weight_unit text NOT NULL CHECK (weight_unit IN ('kg', 'lb')),
        country char(2),
        target_weight_kg numeric(5,2) CHECK (target_weight_kg BETWEEN 10 AND 500),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE questionnaires (
        user_id uuid PRIMARY KEY REFERENCES client_profiles ON DELETE CASCADE,
        goal text CHECK (goal IN (${GOALS})),
        level text CHECK (level IN (${LEVELS})),
        frequency_per_week smallint CHECK (frequency_per_week BETWEEN 1 AND 7),
        session_duration_min smallint CHECK (session_duration_min BETWEEN 15 AND 240),
        equipment text[] NOT NULL CHECK (equipment <@ ${EQUIPMENT}),
        target_zones text[] NOT NULL CHECK (target_zones <@ ${MUSCLE_GROUPS}),
        injuries text,
        injury_zones text[] NOT NULL CHECK (injury_zones <@ ${MUSCLE_GROUPS}),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    // One narrow row for each coach who can be found, in the orders that the search answers in.
    await runner.query(`
      CREATE TABLE coach_listings (
        coach_id uuid PRIMARY KEY REFERENCES coach_profiles ON DELETE CASCADE,
        sort_name text NOT NULL,
        words text NOT NULL,
        search text NOT NULL,
        city text,
        country char(2),
        specialties text[] NOT NULL,
        price_cents integer,
        currency char(3) NOT NULL,
        discovery boolean NOT NULL,
        verified boolean NOT NULL,
        certified boolean NOT NULL,
        certifications integer NOT NULL,
        is_open boolean NOT NULL,
        open_known_from timestamptz NOT NULL,
        open_known_until timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE INDEX coach_listings_relevance
      ON coach_listings (is_open DESC, verified DESC, certifications DESC, sort_name, coach_id)`);
    await runner.query('CREATE INDEX coach_listings_name ON coach_listings (sort_name, coach_id)');
    await runner.query('CREATE INDEX coach_listings_price ON coach_listings (price_cents, sort_name, coach_id)');
    await runner.query(`
      CREATE INDEX coach_listings_price_desc ON coach_listings (price_cents DESC NULLS LAST, sort_name, coach_id)`);
    await runner.query('CREATE INDEX coach_listings_city ON coach_listings (city, country)');
    await runner.query('CREATE INDEX coach_listings_specialties ON coach_listings USING gin (specialties)');
    await runner.query('CREATE INDEX coach_listings_search ON coach_listings USING gin (search gin_trgm_ops)');
    await runner.query('CREATE INDEX coach_listings_open_known_until ON coach_listings (open_known_until)');
    await runner.query('CREATE INDEX coach_listings_open_known_from ON coach_listings (open_known_from)');
    // One row: who renews listings locks it, and counts it up when a search could see the difference.
    await runner.query(`
      CREATE TABLE coach_listing_state (
        id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
        version bigint NOT NULL
      )`);
    await runner.query('INSERT INTO coach_listing_state (version) VALUES (1)');
    // Without a foreign key: a note outlives its coach by a moment, and a check would lock his profile at each booking.
    await runner.query(`
      CREATE TABLE coach_listing_changes (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        coach_id uuid NOT NULL
      )`);
    await runner.query('CREATE INDEX coach_listing_changes_coach_id ON coach_listing_changes (coach_id)');
    // Whatever path changes what a listing is made from, it is noted in the same transaction.
    await runner.query(`
      CREATE FUNCTION note_coach_listing_change() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        written jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
      BEGIN
        INSERT INTO coach_listing_changes (coach_id)
        SELECT user_id FROM coach_profiles WHERE user_id = (written ->> TG_ARGV[0])::uuid;
        RETURN NULL;
      END $$`);
    for (const { table, on, column } of SOURCES)
      await runner.query(`
        CREATE TRIGGER ${table}_listed AFTER ${on} ON ${table}
        FOR EACH ROW EXECUTE FUNCTION note_coach_listing_change('${column}')`);
    await runner.query('INSERT INTO coach_listing_changes (coach_id) SELECT user_id FROM coach_profiles');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of SOURCES) await runner.query(`DROP TRIGGER ${table}_listed ON ${table}`);
    await runner.query('DROP FUNCTION note_coach_listing_change');
    for (const table of [
      'coach_listing_changes',
      'coach_listing_state',
      'coach_listings',
      'questionnaires',
      'client_profiles',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
