import { ApiProperty } from '@nestjs/swagger';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { TimeSlotResponse, WorkScheduleDayResponse } from 'src/modules/coach/availability/availability.response';
import { CertificationResponse } from 'src/modules/coach/certifications/certification.response';
import { SPECIALTIES } from 'src/modules/coach/coach.types';
import type { Availability } from 'src/modules/coach/entities/availability.entity';
import { PricingResponse } from 'src/modules/coach/pricing/pricing.response';
import { CancellationPolicyResponse } from 'src/modules/coach/cancellation-policy/cancellation-policy.response';
import { RELATION_STATUSES, type RelationStatus } from 'src/modules/coach/relations/relation.types';
import { gymOf, GymResponse } from 'src/modules/gym/gym.response';
import { SocialLinkResponse } from 'src/modules/social/links/link.response';
import type { CoachPublicView } from './public-profile.service';

/** The hours of a day on which the coach receives. */
export class AvailabilitySummaryResponse {
  /** 0 = Monday … 6 = Sunday. */
  day_of_week: number;
  ranges: TimeSlotResponse[];

  static listOf(hours: readonly Availability[]): AvailabilitySummaryResponse[] {
    return WorkScheduleDayResponse.weekOf(hours)
      .filter(({ is_working_day }) => is_working_day)
      .map(({ day_of_week, time_slots }) => ({ day_of_week, ranges: time_slots }));
  }
}

/** A coach as anybody may see him. */
export class CoachPublicResponse {
  @ApiProperty({ format: 'uuid', description: 'The coach_id' })
  id: string;
  first_name: string;
  last_name: string;
  name: string;
  /** The picture, or a silhouette. */
  resolved_photo_url: string;
  bio: string | null;
  verified: boolean;
  /** Verified, or the holder of a verified certification. */
  is_certified: boolean;
  city: string | null;
  country: string | null;
  /** ISO 639-1. */
  languages: string[];
  @ApiProperty({ type: 'integer', nullable: true })
  experience_years: number | null;
  currency: string;
  session_duration_min: number;
  discovery_enabled: boolean;
  discovery_free: boolean;
  @ApiProperty({ type: 'integer', nullable: true })
  discovery_price_cents: number | null;
  discovery_duration_min: number;
  min_notice_hours: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Cheapest public price of a single session' })
  session_price_cents: number | null;
  @ApiProperty({ enum: SPECIALTIES, isArray: true })
  specialties: string[];
  /** The verified ones. */
  certifications: CertificationResponse[];
  gyms: GymResponse[];
  /** The public ones. */
  pricing: PricingResponse[];
  cancellation_policy: CancellationPolicyResponse;
  availability_summary: AvailabilitySummaryResponse[];
  /** Those that the caller may see. */
  social_links: SocialLinkResponse[];
  /** The caller may ask for a discovery session. */
  shows_discovery_badge: boolean;
  @ApiProperty({ enum: RELATION_STATUSES, nullable: true, description: 'With the caller' })
  relation_status: RelationStatus | null;
  /** A request of the caller waits for the coach. */
  has_pending_request: boolean;

  static from(view: CoachPublicView): CoachPublicResponse {
    const { card, gyms, profile, offer, socialLinks, hasPendingRequest } = view;
    const { id, first_name, last_name, name, resolved_photo_url } = PublicUserResponse.from(card);
    return {
      id,
      first_name,
      last_name,
      name,
      resolved_photo_url,
      bio: profile.bio,
      verified: profile.verified,
      is_certified: card.isCertified,
      city: profile.city,
      country: profile.country,
      languages: profile.languages,
      experience_years: profile.experienceYears,
      currency: profile.currency,
      session_duration_min: profile.sessionDurationMin,
      discovery_enabled: profile.discoveryEnabled,
      discovery_free: profile.discoveryFree,
      discovery_price_cents: profile.discoveryPriceCents,
      discovery_duration_min: profile.discoveryDurationMin,
      min_notice_hours: profile.minNoticeHours,
      session_price_cents: card.sessionPriceCents,
      specialties: profile.specialties,
      certifications: offer.certifications
        .filter(({ verified }) => verified)
        .map((certification) => CertificationResponse.from(certification)),
      gyms: gyms.map(gymOf),
      pricing: offer.prices.filter(({ isPublic }) => isPublic).map((price) => PricingResponse.from(price)),
      cancellation_policy: CancellationPolicyResponse.from(offer.policy),
      availability_summary: AvailabilitySummaryResponse.listOf(offer.hours),
      social_links: socialLinks.map((link) => SocialLinkResponse.from(link)),
      shows_discovery_badge: card.showsDiscoveryBadge,
      relation_status: card.relation?.status ?? null,
      has_pending_request: hasPendingRequest,
    };
  }
}
