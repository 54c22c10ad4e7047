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
  /** The longest of them: it finds the fewest. */
  longest: string;
}

/** Null when there is no word to look for. */
export function askedWords(q: string): AskedWords | null {
  const words = [...new Set(wordsOf(q))];
  const [longest] = [...words].sort((a, b) => b.length - a.length);
  return longest === undefined ? null : { words, longest };
}
