import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { containing } from 'src/common/search/containing';
import { searchedWords } from 'src/common/search/searched-words';
import { Database, type Statement } from 'src/common/transaction/database';
import type { SelectQueryBuilder } from 'typeorm';
import { Gym } from './entities/gym.entity';
import { GymChain } from './entities/gym-chain.entity';
import { postalCode } from './gym.rules';
import type { GymView } from './gym.types';

export interface GymFilter {
  /** Slugs. */
  chain?: string[];
  country?: string;
  city?: string;
  zip_code?: string;
  q?: string;
}

/** What a club shows, of `gym` joined to its `chain`. */
export const VIEW_COLUMNS = `
  gym.id, gym.chain_id AS "chainId", chain.name AS "chainName", chain.slug AS "chainSlug", gym.name, gym.address,
  gym.zip_code AS "zipCode", gym.city, gym.country, gym.lat, gym.lng, gym.phone, gym.email,
  gym.website_url AS "websiteUrl", gym.open_24h AS "open24h", gym.validated,
  (SELECT count(*)::int FROM coach_gyms AS work JOIN users AS coach ON coach.id = work.coach_id
   WHERE work.gym_id = gym.id AND coach.status IN ('active', 'unverified')) AS "coachesCount"`;

const VIEWS: Statement = {
  name: 'gym_views',
  text: `SELECT ${VIEW_COLUMNS} FROM gyms AS gym LEFT JOIN gym_chains AS chain ON chain.id = gym.chain_id
         WHERE gym.id = ANY ($1::uuid[]) AND gym.validated
         ORDER BY folded(gym.city), folded(gym.name), gym.id`,
};
const UNIQUE_NAMES: Statement = {
  name: 'gym_unique_names',
  text: `SELECT given.name, min(gym.id::text) AS id
         FROM unnest($1::text[]) AS given (name)
         JOIN gyms AS gym ON folded(gym.name) = folded(given.name) AND gym.validated
         GROUP BY given.name HAVING count(*) = 1`,
};
const COUNT_VALIDATED: Statement = {
  name: 'gym_count_validated',
  text: 'SELECT count(*)::int AS count FROM gyms WHERE id = ANY ($1::uuid[]) AND validated',
};
const CHAINS: Statement = {
  name: 'gym_chains',
  text: `SELECT id, name, slug, logo_url AS "logoUrl", website, countries, active,
                created_at AS "createdAt", updated_at AS "updatedAt"
         FROM gym_chains
         WHERE active AND ($1::text IS NULL OR cardinality(countries) = 0 OR $1 = ANY (countries))
         ORDER BY folded(name), id`,
};

function literally(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

@Injectable()
export class GymRepository {
  constructor(private readonly database: Database) {}

  /** By city and name. */
  async page(filter: GymFilter, { offset, limit }: PageQuery): Promise<Rows<GymView>> {
    const found = this.search(filter);
    const total = await found.getCount();
    const page = await found
      .select('gym.id', 'id')
      .addSelect('folded(gym.city)', 'by_city')
      .addSelect('folded(gym.name)', 'by_name')
      .orderBy('by_city')
      .addOrderBy('by_name')
      .addOrderBy('id')
      .offset(offset)
      .limit(limit)
      .getRawMany<{ id: string }>();
    return { rows: await this.findViews(page.map(({ id }) => id)), total };
  }

  /** The validated ones, by city and name. */
  async findViews(ids: readonly string[]): Promise<GymView[]> {
    return ids.length === 0 ? [] : this.database.query<GymView>(VIEWS, [ids]);
  }

  /** Name to id; a name that several clubs have means none of them. */
  async findUniqueNames(names: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.query<{ name: string; id: string }>(UNIQUE_NAMES, [names]);
    return new Map(rows.map(({ name, id }) => [name, id]));
  }

  async countValidated(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    return (await this.database.value<number>(COUNT_VALIDATED, [ids])) ?? 0;
  }

  async findChains(country: string | null): Promise<GymChain[]> {
    return this.database.query<GymChain>(CHAINS, [country]);
  }

  private search({ chain, country, city, zip_code, q }: GymFilter): SelectQueryBuilder<Gym> {
    const query = this.database.repository(Gym).createQueryBuilder('gym').where('gym.validated');
    if (chain)
      query.andWhere('gym.chain_id IN (SELECT id FROM gym_chains WHERE slug = ANY (:slugs))', { slugs: chain });
    if (country) query.andWhere('gym.country = :country', { country });
    if (city) query.andWhere('folded(gym.city) = folded(:city)', { city });
    if (zip_code) query.andWhere('gym.zip_code LIKE :zip', { zip: `${literally(postalCode(zip_code))}%` });
    searchedWords(q ?? '').forEach((word, place) => {
      query.andWhere(`gym.searched LIKE ${containing(`:word${place}`)}`, { [`word${place}`]: word });
    });
    return query;
  }
}
