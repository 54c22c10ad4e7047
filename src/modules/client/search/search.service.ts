import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import type { Rows } from 'src/common/paging/page';
import { ReadReplica } from 'src/common/transaction/read-replica';
import { type CoachCard, CoachCardService } from './coach-card.service';
import { ListingService, type ListingState } from './listing.service';
import type { SearchCoachesQuery } from './search.dto';
import { SearchRepository } from './search.repository';
import { plainText, askedWords } from './search.rules';
import { SearchTotals } from './search-totals';
import type { SearchCount, SearchFilter } from './search.types';

const NOBODY: Rows<never> = { rows: [], total: 0 };

/** Finding a coach (contract §4.10, rules §19). */
@Injectable()
export class SearchService {
  constructor(
    private readonly listings: ListingService,
    private readonly search: SearchRepository,
    private readonly totals: SearchTotals,
    private readonly cards: CoachCardService,
    private readonly clock: Clock,
    private readonly replica: ReadReplica,
  ) {}

  /**
   * A page of coaches who can be found, in a constant number of queries. When no coach at all has the words that are
   * asked for, those who have similar ones are meant.
   */
  async page(me: Principal, query: SearchCoachesQuery): Promise<Rows<CoachCard>> {
    const now = this.clock.now();
    const state = await this.listings.bringUpToDate(now);
    const filter = filterOf(query, state, now);
    if (!filter) return NOBODY;
    const found = await this.replica.reading(
      () => this.meant(filter, query, state),
      () => this.isKnownToReplica(filter, state),
    );
    // Cards also tell how the caller stands to a coach, which he may have changed a moment ago.
    return { rows: await this.cards.findInOrder(found.rows, me.userId), total: found.total };
  }

  /** A replica that has all of the listings answers what the primary would. What is not listed it may not have yet. */
  private async isKnownToReplica(
    { gymId, chain }: SearchFilter,
    { version, isBehind }: ListingState,
  ): Promise<boolean> {
    return !isBehind && gymId === undefined && chain === undefined && (await this.listings.isAtLeast(version));
  }

  private async meant(filter: SearchFilter, query: SearchCoachesQuery, state: ListingState): Promise<Rows<string>> {
    const exact = await this.found(filter, query, state);
    if (exact.total > 0 || !(await this.isUnheardOf(filter, state))) return exact;
    return this.found({ ...filter, isApproximate: true }, query, state);
  }

  private async found(filter: SearchFilter, query: SearchCoachesQuery, state: ListingState): Promise<Rows<string>> {
    const count = await this.countOf(filter, state);
    const isBeyond = query.offset >= count.total;
    return { total: count.total, rows: isBeyond ? [] : await this.search.find(filter, query.sort, query, count) };
  }

  /** Whether no coach at all has the words, wherever he is and whatever he offers. */
  private async isUnheardOf({ words, isBehind, now }: SearchFilter, state: ListingState): Promise<boolean> {
    if (!words) return false;
    return (await this.countOf({ words, isApproximate: false, isBehind, now }, state)).total === 0;
  }

  private async countOf(filter: SearchFilter, { version, isBehind }: ListingState): Promise<SearchCount> {
    // Who works in which club is not part of a listing: no version tells that it changed.
    if (isBehind || filter.gymId !== undefined || filter.chain !== undefined) return this.search.count(filter);
    const key = JSON.stringify({ ...filter, now: undefined });
    const known = this.totals.find(key, version);
    if (known !== null) return known;
    const count = await this.search.count(filter);
    this.totals.keep(key, version, count);
    return count;
  }
}

/** Null when there is no word in what is asked for: nobody is called so. */
function filterOf(query: SearchCoachesQuery, { isBehind }: ListingState, now: Date): SearchFilter | null {
  const words = query.q === undefined ? undefined : askedWords(query.q);
  const city = query.city === undefined ? undefined : plainText(query.city);
  if (words === null || city === null) return null;
  return {
    words,
    isApproximate: false,
    specialties: query.specialty && [...new Set(query.specialty)].sort(),
    city,
    country: query.country,
    gymId: query.gym_id,
    chain: query.chain,
    maxPriceCents: query.max_price_cents,
    currency: query.currency,
    discovery: query.discovery,
    certified: query.certified,
    isOpen: query.available_this_week,
    isBehind,
    now,
  };
}
