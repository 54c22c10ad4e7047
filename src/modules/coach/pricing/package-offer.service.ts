import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import type { PageQuery, Rows } from 'src/common/paging/page';
import { type PackageOffer, PackageOfferRepository } from './package-offer.repository';
import { NotAPackage, PricingNotFound } from './pricing.errors';

export type { PackageOffer } from './package-offer.repository';

/** Packages as coaches offer them. A coach who is suspended or closing sells nothing. */
@Injectable()
export class PackageOfferService {
  constructor(private readonly offers: PackageOfferRepository) {}

  /**
   * A package of this coach (users.id), whoever may buy it.
   *
   * @throws PricingNotFound for another coach's price
   * @throws NotAPackage for the price of a single session
   */
  async ofCoach(coachId: string, pricingId: string): Promise<PackageOffer> {
    const offer = await this.offers.find(pricingId);
    return aPackage(orThrow(offer?.coachId === coachId ? offer : null, PricingNotFound));
  }

  /**
   * A package that anybody may buy.
   *
   * @throws PricingNotFound when it is unknown, not public, or of a coach who cannot be booked
   * @throws NotAPackage for the price of a single session
   */
  async forEverybody(pricingId: string): Promise<PackageOffer> {
    const offer = await this.offers.find(pricingId);
    return aPackage(orThrow(offer?.isPublic ? offer : null, PricingNotFound));
  }

  /** What these coaches (users.id) sell to everybody, newest first. */
  async page(coachIds: readonly string[], query: PageQuery): Promise<Rows<PackageOffer>> {
    return this.offers.page(coachIds, query);
  }
}

function aPackage(offer: PackageOffer): PackageOffer {
  if (offer.type !== 'package') throw new NotAPackage();
  return offer;
}
