import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stands for "no chain" where a key needs a value: NULLs are never equal. */
const NO_CHAIN = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** Gym chains and clubs, who works in them and who likes them. */
export class Gyms1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The dictionary of unaccent could be edited, so PostgreSQL calls it stable and lets no index stand on it. Nobody
    // edits ours: this says so, and is what every search without case and accents compares.
    await runner.query(`
      CREATE FUNCTION folded(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN lower(unaccent('unaccent'::regdictionary, given))`);
    await runner.query(`
      CREATE TABLE gym_chains (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        name text NOT NULL,
        slug text NOT NULL,
        logo_url text,
        website text,
        countries text[] NOT NULL DEFAULT '{}',
        active boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX gym_chains_slug ON gym_chains (slug)');
    await runner.query(`
      CREATE TABLE gyms (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        chain_id uuid REFERENCES gym_chains,
        external_id text,
        name text NOT NULL,
        address text,
        zip_code text,
        city text NOT NULL,
        country char(2) NOT NULL,
        lat double precision,
        lng double precision,
        phone text,
        email text,
        website_url text,
        open_24h boolean NOT NULL DEFAULT false,
        validated boolean NOT NULL DEFAULT false,
        searched text NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT gyms_position CHECK (
          (lat IS NULL) = (lng IS NULL) AND lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180
        )
      )`);
    await runner.query('CREATE INDEX gyms_chain_id ON gyms (chain_id)');
    // Two names of one club, and each may be taken once: what its chain calls it, or else where it is.
    await runner.query(`
      CREATE UNIQUE INDEX gyms_external_id ON gyms (coalesce(chain_id, ${NO_CHAIN}), external_id)
      WHERE external_id IS NOT NULL`);
    await runner.query(`
      CREATE UNIQUE INDEX gyms_place ON gyms (coalesce(chain_id, ${NO_CHAIN}), folded(name), coalesce(zip_code, ''))
      WHERE external_id IS NULL`);
    await runner.query(`
      CREATE INDEX gyms_same_place ON gyms (coalesce(chain_id, ${NO_CHAIN}), folded(name), coalesce(zip_code, ''))
      WHERE external_id IS NOT NULL`);
    await runner.query('CREATE INDEX gyms_order ON gyms (folded(city), folded(name), id) WHERE validated');
    await runner.query('CREATE INDEX gyms_zip_code ON gyms (zip_code text_pattern_ops) WHERE validated');
    // Written down, because folding twenty thousand clubs for a word too short for the index takes its time.
    await runner.query(`
      CREATE FUNCTION gyms_searched() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.searched := folded(concat_ws(' ', NEW.name, NEW.city, NEW.address, NEW.zip_code));
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER gyms_searched BEFORE INSERT OR UPDATE ON gyms FOR EACH ROW EXECUTE FUNCTION gyms_searched()`);
    // Clubs come by the thousand and are searched at once: the index takes them in then, not some day later.
    await runner.query(
      'CREATE INDEX gyms_text ON gyms USING gin (searched gin_trgm_ops) WITH (fastupdate = off) WHERE validated',
    );
    // A numbered place for each, so that the most there can be is a constraint.
    await runner.query(`
      CREATE TABLE coach_gyms (
        coach_id uuid NOT NULL REFERENCES coach_profiles ON DELETE CASCADE,
        gym_id uuid NOT NULL REFERENCES gyms ON DELETE CASCADE,
        place smallint NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (coach_id, gym_id),
        CONSTRAINT coach_gyms_most CHECK (place BETWEEN 1 AND 20)
      )`);
    await runner.query('CREATE UNIQUE INDEX coach_gyms_place ON coach_gyms (coach_id, place)');
    await runner.query('CREATE INDEX coach_gyms_gym_id ON coach_gyms (gym_id)');
    await runner.query(`
      CREATE TABLE client_gyms (
        client_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
        gym_id uuid NOT NULL REFERENCES gyms ON DELETE CASCADE,
        place smallint NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (client_id, gym_id),
        CONSTRAINT client_gyms_most CHECK (place BETWEEN 1 AND 10)
      )`);
    await runner.query('CREATE UNIQUE INDEX client_gyms_place ON client_gyms (client_id, place)');
    await runner.query('CREATE INDEX client_gyms_gym_id ON client_gyms (gym_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['client_gyms', 'coach_gyms', 'gyms', 'gym_chains']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION gyms_searched()');
    await runner.query('DROP FUNCTION folded(text)');
  }
}
