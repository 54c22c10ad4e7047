import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Candidate, ImportPlan, LocatedLine } from './gym-import.rules';
import type { ClubLine } from './gym-line.format';

/** Any number, the same in every process: who imports holds it until his transaction ends. */
const IMPORT_LOCK = 7_236_002;
const NO_CHAIN = '00000000-0000-0000-0000-000000000000';

const LOCK: Statement = { name: 'gym_import_lock', text: 'SELECT pg_advisory_xact_lock($1)' };
const ADD_CHAINS: Statement = {
  name: 'gym_import_add_chains',
  text: `INSERT INTO gym_chains (name, slug, countries, created_at, updated_at)
         SELECT min(name), slug, array_agg(DISTINCT country ORDER BY country), $2, $2
         FROM jsonb_to_recordset($1::jsonb) AS line (name text, slug text, country text) GROUP BY slug
         ON CONFLICT (slug) DO NOTHING`,
};
/** A chain that is at home in some countries is at home where it opens a club; one without countries is anywhere. */
const WIDEN_CHAINS: Statement = {
  name: 'gym_import_widen_chains',
  text: `UPDATE gym_chains AS chain SET countries = wider.countries, updated_at = $2
         FROM (SELECT known.id, array_agg(DISTINCT home ORDER BY home) AS countries
               FROM jsonb_to_recordset($1::jsonb) AS line (slug text, country text)
               JOIN gym_chains AS known ON known.slug = line.slug AND cardinality(known.countries) > 0,
               unnest(known.countries || line.country) AS home
               GROUP BY known.id) AS wider
         WHERE chain.id = wider.id AND cardinality(chain.countries) < cardinality(wider.countries)`,
};
const CHAINS: Statement = {
  name: 'gym_import_chains',
  text: 'SELECT id, slug FROM gym_chains WHERE slug = ANY ($1)',
};
const LOCATE: Statement = {
  name: 'gym_import_locate',
  text: `WITH line AS MATERIALIZED (
           SELECT position, coalesce(chain_id, '${NO_CHAIN}') AS chain, external_id, folded(name) AS name,
                  coalesce(zip_code, '') AS zip
           FROM jsonb_to_recordset($1::jsonb)
             AS given (position int, chain_id uuid, external_id text, name text, zip_code text)
         ), meant AS (
           SELECT line.position, gym.id FROM line JOIN gyms AS gym
             ON coalesce(gym.chain_id, '${NO_CHAIN}') = line.chain AND gym.external_id = line.external_id
           UNION
           SELECT line.position, gym.id FROM line JOIN gyms AS gym
             ON coalesce(gym.chain_id, '${NO_CHAIN}') = line.chain AND folded(gym.name) = line.name
            AND coalesce(gym.zip_code, '') = line.zip AND gym.external_id IS NULL
           UNION
           SELECT line.position, gym.id FROM line JOIN gyms AS gym
             ON coalesce(gym.chain_id, '${NO_CHAIN}') = line.chain AND folded(gym.name) = line.name
            AND coalesce(gym.zip_code, '') = line.zip AND gym.external_id IS NOT NULL
         )
         SELECT line.position, line.name AS "foldedName",
                coalesce((
                  SELECT json_agg(json_build_object(
                           'id', gym.id, 'externalId', external_id, 'name', gym.name, 'address', address,
                           'zipCode', zip_code, 'city', city, 'country', country, 'lat', lat, 'lng', lng,
                           'phone', phone, 'email', email, 'websiteUrl', website_url, 'open24h', open_24h,
                           'validated', validated) ORDER BY external_id, gym.id)
                  FROM meant JOIN gyms AS gym USING (id) WHERE meant.position = line.position), '[]') AS candidates
         FROM line`,
};
const LINE_COLUMNS = `"chainId" uuid, "externalId" text, name text, address text, "zipCode" text, city text,
  country text, lat double precision, lng double precision, phone text, email text, "websiteUrl" text, "open24h" boolean`;
const INSERT: Statement = {
  name: 'gym_import_insert',
  text: `INSERT INTO gyms (chain_id, external_id, name, address, zip_code, city, country, lat, lng, phone, email,
                           website_url, open_24h, validated, created_at, updated_at)
         SELECT "chainId", "externalId", name, address, "zipCode", city, country, lat, lng, phone, email,
                "websiteUrl", "open24h", true, $2, $2
         FROM jsonb_to_recordset($1::jsonb) AS line (${LINE_COLUMNS})`,
};
const UPDATE: Statement = {
  name: 'gym_import_update',
  text: `UPDATE gyms SET external_id = line."externalId", name = line.name, address = line.address,
                zip_code = line."zipCode", city = line.city, country = line.country, lat = line.lat, lng = line.lng,
                phone = line.phone, email = line.email, website_url = line."websiteUrl", open_24h = line."open24h",
                validated = true, updated_at = $2
         FROM jsonb_to_recordset($1::jsonb) AS line (id uuid, ${LINE_COLUMNS})
         WHERE gyms.id = line.id`,
};

interface Location {
  position: number;
  foldedName: string;
  candidates: Candidate[];
}

/** The directory, written many clubs at a time. */
@Injectable()
export class GymImportRepository {
  constructor(private readonly database: Database) {}

  /** Two imports follow one another: each decides by what is there. */
  async lock(): Promise<void> {
    await this.database.query(LOCK, [IMPORT_LOCK]);
  }

  /** Makes the chains that are missing, and answers all of them: slug to id. */
  async ensureChains(lines: readonly ClubLine[], now: Date): Promise<Map<string, string>> {
    const named = lines.flatMap(({ chain, details }) => (chain ? [{ ...chain, country: details.country }] : []));
    if (named.length === 0) return new Map();
    await this.database.execute(ADD_CHAINS, [JSON.stringify(named), now]);
    await this.database.execute(WIDEN_CHAINS, [JSON.stringify(named), now]);
    const slugs = [...new Set(named.map(({ slug }) => slug))];
    const rows = await this.database.query<{ id: string; slug: string }>(CHAINS, [slugs]);
    return new Map(rows.map(({ id, slug }) => [slug, id]));
  }

  /** What the directory knows about each line, in one query. */
  async locate(lines: readonly ClubLine[], chains: ReadonlyMap<string, string>): Promise<LocatedLine[]> {
    const chainIds = lines.map(({ chain }) => (chain ? (chains.get(chain.slug) ?? null) : null));
    const asked = lines.map(({ externalId, details: { name, zipCode } }, position) => ({
      position,
      chain_id: chainIds[position],
      external_id: externalId,
      name,
      zip_code: zipCode,
    }));
    const rows = await this.database.query<Location>(LOCATE, [JSON.stringify(asked)]);
    const found = new Map(rows.map((row) => [row.position, row]));
    return lines.map((line, position) => ({
      ...line,
      chainId: chainIds[position] ?? null,
      foldedName: found.get(position)?.foldedName ?? line.details.name,
      candidates: found.get(position)?.candidates ?? [],
    }));
  }

  async write({ created, updated }: ImportPlan, now: Date): Promise<void> {
    if (created.length > 0) await this.database.execute(INSERT, [JSON.stringify(created), now]);
    if (updated.length > 0) await this.database.execute(UPDATE, [JSON.stringify(updated), now]);
  }
}
