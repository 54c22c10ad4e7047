import { Injectable } from '@nestjs/common';
import { Database, type Statement } from 'src/common/transaction/database';
import { Pricing } from 'src/modules/coach/entities/pricing.entity';
import type { SessionPrice } from 'src/modules/coach/coach.types';
import type { PricingTerms } from './pricing.dto';
import type { PricingType } from './pricing.rules';

const CHEAPEST_SESSION: Statement = {
  name: 'coach_cheapest_session',
  // Amounts of two currencies cannot be compared: the coach's own comes first.
  text: `SELECT id AS "pricingId", price_cents AS "priceCents", p.currency, p.is_public AS "isPublic"
         FROM pricings p JOIN coach_profiles c ON c.user_id = p.coach_id
         WHERE p.coach_id = $1 AND p.type = 'per_session' AND (p.is_public OR $2)
         ORDER BY NOT p.is_public, p.currency <> c.currency, p.price_cents, p.created_at, p.id LIMIT 1`,
};
const SESSION: Statement = {
  name: 'coach_session_price',
  text: `SELECT id AS "pricingId", price_cents AS "priceCents", currency, is_public AS "isPublic" FROM pricings
         WHERE id = $2 AND coach_id = $1 AND type = 'per_session' AND (is_public OR $3)`,
};
const HAS_ANY: Statement = {
  name: 'coach_has_prices',
  text: 'SELECT EXISTS (SELECT FROM pricings WHERE coach_id = $1) AS has',
};

export interface NewPricing extends PricingTerms {
  coachId: string;
  type: PricingType;
}

@Injectable()
export class PricingRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async findByCoach(coachId: string): Promise<Pricing[]> {
    return this.database.repository(Pricing).find({ where: { coachId }, order: { createdAt: 'DESC', id: 'ASC' } });
  }

  async findOwned(coachId: string, id: string): Promise<Pricing | null> {
    return this.database.repository(Pricing).findOneBy({ id, coachId });
  }

  async insert(pricing: NewPricing, now: Date): Promise<Pricing> {
    const repository = this.database.repository(Pricing);
    const row = repository.create({ ...pricing, createdAt: now, updatedAt: now });
    await repository.insert(row);
    return row;
  }

  async update(pricing: Pricing, changes: Partial<PricingTerms>, now: Date): Promise<Pricing> {
    const written = { ...changes, updatedAt: now };
    await this.database.repository(Pricing).update({ id: pricing.id }, written);
    return Object.assign(pricing, written);
  }

  async delete({ id }: Pricing): Promise<void> {
    await this.database.repository(Pricing).delete({ id });
  }

  /** The public ones before the private ones. */
  async cheapestSession(coachId: string, includePrivate: boolean): Promise<SessionPrice | null> {
    return this.database.first<SessionPrice>(CHEAPEST_SESSION, [coachId, includePrivate]);
  }

  async findSession(coachId: string, id: string, includePrivate: boolean): Promise<SessionPrice | null> {
    return this.database.first<SessionPrice>(SESSION, [coachId, id, includePrivate]);
  }

  async hasAny(coachId: string): Promise<boolean> {
    return (await this.database.value<boolean>(HAS_ANY, [coachId])) ?? false;
  }
}
