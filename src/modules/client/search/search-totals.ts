import { Injectable } from '@nestjs/common';

const MOST = 1_000;

/**
 * Remembers how many coaches a filter finds, as long as no listing changes. Counting reads every coach who is found,
 * and a page only those it shows; people turn pages and ask the same things, so most need not be counted again.
 */
@Injectable()
export class SearchTotals {
  private readonly known = new Map<string, { version: string; total: number }>();

  find(filter: string, version: string): number | null {
    const kept = this.known.get(filter);
    return kept?.version === version ? kept.total : null;
  }

  keep(filter: string, version: string, total: number): void {
    this.known.delete(filter);
    this.known.set(filter, { version, total });
    const [oldest] = this.known.keys();
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
  }
}
