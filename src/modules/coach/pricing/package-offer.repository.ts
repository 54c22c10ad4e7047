import { Injectable } from '@nestjs/common';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { Database, type Statement } from 'src/common/transaction/database';
import type { Pricing } from 'src/modules/coach/entities/pricing.entity';

/** A price of a package, with the name of who sells it. */
export type PackageOffer = Pricing & { coachName: string };

/** Prices of coaches who can be booked. */
const OFFERS = `
  FROM pricings p JOIN users coach ON coach.id = p.coach_id AND coach.status IN ('active', 'unverified')`;
const COLUMNS = `
  p.id, p.coach_id AS "coachId", p.type, p.name, p.session_count AS "sessionCount", p.price_cents AS "priceCents",
  p.currency, p.validity_months AS "validityMonths", p.is_public AS "isPublic", p.created_at AS "createdAt",
  p.updated_at AS "updatedAt", coach.first_name || ' ' || coach.last_name AS "coachName"`;

const FIND: Statement = { name: 'package_offer_find', text: `SELECT ${COLUMNS} ${OFFERS} WHERE p.id = $1` };
const SOLD = `WHERE p.coach_id = ANY ($1::uuid[]) AND p.type = 'package' AND p.is_public`;
const PAGE: Statement = {
  name: 'package_offer_page',
  text: `SELECT ${COLUMNS} ${OFFERS} ${SOLD} ORDER BY p.created_at DESC, p.id LIMIT $2 OFFSET $3`,
};
const COUNT: Statement = { name: 'package_offer_count', text: `SELECT count(*)::int AS total ${OFFERS} ${SOLD}` };

@Injectable()
export class PackageOfferRepository {
  constructor(private readonly database: Database) {}

  /** A price of any type, as long as its coach can be booked. */
  async find(pricingId: string): Promise<PackageOffer | null> {
    return this.database.first<PackageOffer>(FIND, [pricingId]);
  }

  /** What these coaches sell to everybody, newest first. */
  async page(coachIds: readonly string[], { offset, limit }: PageQuery): Promise<Rows<PackageOffer>> {
    if (coachIds.length === 0) return { rows: [], total: 0 };
    return this.database.page<PackageOffer>(PAGE, [coachIds, limit, offset], COUNT, [coachIds]);
  }
}
