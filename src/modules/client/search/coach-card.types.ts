import type { PublicUser } from 'src/modules/auth/user.service';
import type { Relation } from 'src/modules/coach/relations/relation.types';
import type { GymView } from 'src/modules/gym/gym.types';
import type { SocialLink } from 'src/modules/social/links/link.service';

/** What of a coach is the same for everybody. */
export interface CoachCardRow extends PublicUser {
  bio: string | null;
  city: string | null;
  country: string | null;
  specialties: string[];
  currency: string;
  discoveryEnabled: boolean;
  verified: boolean;
  /** Verified, or the holder of a verified certification. */
  isCertified: boolean;
  /** The cheapest public price of a single session in `currency`. */
  sessionPriceCents: number | null;
  /** There is room for one more client. */
  acceptingClients: boolean;
}

/** A coach in a list, as one person sees him. */
export interface CoachCard extends CoachCardRow {
  /** Where he works. */
  gyms: GymView[];
  /** The first public ones. */
  socialLinks: SocialLink[];
  /** With who looks. */
  relation: Relation | null;
  /** Who looks may ask for a discovery session. */
  showsDiscoveryBadge: boolean;
}
