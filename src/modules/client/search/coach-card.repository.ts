import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import type { CoachCardRow } from './coach-card.types';

/** A relation in discovery or active takes one of the places that a coach has for clients. */
const CARDS: Statement = {
  name: 'coach_cards',
  text: `SELECT account.id, account.first_name AS "firstName", account.last_name AS "lastName", account.role,
           account.gender, account.photo_url AS "photoUrl", profile.bio, profile.city, profile.country,
           profile.specialties, profile.currency, profile.discovery_enabled AS "discoveryEnabled", profile.verified,
           (SELECT min(price_cents) FROM pricings
            WHERE coach_id = account.id AND type = 'per_session' AND is_public
              AND currency = profile.currency) AS "sessionPriceCents",
           profile.verified OR EXISTS (
             SELECT FROM certifications WHERE coach_id = account.id AND certifications.verified) AS "isCertified",
           profile.max_clients IS NULL OR profile.max_clients > (
             SELECT count(*) FROM relations
             WHERE coach_id = account.id AND status IN ('discovery', 'active')) AS "acceptingClients"
         FROM coach_profiles AS profile JOIN users AS account ON account.id = profile.user_id
         WHERE profile.user_id = ANY ($1::uuid[])`,
};

@Injectable()
export class CoachCardRepository {
  constructor(private readonly database: Database) {}

  /** In any order; who is no coach is left out. */
  async find(coachIds: readonly string[]): Promise<CoachCardRow[]> {
    return coachIds.length === 0 ? [] : this.database.query<CoachCardRow>(CARDS, [coachIds]);
  }
}
