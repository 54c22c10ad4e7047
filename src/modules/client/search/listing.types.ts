/** What a listing is made from, beside the free slots. */
export interface ListingSource {
  /** users.id */
  coachId: string;
  firstName: string;
  lastName: string;
  city: string | null;
  country: string | null;
  specialties: string[];
  currency: string;
  discovery: boolean;
  verified: boolean;
  /** The cheapest public price of a single session in `currency`. */
  priceCents: number | null;
  /** How many certifications are verified. */
  certifications: number;
}
