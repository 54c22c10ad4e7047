import { Injectable } from '@nestjs/common';
import { AvailabilityRepository } from 'src/modules/coach/availability/availability.repository';
import { CancellationPolicyRepository } from 'src/modules/coach/cancellation-policy/cancellation-policy.repository';
import { CertificationRepository } from 'src/modules/coach/certifications/certification.repository';
import type { CancellationPolicy } from 'src/modules/coach/coach.types';
import type { Availability } from 'src/modules/coach/entities/availability.entity';
import type { Certification } from 'src/modules/coach/entities/certification.entity';
import type { Pricing } from 'src/modules/coach/entities/pricing.entity';
import { PricingRepository } from 'src/modules/coach/pricing/pricing.repository';

/** What a coach offers beside his words, all of it: what is private, inactive or not verified too. */
export interface CoachOffer {
  /** Newest first. */
  prices: Pricing[];
  /** By day and start. */
  hours: Availability[];
  /** Newest first. */
  certifications: Certification[];
  policy: CancellationPolicy;
}

/** Gathers what a coach offers, for his own profile and for the one that he shows. */
@Injectable()
export class CoachOfferService {
  constructor(
    private readonly prices: PricingRepository,
    private readonly hours: AvailabilityRepository,
    private readonly certifications: CertificationRepository,
    private readonly policies: CancellationPolicyRepository,
  ) {}

  /** Four queries, whoever the coach is; empty lists and the default policy for somebody who is none. */
  async find(coachId: string): Promise<CoachOffer> {
    return {
      prices: await this.prices.findByCoach(coachId),
      hours: await this.hours.findByCoach(coachId),
      certifications: await this.certifications.findByCoach(coachId),
      policy: await this.policies.find(coachId),
    };
  }
}
