import { Injectable } from '@nestjs/common';
import { type PageQuery } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import { conditionsOf, likeness, placing, tiersOf } from './search-conditions';
import { type AskedWords, partsOf, type Sort } from './search.rules';
import type { SearchCount, SearchFilter } from './search.types';

const ORDERS: Record<Sort, string> = {
  relevance: 'l.is_open DESC, l.verified DESC, l.certifications DESC, l.sort_name, l.coach_id',
  price_asc: 'l.price_cents, l.sort_name, l.coach_id',
  price_desc: 'l.price_cents DESC NULLS LAST, l.sort_name, l.coach_id',
  name: 'l.sort_name, l.coach_id',
};

/** So many are not all looked at to find the first of them: these are met soon along the index of the order. */
const MANY = 1_000;

type Range = Pick<PageQuery, 'offset' | 'limit'>;

/** The listings that a search finds. */
@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /**
   * Coach ids in order. Equal input over equal listings has equal order, as the id decides last.
   *
   * @param count of this filter
   */
  async find(filter: SearchFilter, sort: Sort, page: PageQuery, count: SearchCount): Promise<string[]> {
    const { words, isApproximate } = filter;
    if (sort !== 'relevance' || !words) return this.findSorted(filter, sort, page);
    if (isApproximate || count.total < MANY) return this.findClosest(filter, words, page);
    const found: string[] = [];
    for (const { tier, ...range } of partsOf(count.tiers, page))
      found.push(...(await this.findOfTier(filter, words, { tier, size: count.tiers[tier] ?? 0 }, range)));
    return found;
  }

  async count(filter: SearchFilter): Promise<SearchCount> {
    const { text, shape, values } = conditionsOf(filter);
    const tiers = filter.words && !filter.isApproximate ? tiersOf(filter.words) : [];
    const placed = placing(values);
    const kinds = tiers.map(({ among }, tier) => `WHEN ${among(placed)} THEN ${String(tier)}`).join(' ');
    const sizes = tiers.map((_, tier) => `count(*) FILTER (WHERE tier = ${String(tier)})::int`).join(', ');
    const count: Statement = {
      name: `coach_search_count_${shape}_${String(tiers.length)}`,
      text: `SELECT count(*)::int AS total, ARRAY[${sizes}]::int[] AS tiers
             FROM (SELECT ${kinds && `CASE ${kinds} END AS tier`} FROM coach_listings AS l WHERE ${text} OFFSET 0) AS found`,
    };
    const [row] = await this.database.query<SearchCount>(count, values);
    return row ?? { total: 0, tiers: [] };
  }

  private async findSorted(filter: SearchFilter, sort: Sort, range: Range): Promise<string[]> {
    const { text, shape, values } = conditionsOf(filter);
    return this.ids(`coach_search_${sort}_${shape}`, text, ORDERS[sort], range, values);
  }

  /** Compares all of them, but by likeness only who is no closer: comparing trigrams costs more than the rest. */
  private async findClosest(filter: SearchFilter, words: AskedWords, range: Range): Promise<string[]> {
    const { text, shape, values } = conditionsOf(filter);
    const placed = placing(values);
    const kinds = tiersOf(words)
      .slice(0, 3)
      .map(({ among }, tier) => `WHEN ${among(placed)} THEN ${String(tier)}`);
    const order = `CASE ${kinds.join(' ')} ELSE 3 - ${likeness(words, placed)} END`;
    return this.ids(`coach_search_closest_${shape}`, text, `${order}, ${ORDERS.relevance}`, range, values);
  }

  private async findOfTier(
    filter: SearchFilter,
    words: AskedWords,
    { tier, size }: { tier: number; size: number },
    range: Range,
  ): Promise<string[]> {
    const tiers = tiersOf(words);
    const { alone, isByLikeness } = tiers[tier] ?? { alone: () => 'false', isByLikeness: false };
    // Then they are met along the index of the order. Who is of the tier has the words: told so twice, PostgreSQL would
    // take them for few, and read everybody.
    const isMany = !isByLikeness && size >= MANY;
    const { text, shape, values } = conditionsOf(filter, !isMany);
    const placed = placing(values);
    const condition = `${text} AND ${alone(placed)}`;
    const order = isByLikeness ? `${likeness(words, placed)} DESC, ` : '';
    const name = `coach_search_tier_${String(tier)}_${String(tiers.length)}_${isMany ? 'many_' : ''}${shape}`;
    return this.ids(name, condition, `${order}${ORDERS.relevance}`, range, values);
  }

  private async ids(
    name: string,
    condition: string,
    order: string,
    { offset, limit }: Range,
    values: unknown[],
  ): Promise<string[]> {
    const text = `SELECT l.coach_id AS "coachId" FROM coach_listings AS l WHERE ${condition}
                  ORDER BY ${order} LIMIT $${String(values.push(limit))} OFFSET $${String(values.push(offset))}`;
    return this.database.values<string>({ name, text }, values);
  }
}
