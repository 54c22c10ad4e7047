/** Letters that are not a plain letter with a mark, as people write them on a keyboard that lacks them. */
const PLAIN: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ð: 'd',
  đ: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
};

export const SORTS = ['relevance', 'price_asc', 'price_desc', 'name'] as const;
export type Sort = (typeof SORTS)[number];

/** The words of a text without case, accents and punctuation: what is stored and what is asked meet in this form. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøðđþłı]/gu, (letter) => PLAIN[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The same as one text, or null when there is no word in it. */
export function plainText(text: string | null): string | null {
  return (text && wordsOf(text).join(' ')) || null;
}

/** Words between spaces, so that a pattern can ask for a whole word, or for its beginning. */
export function spaced(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}

/** What is asked of names and specialties. Words hold no character that LIKE would read as a sign. */
export interface AskedWords {
  words: string[];
  /** The longest of them: mostly it finds the fewest. */
  longest: string;
  /** The next longest: a long first name finds more than a short last name does. */
  nextLongest: string | null;
}

/** Null when there is no word to look for. */
export function askedWords(q: string): AskedWords | null {
  const words = [...new Set(wordsOf(q))];
  const [longest, nextLongest = null] = [...words].sort((a, b) => b.length - a.length);
  return longest === undefined ? null : { words, longest, nextLongest };
}

/** What tells how alike a single word is to those that begin with it. */
export interface Beginning {
  /** As a pattern of LIKE: a word begins so. */
  starts: string;
  /** As a pattern of LIKE: a word ends as this one does. */
  ends: string;
  letters: number;
}

const PLAIN_WORD = /^[a-z0-9]{2,}$/;

/**
 * A word has one trigram more than letters, the last of them its end. Who has a word that begins so has all but that one
 * in a row, so a share of letters / (letters + 1); who has the end nowhere cannot have more, and as much only by such a
 * word: no two letters follow one another twice, so there is only one way through the trigrams. Null for other words.
 */
export function beginningOf({ words }: AskedWords): Beginning | null {
  const [word] = words;
  if (word === undefined || words.length > 1 || !PLAIN_WORD.test(word)) return null;
  const pairs = Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
  if (new Set(pairs).size < pairs.length) return null;
  return { starts: `% ${word}%`, ends: `%${word.slice(-2)} %`, letters: word.length };
}

/** A piece of a page: so many of one tier, after so many of it. */
export interface TierPart {
  tier: number;
  offset: number;
  limit: number;
}

/** Of which tiers a page is made, when they follow one another and have these sizes. */
export function partsOf(sizes: readonly number[], { offset, limit }: { offset: number; limit: number }): TierPart[] {
  let begin = 0;
  return sizes.flatMap((size, tier) => {
    const from = Math.max(offset - begin, 0);
    const to = Math.min(offset + limit - begin, size);
    begin += size;
    return from < to ? [{ tier, offset: from, limit: to - from }] : [];
  });
}
