import { Injectable } from '@nestjs/common';
import { type PageQuery } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Sort, AskedWords } from './search.rules';
import type { SearchFilter } from './search.types';

/** Conditions of one search. The text depends only on which of them are there, so the set of statements is finite. */
interface Conditions {
  text: string;
  /** Names the conditions that are there. */
  shape: string;
  values: unknown[];
}

const ORDERS: Record<Sort, string> = {
  relevance: 'l.is_open DESC, l.verified DESC, l.certifications DESC, l.sort_name, l.coach_id',
  price_asc: 'l.price_cents, l.sort_name, l.coach_id',
  price_desc: 'l.price_cents DESC NULLS LAST, l.sort_name, l.coach_id',
  name: 'l.sort_name, l.coach_id',
};

/** The listings that a search finds. */
@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /** Coach ids in order. Equal input over equal listings has equal order, as the id decides last. */
  async find(filter: SearchFilter, sort: Sort, { offset, limit }: PageQuery): Promise<string[]> {
    const { text, shape, values } = conditionsOf(filter);
    const closeness = sort === 'relevance' && filter.words ? closenessTo(filter.words, values) : '';
    const page: Statement = {
      name: `coach_search_${sort}_${shape}`,
      text: `SELECT l.coach_id AS "coachId" FROM coach_listings AS l WHERE ${text}
             ORDER BY ${closeness}${ORDERS[sort]} LIMIT $${values.push(limit)} OFFSET $${values.push(offset)}`,
    };
    const rows = await this.database.query<{ coachId: string }>(page, values);
    return rows.map(({ coachId }) => coachId);
  }

  async count(filter: SearchFilter): Promise<number> {
    const { text, shape, values } = conditionsOf(filter);
    const count: Statement = {
      name: `coach_search_count_${shape}`,
      text: `SELECT count(*)::int AS total FROM coach_listings AS l WHERE ${text}`,
    };
    const [row] = await this.database.query<{ total: number }>(count, values);
    return row?.total ?? 0;
  }
}

function conditionsOf(filter: SearchFilter): Conditions {
  const values: unknown[] = [];
  const parts: string[] = ['true'];
  let shape = '';
  const place = (value: unknown): string => `$${values.push(value)}`;
  const add = (letter: string, value: unknown, condition: (place: string) => string): void => {
    if (value === undefined) return;
    parts.push(condition(place(value)));
    shape += letter;
  };
  const addFlag = (letter: string, column: string, value: boolean | undefined): void => {
    if (value === undefined) return;
    parts.push(value ? `l.${column}` : `NOT l.${column}`);
    shape += value ? letter : letter.toUpperCase();
  };
  if (filter.words) {
    const { words, longest } = filter.words;
    // The index knows how to look for one word; the longest leaves the fewest coaches to look at.
    if (filter.isApproximate)
      parts.push(
        `${place(longest)} <% l.search`,
        `NOT EXISTS (SELECT FROM unnest(${place(words)}::text[]) AS asked (word) WHERE NOT word <% l.search)`,
      );
    else
      parts.push(
        `l.search LIKE ${place(`%${longest}%`)}`,
        `l.search LIKE ALL (${place(around(words, '%', '%'))}::text[])`,
      );
    shape += filter.isApproximate ? 'w' : 'q';
  }
  add('s', filter.specialties, (value) => `l.specialties && ${value}::text[]`);
  add('l', filter.city, (value) => `l.city = ${value}`);
  add('n', filter.country, (value) => `l.country = ${value}`);
  add('g', filter.gymId, (value) => `l.coach_id IN (SELECT coach_id FROM coach_gyms WHERE gym_id = ${value})`);
  add(
    'h',
    filter.chain,
    (value) => `l.coach_id IN (
      SELECT held.coach_id FROM coach_gyms AS held JOIN gyms ON gyms.id = held.gym_id
      JOIN gym_chains AS chain ON chain.id = gyms.chain_id WHERE chain.slug = ${value} AND gyms.validated)`,
  );
  add('p', filter.maxPriceCents, (value) => `l.price_cents <= ${value}`);
  add('u', filter.currency, (value) => `l.currency = ${value}`);
  addFlag('d', 'discovery', filter.discovery);
  addFlag('c', 'certified', filter.certified);
  addFlag('a', 'is_open', filter.isOpen);
  if (filter.isBehind) {
    // What is known to be outdated is not shown rather than shown wrong.
    parts.push('NOT EXISTS (SELECT FROM coach_listing_changes AS change WHERE change.coach_id = l.coach_id)');
    const now = place(filter.now);
    parts.push(`l.open_known_from <= ${now} AND l.open_known_until > ${now}`);
    shape += 'b';
  }
  return { text: parts.join(' AND '), shape, values };
}

/**
 * Called so, then called so in the beginning, then the more alike the better; before every other order. Who has the very
 * words beside the name is alike altogether: most of many are, and comparing trigrams costs more than the rest.
 */
function closenessTo({ words }: AskedWords, values: unknown[]): string {
  const whole = values.push(around(words, '% ', ' %'));
  const starts = values.push(around(words, '% ', '%'));
  const text = values.push(words.join(' '));
  return `CASE WHEN l.words LIKE ALL ($${whole}::text[]) THEN 0 WHEN l.words LIKE ALL ($${starts}::text[]) THEN 1
               WHEN l.search LIKE ALL ($${whole}::text[]) THEN 2
               ELSE 3 - word_similarity($${text}, l.search) END, `;
}

/** Each word as a pattern of LIKE. */
function around(words: readonly string[], before: string, after: string): string[] {
  return words.map((word) => before + word + after);
}
