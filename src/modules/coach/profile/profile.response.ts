import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { AvailabilityResponse, WorkScheduleDayResponse } from 'src/modules/coach/availability/availability.response';
import { type CancellationPolicy, DEFAULT_POLICY } from 'src/modules/coach/coach.types';
import { PricingResponse } from 'src/modules/coach/pricing/pricing.response';
import { cheapestSessionCents } from 'src/modules/coach/pricing/pricing.rules';
import { onboardingCompleted, SPECIALTIES } from './profile.rules';
import type { CoachProfileView } from './profile-view.service';

export class CancellationPolicyResponse {
  threshold_hours: number;
  @ApiProperty({ enum: ['auto', 'manual'] })
  mode: 'auto' | 'manual';
  noshow_is_due: boolean;
  client_message: string | null;

  static from(policy: CancellationPolicy): CancellationPolicyResponse {
    return {
      threshold_hours: policy.thresholdHours,
      mode: policy.mode,
      noshow_is_due: policy.noshowIsDue,
      client_message: policy.clientMessage,
    };
  }
}

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
  @ApiProperty({ type: [Object] })
  certifications: object[];
  @ApiProperty({ type: [Object] })
  gyms: object[];
  pricing: PricingResponse[];
  availability: AvailabilityResponse[];
  work_schedule: WorkScheduleDayResponse[];
  cancellation_policy: CancellationPolicyResponse;
  @ApiProperty({ type: [Object] })
  social_links: object[];
  client_count: number;
  @ApiInstant()
  created_at: string;
  @ApiInstant()
  updated_at: string;

  static from({ profile, account, prices, hours }: CoachProfileView): CoachProfileResponse {
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
      is_certified: profile.verified,
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
      certifications: [],
      gyms: [],
      pricing: prices.map((price) => PricingResponse.from(price)),
      availability: AvailabilityResponse.listOf({ hours, horizonDays: profile.bookingHorizonDays }),
      work_schedule: WorkScheduleDayResponse.weekOf(hours),
      cancellation_policy: CancellationPolicyResponse.from(DEFAULT_POLICY),
      social_links: [],
      client_count: 0,
      created_at: wireInstant(profile.createdAt),
      updated_at: wireInstant(profile.updatedAt),
    };
  }
}
