import { Injectable } from '@nestjs/common';
import type { SearchCount } from './search.types';

const MOST = 1_000;

/**
 * Remembers how many coaches a filter finds, as long as no listing changes. Counting reads every coach who is found,
 * and a page only those it shows; people turn pages and ask the same things, so most need not be counted again.
 */
@Injectable()
export class SearchTotals {
  private readonly known = new Map<string, { version: string; count: SearchCount }>();

  find(filter: string, version: string): SearchCount | null {
    const kept = this.known.get(filter);
    return kept?.version === version ? kept.count : null;
  }

  keep(filter: string, version: string, count: SearchCount): void {
    this.known.delete(filter);
    this.known.set(filter, { version, count });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
  }
}
