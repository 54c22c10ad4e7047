import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from 'src/common/paging/page';
import { PublicUserResponse } from 'src/modules/auth/user.response';
import { SPECIALTIES } from 'src/modules/coach/coach.types';
import type { GymView } from 'src/modules/gym/gym.types';
import { SocialLinkResponse } from 'src/modules/social/links/link.response';
import type { CoachCard } from './coach-card.types';

/** Where a coach works, in few words. */
export class CardGymResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  name: string;
  chain_slug: string | null;
  city: string;

  static from({ id, name, chainSlug, city }: GymView): CardGymResponse {
    return { id, name, chain_slug: chainSlug, city };
  }
}

/** A coach in a list. */
export class CoachCardResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  first_name: string;
  last_name: string;
  name: string;
  /** The picture, or a silhouette. */
  resolved_photo_url: string;
  bio: string | null;
  city: string | null;
  country: string | null;
  @ApiProperty({ enum: SPECIALTIES, isArray: true })
  specialties: string[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'Cheapest public price of a single session' })
  session_price_cents: number | null;
  currency: string;
  discovery_enabled: boolean;
  /** The caller may ask for a discovery session. */
  shows_discovery_badge: boolean;
  /** There is room for one more client. */
  accepting_clients: boolean;
  verified: boolean;
  /** Verified, or the holder of a verified certification. */
  is_certified: boolean;
  gyms: CardGymResponse[];
  /** The first three public ones. */
  social_links: SocialLinkResponse[];

  static from(card: CoachCard): CoachCardResponse {
    const { id, first_name, last_name, name, resolved_photo_url } = PublicUserResponse.from(card);
    return {
      id,
      first_name,
      last_name,
      name,
      resolved_photo_url,
      bio: card.bio,
      city: card.city,
      country: card.country,
      specialties: card.specialties,
      session_price_cents: card.sessionPriceCents,
      currency: card.currency,
      discovery_enabled: card.discoveryEnabled,
      shows_discovery_badge: card.showsDiscoveryBadge,
      accepting_clients: card.acceptingClients,
      verified: card.verified,
      is_certified: card.isCertified,
      gyms: card.gyms.map((gym) => CardGymResponse.from(gym)),
      social_links: card.socialLinks.map((link) => SocialLinkResponse.from(link)),
    };
  }
}

export class CoachCardPage extends PageResponse(CoachCardResponse) {}
