import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { together } from 'src/common/transaction/together';
import { CoachRepository } from './coach.repository';
import type { CoachSchedule, SessionPrice } from './coach.types';
import type { CoachProfile } from './entities/coach-profile.entity';
import { PricingRepository } from './pricing/pricing.repository';
import { PricingNotFound } from './pricing/pricing.errors';
import { CoachProfileNotFound } from './profile/profile.errors';
import { CoachProfileRepository } from './profile/profile.repository';

export type { CoachSchedule, SessionPrice } from './coach.types';

/** What other modules may know of a coach, and the lock under which his seats are given. `coachId` is users.id. */
@Injectable()
export class CoachService {
  constructor(
    private readonly coaches: CoachRepository,
    private readonly pricings: PricingRepository,
    private readonly profiles: CoachProfileRepository,
  ) {}

  /** Null when the person is no coach; whatever became of the account. */
  async profileOf(coachId: string): Promise<CoachProfile | null> {
    return this.profiles.findByUserId(coachId);
  }

  /** @throws CoachProfileNotFound */
  async getProfile(coachId: string): Promise<CoachProfile> {
    return orThrow(await this.profiles.findByUserId(coachId), CoachProfileNotFound);
  }

  /** @throws CoachProfileNotFound */
  async assertProfile(coachId: string): Promise<void> {
    await this.getProfile(coachId);
  }

  /**
   * The coach's hours and how he wants to be booked. Null when he cannot be (check 1 of rules §1.3): no profile, or an
   * account that is suspended or closing.
   */
  async findSchedule(coachId: string): Promise<CoachSchedule | null> {
    return this.coaches.findSchedule(coachId);
  }

  /**
   * The same under the coach's lock, which the caller's transaction keeps to its end: nobody else gives a seat of this
   * coach meanwhile. It is the first lock of all: coach → booking → package → waitlist.
   */
  async lockSchedule(coachId: string): Promise<CoachSchedule | null> {
    const [timezone, schedule] = await together(this.coaches.lock(coachId), this.coaches.findSchedule(coachId));
    return timezone === null ? null : schedule;
  }

  /**
   * Takes the coach's lock for an act on a booking that exists, whatever became of his account, and answers his zone
   * (IANA name).
   *
   * @throws CoachProfileNotFound
   */
  async lockTimezone(coachId: string): Promise<string> {
    return orThrow(await this.coaches.lock(coachId), CoachProfileNotFound);
  }

  /**
   * What a single session costs when no price is named (rules §1.4 rule 4): the cheapest one that is public, else, with
   * `includePrivate`, the cheapest of the others; null when there is none.
   */
  async sessionPriceFor(coachId: string, options: { includePrivate: boolean }): Promise<SessionPrice | null> {
    return this.pricings.cheapestSession(coachId, options.includePrivate);
  }

  /**
   * A price of this coach for single sessions.
   *
   * @throws PricingNotFound when it is another coach's, a package's, or private without `includePrivate`
   */
  async getSessionPrice(
    coachId: string,
    pricingId: string,
    options: { includePrivate: boolean },
  ): Promise<SessionPrice> {
    return orThrow(await this.pricings.findSession(coachId, pricingId, options.includePrivate), PricingNotFound);
  }

  /** Whether he sells anything at all, public or private, by the session or as a package. */
  async hasPrices(coachId: string): Promise<boolean> {
    return this.pricings.hasAny(coachId);
  }
}
