import type { Opening } from 'src/modules/booking/openings/opening.types';
import type { CoachListing } from 'src/modules/client/entities/coach-listing.entity';
import type { ListingSource } from './listing.types';
import { plainText, spaced, wordsOf } from './search.rules';

/** What the search asks of a coach, as it is at `now`. */
export function listingOf(source: ListingSource, opening: Opening, now: Date): CoachListing {
  const words = [...wordsOf(source.firstName), ...wordsOf(source.lastName)];
  const specialties = source.specialties.flatMap((specialty) => wordsOf(specialty));
  return {
    coachId: source.coachId,
    sortName: words.join(' '),
    words: spaced(words),
    search: spaced([...words, ...specialties]),
    city: plainText(source.city),
    country: source.country,
    specialties: source.specialties,
    priceCents: source.priceCents,
    currency: source.currency,
    discovery: source.discovery,
    verified: source.verified,
    certified: source.verified || source.certifications > 0,
    certifications: source.certifications,
    isOpen: opening.isOpen,
    openKnownFrom: now,
    openKnownUntil: opening.knownUntil,
  };
}
