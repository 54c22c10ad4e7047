import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/clock/clock';
import { JobQueue } from 'src/common/jobs/job-queue';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { OpeningService } from 'src/modules/booking/openings/opening.service';
import { ListingRepository } from './listing.repository';
import { listingOf } from './listing.rules';

export const RENEW_LISTINGS = 'renew_coach_listings';

/** Made anew at once: some tenths of a second of work at most. */
const BATCH = 200;

/** What the listings are at a moment. */
export interface ListingState {
  /** Grows with every change that a search could see. */
  version: string;
  /** There is more to renew than one request does: not every listing is what it should be. */
  isBehind: boolean;
}

/**
 * Keeps one listing for each coach who can be found. Who changes something that a listing is made from leaves a note in
 * the same transaction, by a trigger; who searches works the notes off first, so that an answer knows every change that
 * was committed before it was asked for.
 */
@Injectable()
export class ListingService {
  private running: Promise<unknown> | null = null;
  private next: Promise<void> | null = null;

  constructor(
    private readonly listings: ListingRepository,
    private readonly openings: OpeningService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Renews what is outdated at `now`. After a mass change a request does its share, and a job the rest; meanwhile
   * `isBehind` is answered.
   */
  async bringUpToDate(now: Date): Promise<ListingState> {
    const state = await this.listings.state(now);
    if (!state.isBehind) return state;
    await this.renewTogether(now);
    const renewed = await this.listings.state(now);
    if (renewed.isBehind) await this.jobs.add(RENEW_LISTINGS, {}, { key: RENEW_LISTINGS });
    return renewed;
  }

  /** Whether the listings that are read here and now have every change up to that version. */
  async isAtLeast(version: string): Promise<boolean> {
    return BigInt(await this.listings.version()) >= BigInt(version);
  }

  /** Renews until nothing is outdated. */
  async renewAll(): Promise<void> {
    while ((await this.renewSome(this.clock.now())) > 0);
  }

  /**
   * Who asks while a renewal runs may know of a change that it did not see, so he waits for another one, and all who
   * wait share it: searches take one connection of the process for this, however many they are.
   */
  private async renewTogether(now: Date): Promise<void> {
    if (this.next) return this.next;
    if (this.running) {
      this.next = this.running
        .catch(() => undefined)
        .then(() => {
          this.next = null;
          return this.renewAlone(now);
        });
      return this.next;
    }
    return this.renewAlone(now);
  }

  private async renewAlone(now: Date): Promise<void> {
    const renewal = this.renewSome(now);
    this.running = renewal;
    try {
      await renewal;
    } finally {
      if (this.running === renewal) this.running = null;
    }
  }

  @Transactional()
  private async renewSome(now: Date): Promise<number> {
    await this.listings.lock();
    const coachIds = await this.listings.takeOutdated(now, BATCH);
    if (coachIds.length === 0) return 0;
    const sources = await this.listings.findSources(coachIds);
    const openings = await this.openings.find(coachIds, now);
    const made = sources.flatMap((source) => {
      const opening = openings.get(source.coachId);
      return opening ? [listingOf(source, opening, now)] : [];
    });
    await this.listings.renew(coachIds, made);
    return coachIds.length;
  }
}
