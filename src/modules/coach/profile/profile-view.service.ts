import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { User } from 'src/modules/auth/entities/user.entity';
import { UserService } from 'src/modules/auth/user.service';
import { AvailabilityRepository } from 'src/modules/coach/availability/availability.repository';
import type { Availability } from 'src/modules/coach/entities/availability.entity';
import type { CoachProfile } from 'src/modules/coach/entities/coach-profile.entity';
import type { Pricing } from 'src/modules/coach/entities/pricing.entity';
import { PricingRepository } from 'src/modules/coach/pricing/pricing.repository';
import { CoachProfileNotFound } from './profile.errors';
import { CoachProfileRepository } from './profile.repository';

/** Everything that a coach sees of his own profile. */
export interface CoachProfileView {
  profile: CoachProfile;
  account: User;
  /** Newest first. */
  prices: Pricing[];
  /** By day and start. */
  hours: Availability[];
}

/** Puts the profile together from what account, prices and hours hold. */
@Injectable()
export class CoachProfileViewService {
  constructor(
    private readonly profiles: CoachProfileRepository,
    private readonly prices: PricingRepository,
    private readonly hours: AvailabilityRepository,
    private readonly users: UserService,
  ) {}

  /** @throws CoachProfileNotFound */
  async find(coachId: string): Promise<CoachProfileView> {
    const profile = orThrow(await this.profiles.findByUserId(coachId), CoachProfileNotFound);
    const account = orThrow(await this.users.findById(coachId), CoachProfileNotFound);
    const prices = await this.prices.findByCoach(coachId);
    const hours = await this.hours.findByCoach(coachId);
    return { profile, account, prices, hours };
  }
}
