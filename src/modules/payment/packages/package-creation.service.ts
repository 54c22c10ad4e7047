import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDate } from 'src/common/clock/local-days';
import { orThrow, ValidationFailed } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { type PackageOffer, PackageOfferService } from 'src/modules/coach/pricing/package-offer.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { addMonths } from 'src/modules/payment/credits/credit.rules';
import { ClientNotFound } from 'src/modules/payment/payment.errors';
import { PackageCreated } from 'src/modules/payment/payment.events';
import type { CreatePackageDto } from './package.dto';
import { PackageRegister } from './package-register.service';
import type { Package } from './package.types';

/** What a package is sold at, wherever the terms come from. */
interface Terms {
  name: string;
  sessions: number;
  priceCents: number;
  currency: string;
}

/** A coach makes a package for a client of his. */
@Injectable()
export class PackageCreationService {
  constructor(
    private readonly register: PackageRegister,
    private readonly offers: PackageOfferService,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly clock: Clock,
  ) {}

  /**
   * At the terms of one of his prices, or at others.
   *
   * @throws ClientNotFound, PricingNotFound, NotAPackage
   * @throws ValidationFailed for a last day that is not ahead
   */
  @Transactional()
  async create(me: Principal, clientId: string, dto: CreatePackageDto): Promise<Package> {
    // Held: a request that is withdrawn now must not take away the relation of somebody who is being sold something.
    orThrow(await this.relations.hold(me.userId, clientId), ClientNotFound);
    const coach = orThrow(await this.coaches.findSchedule(me.userId), ClientNotFound);
    const offer = dto.pricing_id === undefined ? null : await this.offers.ofCoach(me.userId, dto.pricing_id);
    const at = this.clock.now();
    const today = localDate(at, coach.timezone);
    const validUntil = dto.valid_until === undefined ? lastDay(offer, today) : dto.valid_until;
    if (validUntil !== null && validUntil <= today)
      throw new ValidationFailed([{ field: 'valid_until', code: 'too_small' }]);
    return this.register.open(
      {
        ...termsOf(dto, offer, coach.currency),
        coachId: me.userId,
        clientId,
        pricingId: offer?.id ?? null,
        status: dto.status,
        validUntil,
      },
      at,
      (fact) => new PackageCreated(fact),
    );
  }
}

/** With a price each of the terms defaults to its own; the fields are required without one. */
function termsOf(dto: CreatePackageDto, offer: PackageOffer | null, currency: string): Terms {
  return {
    name: dto.name ?? offer?.name ?? '',
    sessions: dto.sessions_total ?? offer?.sessionCount ?? 0,
    priceCents: dto.price_cents ?? offer?.priceCents ?? 0,
    currency: dto.currency ?? offer?.currency ?? currency,
  };
}

/** The last day of a package bought today; null = no limit. */
export function lastDay(offer: PackageOffer | null, today: string): string | null {
  return offer?.validityMonths ? addMonths(today, offer.validityMonths) : null;
}
