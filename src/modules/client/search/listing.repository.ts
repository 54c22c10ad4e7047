import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { CoachListing } from 'src/modules/client/entities/coach-listing.entity';
import type { ListingSource } from './listing.types';

const STATE: Statement = {
  name: 'coach_listing_state',
  // Behind: something was noted, or an answer about free slots holds no longer, or does not hold yet. The ends of the
  // indexes tell it: whether any row is beyond a moment that is not known when it is planned, is asked of all rows.
  text: `SELECT version,
           (SELECT min(id) FROM coach_listing_changes) IS NOT NULL
           OR coalesce((SELECT min(open_known_until) FROM coach_listings) <= $1, false)
           OR coalesce((SELECT max(open_known_from) FROM coach_listings) > $1, false) AS "isBehind"
         FROM coach_listing_state`,
};
const VERSION: Statement = { name: 'coach_listing_version', text: 'SELECT version FROM coach_listing_state' };
const LOCK: Statement = { name: 'coach_listing_lock', text: 'SELECT version FROM coach_listing_state FOR UPDATE' };
const TAKE_CHANGES: Statement = {
  name: 'coach_listing_take_changes',
  // All that is noted of a coach, so that he is renewed once however much of him changed.
  text: `DELETE FROM coach_listing_changes
         WHERE coach_id IN (SELECT coach_id FROM coach_listing_changes ORDER BY id LIMIT $1)
         RETURNING coach_id AS "coachId"`,
};
const OUTDATED: Statement = {
  name: 'coach_listing_outdated',
  text: `(SELECT coach_id AS "coachId" FROM coach_listings WHERE open_known_until <= $1
          ORDER BY open_known_until LIMIT $2)
         UNION ALL
         (SELECT coach_id FROM coach_listings WHERE open_known_from > $1 ORDER BY open_known_from LIMIT $2)`,
};
const SOURCES: Statement = {
  name: 'coach_listing_sources',
  text: `SELECT profile.user_id AS "coachId", account.first_name AS "firstName", account.last_name AS "lastName",
           profile.city, profile.country, profile.specialties, profile.currency,
           profile.discovery_enabled AS discovery, profile.verified,
           (SELECT min(price_cents) FROM pricings
            WHERE coach_id = profile.user_id AND type = 'per_session' AND is_public
              AND currency = profile.currency) AS "priceCents",
           (SELECT count(*)::int FROM certifications
            WHERE coach_id = profile.user_id AND certifications.verified) AS certifications
         FROM coach_profiles AS profile JOIN users AS account ON account.id = profile.user_id
         WHERE profile.user_id = ANY ($1::uuid[]) AND account.status IN ('active', 'unverified')`,
};
const VISIBLE = `sort_name, words, search, city, country, specialties, price_cents, currency, discovery, verified,
  certified, certifications, is_open`;
/** Rows that a search would answer alike are only known for longer; the others are counted. */
const RENEW: Statement = {
  name: 'coach_listing_renew',
  text: `WITH made AS (
           SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (
             coach_id uuid, sort_name text, words text, search text, city text, country text, specialties text[],
             price_cents integer, currency text, discovery boolean, verified boolean, certified boolean,
             certifications integer, is_open boolean, open_known_from timestamptz, open_known_until timestamptz)
         ), changed AS (
           SELECT coach_id FROM (
             SELECT coach_id, ${VISIBLE} FROM made EXCEPT SELECT coach_id, ${VISIBLE} FROM coach_listings
           ) AS difference
         ), renewed AS (
           INSERT INTO coach_listings (coach_id, ${VISIBLE}, open_known_from, open_known_until)
           SELECT coach_id, ${VISIBLE}, open_known_from, open_known_until FROM made
           ON CONFLICT (coach_id) DO UPDATE SET (${VISIBLE}, open_known_from, open_known_until) =
             (SELECT ${VISIBLE.replace(/\w+/g, 'excluded.$&')}, excluded.open_known_from, excluded.open_known_until)
         ), removed AS (
           DELETE FROM coach_listings
           WHERE coach_id = ANY ($2::uuid[]) AND coach_id NOT IN (SELECT coach_id FROM made) RETURNING coach_id
         )
         UPDATE coach_listing_state SET version = version + 1
         WHERE EXISTS (SELECT FROM changed) OR EXISTS (SELECT FROM removed)`,
};

@Injectable()
export class ListingRepository {
  constructor(private readonly database: Database) {}

  /** `version` grows with every change that a search could see. */
  async state(now: Date): Promise<{ version: string; isBehind: boolean }> {
    const [row] = await this.database.query<{ version: string; isBehind: boolean }>(STATE, [now]);
    return row ?? { version: '0', isBehind: false };
  }

  async version(): Promise<string> {
    const [row] = await this.database.query<{ version: string }>(VERSION);
    return row?.version ?? '0';
  }

  /** One renews at a time, until the end of the transaction: an older look at a coach never overwrites a newer one. */
  async lock(): Promise<void> {
    await this.database.query(LOCK);
  }

  /** Whose listings are to be made anew, at most `limit` of each kind; the notes that said so are removed. */
  async takeOutdated(now: Date, limit: number): Promise<string[]> {
    const noted = await this.database.query<{ coachId: string }>(TAKE_CHANGES, [limit]);
    const outdated = await this.database.query<{ coachId: string }>(OUTDATED, [now, limit]);
    return [...new Set([...noted, ...outdated].map(({ coachId }) => coachId))];
  }

  /** Of those who can be found: a profile, and an account that is neither suspended nor closing. */
  async findSources(coachIds: readonly string[]): Promise<ListingSource[]> {
    return this.database.query<ListingSource>(SOURCES, [coachIds]);
  }

  /** Writes these listings, and removes those of `coachIds` that are not among them. */
  async renew(coachIds: readonly string[], listings: readonly CoachListing[]): Promise<void> {
    await this.database.execute(RENEW, [JSON.stringify(listings.map(rowOf)), coachIds]);
  }
}

/** By the names of the columns, as the statement reads it. */
function rowOf(listing: CoachListing): Record<string, unknown> {
  return {
    coach_id: listing.coachId,
    sort_name: listing.sortName,
    words: listing.words,
    search: listing.search,
    city: listing.city,
    country: listing.country,
    specialties: listing.specialties,
    price_cents: listing.priceCents,
    currency: listing.currency,
    discovery: listing.discovery,
    verified: listing.verified,
    certified: listing.certified,
    certifications: listing.certifications,
    is_open: listing.isOpen,
    open_known_from: listing.openKnownFrom,
    open_known_until: listing.openKnownUntil,
  };
}
