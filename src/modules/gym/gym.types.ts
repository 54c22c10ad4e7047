/** In which part a person has clubs: where a coach works, or what a client likes. */
export const GYM_PARTS = ['client', 'coach'] as const;
export type GymPart = (typeof GYM_PARTS)[number];

/** How many clubs one may have in each part (rules §19). */
export const MOST_GYMS: Readonly<Record<GymPart, number>> = { client: 10, coach: 20 };

/** A club as others see it. */
export interface GymView {
  id: string;
  chainId: string | null;
  chainName: string | null;
  chainSlug: string | null;
  name: string;
  address: string | null;
  zipCode: string | null;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Degrees. */
  lat: number | null;
  lng: number | null;
  /** E.164. */
  phone: string | null;
  email: string | null;
  websiteUrl: string | null;
  open24h: boolean;
  validated: boolean;
  /** Coaches who work there and whose account is in use. */
  coachesCount: number;
}

/** A club as one caller sees it. */
export interface MarkedGym {
  gym: GymView;
  /** One of the caller’s favourites; never for somebody unknown. */
  isFavorite: boolean;
}
