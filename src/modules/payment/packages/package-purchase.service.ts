import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { localDate } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { PackageOfferService } from 'src/modules/coach/pricing/package-offer.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { CannotBookSelf, PricingNotFound } from 'src/modules/payment/payment.errors';
import { PackagePurchased } from 'src/modules/payment/payment.events';
import { PaymentRepository } from 'src/modules/payment/payments/payment.repository';
import type { Payment } from 'src/modules/payment/payments/payment.types';
import { lastDay } from './package-creation.service';
import type { PurchaseDto } from './package.dto';
import { PackageRegister } from './package-register.service';
import type { Package } from './package.types';

/** A package that waits for its money, and the payment that is to be recorded. */
export interface Purchase {
  pack: Package;
  payment: Payment;
}

/** A client buys a package that anybody may buy. */
@Injectable()
export class PackagePurchaseService {
  constructor(
    private readonly register: PackageRegister,
    private readonly payments: PaymentRepository,
    private readonly offers: PackageOfferService,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing can be booked with it until the coach records the payment. Who has no relation with the coach asks for one
   * by buying: else the coach could not see whom the money is from.
   *
   * @throws PricingNotFound, NotAPackage, CannotBookSelf
   */
  @Transactional()
  async purchase(me: Principal, dto: PurchaseDto): Promise<Purchase> {
    const offer = await this.offers.forEverybody(dto.pricing_id);
    const { coachId } = offer;
    if (coachId === me.userId) throw new CannotBookSelf();
    const coach = orThrow(await this.coaches.findSchedule(coachId), PricingNotFound);
    const at = this.clock.now();
    await this.relations.requested(coachId, me.userId, at);
    const paymentId = randomUUID();
    const pack = await this.register.open(
      {
        coachId,
        clientId: me.userId,
        pricingId: offer.id,
        name: offer.name,
        sessions: offer.sessionCount,
        priceCents: offer.priceCents,
        currency: offer.currency,
        status: 'awaiting_payment',
        validUntil: lastDay(offer, localDate(at, coach.timezone)),
      },
      at,
      (fact) => new PackagePurchased(fact, paymentId),
    );
    const payment = await this.payments.insert(
      {
        id: paymentId,
        coachId,
        clientId: me.userId,
        packageId: pack.id,
        bookingId: null,
        amountCents: pack.priceCents,
        currency: pack.currency,
        paymentMethod: dto.payment_method,
        reference: null,
        description: null,
        status: 'pending',
        paidAt: null,
        dueAt: null,
      },
      at,
    );
    return { pack, payment: { ...payment, packageName: pack.name } };
  }
}
