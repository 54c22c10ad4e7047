import { type AskedWords, type Beginning, beginningOf } from './search.rules';
import type { SearchFilter } from './search.types';

/** Conditions of one search. The text depends only on which of them are there, so the set of statements is finite. */
interface Conditions {
  text: string;
  /** Names the conditions that are there. */
  shape: string;
  values: unknown[];
}

/** @param isLookedUp words are looked up in their index; else they are left to the tier that is asked for (`tiersOf`) */
export function conditionsOf(filter: SearchFilter, isLookedUp = true): Conditions {
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
    const { words, longest, nextLongest } = filter.words;
    // The index knows how to look for single words, and what two of them leave is few.
    if (filter.isApproximate) {
      parts.push(
        `${place(longest)} <% l.search`,
        `NOT EXISTS (SELECT FROM unnest(${place(words)}::text[]) AS asked (word) WHERE NOT word <% l.search)`,
      );
      shape += 'w';
    } else if (isLookedUp) {
      parts.push(`l.search LIKE ${place(`%${longest}%`)}`);
      if (nextLongest !== null) parts.push(`l.search LIKE ${place(`%${nextLongest}%`)}`);
      // Only those forms are known to the index.
      if (words.length > 2) parts.push(`l.search LIKE ALL (${place(around(words, '%', '%'))}::text[])`);
      shape += 'q'.repeat(Math.min(words.length, 3));
    }
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

/** Coaches who are equally close to the words, one after another in the order of the rules (§19). */
interface Tier {
  /** Who belongs to it among those who belong to none before it, for an SQL text. */
  among: (placed: Placed) => string;
  /** Who belongs to it, for an SQL text. */
  alone: (placed: Placed) => string;
  /** Its members are compared by likeness before any other order. */
  isByLikeness: boolean;
}

/** Gives a value its place among those of a statement, once for each name. */
type Placed = (name: string, value: unknown) => string;

export function placing(values: unknown[]): Placed {
  const known = new Map<string, string>();
  return (name, value) => {
    const place = known.get(name) ?? `$${String(values.push(value))}`;
    known.set(name, place);
    return place;
  };
}

/** How alike the words are to name and specialties, for an SQL text. */
export function likeness({ words }: AskedWords, placed: Placed): string {
  return `word_similarity(${placed('text', words.join(' '))}, l.search)`;
}

/**
 * Called so; called so in the beginning; having the very words beside the name; having them somewhere, the more alike
 * the better. Of the last, those with a word that begins so may all be as alike: then they are a tier of their own.
 */
export function tiersOf(asked: AskedWords): readonly Tier[] {
  const { words } = asked;
  const whole = (placed: Placed): string => `${placed('whole', around(words, '% ', ' %'))}::text[]`;
  const starts = (placed: Placed): string => `${placed('starts', around(words, '% ', '%'))}::text[]`;
  const isCalled = (placed: Placed): string => `l.words LIKE ALL (${whole(placed)})`;
  const isCalledLike = (placed: Placed): string => `l.words LIKE ALL (${starts(placed)})`;
  const has = (placed: Placed): string => `l.search LIKE ALL (${whole(placed)})`;
  // Who is called so is called so in the beginning, and has the words.
  const rest = (placed: Placed): string => `NOT ${has(placed)} AND NOT ${isCalledLike(placed)}`;
  const tiers: Tier[] = [
    { among: isCalled, alone: isCalled, isByLikeness: false },
    {
      among: isCalledLike,
      alone: (placed) => `${isCalledLike(placed)} AND NOT ${isCalled(placed)}`,
      isByLikeness: false,
    },
    { among: has, alone: (placed) => `${has(placed)} AND NOT ${isCalledLike(placed)}`, isByLikeness: false },
  ];
  const beginning = beginningOf(asked);
  if (!beginning) return [...tiers, { among: () => 'true', alone: rest, isByLikeness: true }];
  const closer = (placed: Placed): string =>
    `(${ends(beginning, placed)} AND ${likeness(asked, placed)} > ${share(beginning, placed)})`;
  const equal = (placed: Placed): string =>
    `(l.search LIKE ${placed('starts one', beginning.starts)} AND NOT ${ends(beginning, placed)}
      OR ${ends(beginning, placed)} AND ${likeness(asked, placed)} = ${share(beginning, placed)})`;
  return [
    ...tiers,
    { among: closer, alone: (placed) => `${rest(placed)} AND ${closer(placed)}`, isByLikeness: true },
    { among: equal, alone: (placed) => `${rest(placed)} AND ${equal(placed)}`, isByLikeness: false },
    {
      among: () => 'true',
      alone: (placed) => `${rest(placed)} AND NOT ${closer(placed)} AND NOT ${equal(placed)}`,
      isByLikeness: true,
    },
  ];
}

function ends({ ends: pattern }: Beginning, placed: Placed): string {
  return `l.search LIKE ${placed('ends', pattern)}`;
}

/** Exactly as word_similarity divides. */
function share({ letters }: Beginning, placed: Placed): string {
  const place = `${placed('letters', letters)}::real`;
  return `${place} / (${place} + 1::real)`;
}

/** Each word as a pattern of LIKE. */
function around(words: readonly string[], before: string, after: string): string[] {
  return words.map((word) => before + word + after);
}
