import { ApiProperty } from '@nestjs/swagger';
import { Answer } from 'src/common/http/answer';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { AvailabilityResponse, WorkScheduleDayResponse } from 'src/modules/coach/availability/availability.response';
import { CancellationPolicyResponse } from 'src/modules/coach/cancellation-policy/cancellation-policy.response';
import { CertificationResponse } from 'src/modules/coach/certifications/certification.response';
import { PricingResponse } from 'src/modules/coach/pricing/pricing.response';
import { cheapestSessionCents } from 'src/modules/coach/pricing/pricing.rules';
import { GymResponse } from 'src/modules/gym/gym.response';
import { SocialLinkResponse } from 'src/modules/social/links/link.response';
import { isCertified, onboardingCompleted, SPECIALTIES } from './profile.rules';
import type { CoachProfileView } from './profile-view.service';
import type { SpecialtyAddition } from './specialty.service';

/** The profile as its own coach sees it. */
export class CoachProfileResponse {
  user_id: string;
  first_name: string;
  last_name: string;
  name: string;
  email: string;
  phone: string | null;
  photo_url: string | null;
  /** The picture, or a default one. */
  resolved_photo_url: string;
  bio: string | null;
  verified: boolean;
  /** Verified, or the holder of a verified certification. */
  is_certified: boolean;
  country: string | null;
  city: string | null;
  currency: string;
  session_duration_min: number;
  discovery_enabled: boolean;
  discovery_free: boolean;
  discovery_price_cents: number | null;
  discovery_duration_min: number;
  booking_horizon_days: number;
  buffer_min: number;
  min_notice_hours: number;
  sms_sender_name: string | null;
  experience_years: number | null;
  max_clients: number | null;
  languages: string[];
  /** Specialties, a price and availability are there. */
  onboarding_completed: boolean;
  /** Cheapest public price of a single session. */
  session_price_cents: number | null;
  @ApiProperty({ enum: SPECIALTIES, isArray: true })
  specialties: string[];
  certifications: CertificationResponse[];
  gyms: GymResponse[];
  pricing: PricingResponse[];
  availability: AvailabilityResponse[];
  work_schedule: WorkScheduleDayResponse[];
  cancellation_policy: CancellationPolicyResponse;
  /** All of them, by position. */
  social_links: SocialLinkResponse[];
  /** People in a relation with the coach that has not ended. */
  client_count: number;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from(view: CoachProfileView): CoachProfileResponse {
    const { profile, account, prices, hours, certifications, gyms, policy, socialLinks, clientCount } = view;
    const { first_name, last_name, name, resolved_photo_url } = PublicUserResponse.from(account);
    return {
      user_id: profile.userId,
      first_name,
      last_name,
      name,
      email: account.email,
      phone: account.phone,
      photo_url: account.photoUrl,
      resolved_photo_url,
      bio: profile.bio,
      verified: profile.verified,
      is_certified: isCertified(profile.verified, certifications),
      country: profile.country,
      city: profile.city,
      currency: profile.currency,
      session_duration_min: profile.sessionDurationMin,
      discovery_enabled: profile.discoveryEnabled,
      discovery_free: profile.discoveryFree,
      discovery_price_cents: profile.discoveryPriceCents,
      discovery_duration_min: profile.discoveryDurationMin,
      booking_horizon_days: profile.bookingHorizonDays,
      buffer_min: profile.bufferMin,
      min_notice_hours: profile.minNoticeHours,
      sms_sender_name: profile.smsSenderName,
      experience_years: profile.experienceYears,
      max_clients: profile.maxClients,
      languages: profile.languages,
      onboarding_completed: onboardingCompleted({
        specialties: profile.specialties.length > 0,
        prices: prices.length > 0,
        hours: hours.length > 0,
      }),
      session_price_cents: cheapestSessionCents(prices, profile.currency),
      specialties: profile.specialties,
      certifications: certifications.map((each) => CertificationResponse.from(each)),
      gyms: gyms.map((gym) => GymResponse.from(gym)),
      pricing: prices.map((price) => PricingResponse.from(price)),
      availability: AvailabilityResponse.listOf({ hours, horizonDays: profile.bookingHorizonDays }),
      work_schedule: WorkScheduleDayResponse.weekOf(hours),
      cancellation_policy: CancellationPolicyResponse.from(policy),
      social_links: socialLinks.map((link) => SocialLinkResponse.from(link)),
      client_count: clientCount,
      created_at: wireInstant(profile.createdAt),
      updated_at: wireInstant(profile.updatedAt),
    };
  }
}

/** 201 when the specialty was new, 200 when it was there already. */
export function specialtiesAnswer({ specialties, isNew }: SpecialtyAddition): Answer<string[]> {
  return new Answer(isNew ? 201 : 200, specialties);
}
