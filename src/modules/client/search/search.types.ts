import type { AskedWords } from './search.rules';

/** Which coaches; what is undefined does not matter. */
export interface SearchFilter {
  words?: AskedWords;
  /** Words that resemble those asked for are enough. */
  isApproximate: boolean;
  /** One of them is enough. */
  specialties?: readonly string[];
  /** In plain words. */
  city?: string;
  country?: string;
  gymId?: string;
  /** Slug. */
  chain?: string;
  maxPriceCents?: number;
  currency?: string;
  discovery?: boolean;
  certified?: boolean;
  /** A free slot within seven days. */
  isOpen?: boolean;
  /** Leave out the listings that are outdated at `now`. */
  isBehind: boolean;
  now: Date;
}

/** How many a search finds. */
export interface SearchCount {
  total: number;
  /** How many of them are so close to the words, the closest first; empty without words. */
  tiers: readonly number[];
}
