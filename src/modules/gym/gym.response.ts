import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from 'src/common/paging/page';
import type { GymChain } from './entities/gym-chain.entity';
import type { GymView, MarkedGym } from './gym.types';

export class GymChainResponse {
  id: string;
  name: string;
  slug: string;
  logo_url: string | null;
  website: string | null;
  /** ISO 3166-1 alpha-2; null where the chain is at home in several countries. */
  country: string | null;
  active: boolean;

  static from(chain: GymChain): GymChainResponse {
    const [first, ...others] = chain.countries;
    return {
      id: chain.id,
      name: chain.name,
      slug: chain.slug,
      logo_url: chain.logoUrl,
      website: chain.website,
      country: others.length > 0 ? null : (first ?? null),
      active: chain.active,
    };
  }
}

export class GymResponse {
  id: string;
  chain_id: string | null;
  chain_name: string | null;
  chain_slug: string | null;
  name: string;
  address: string | null;
  zip_code: string | null;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Degrees. */
  lat: number | null;
  lng: number | null;
  phone: string | null;
  email: string | null;
  website_url: string | null;
  open_24h: boolean;
  validated: boolean;
  /** Coaches who work there. */
  @ApiProperty({ type: 'integer' })
  coaches_count: number;
  /** Of the caller; false where nobody knows him. */
  is_favorite: boolean;

  static from(gym: GymView, isFavorite = false): GymResponse {
    return {
      id: gym.id,
      chain_id: gym.chainId,
      chain_name: gym.chainName,
      chain_slug: gym.chainSlug,
      name: gym.name,
      address: gym.address,
      zip_code: gym.zipCode,
      city: gym.city,
      country: gym.country,
      lat: gym.lat,
      lng: gym.lng,
      phone: gym.phone,
      email: gym.email,
      website_url: gym.websiteUrl,
      open_24h: gym.open24h,
      validated: gym.validated,
      coaches_count: gym.coachesCount,
      is_favorite: isFavorite,
    };
  }
}

/** `map` of a list: a club with the mark of its caller. */
export function gymOf({ gym, isFavorite }: MarkedGym): GymResponse {
  return GymResponse.from(gym, isFavorite);
}

export class GymPage extends PageResponse(GymResponse) {}
