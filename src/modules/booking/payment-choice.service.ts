import { Injectable } from '@nestjs/common';
import { localDate } from 'src/common/clock/local-days';
import { orThrow } from 'src/common/errors/domain.error';
import { together } from 'src/common/transaction/together';
import { type CoachSchedule, CoachService } from 'src/modules/coach/coach.service';
import type { SessionPrice } from 'src/modules/coach/coach.types';
import { type Relation, RelationService } from 'src/modules/coach/relations/relation.service';
import { type CreditSums, CreditService } from 'src/modules/payment/credits/credit.service';
import { DISCOVERY_ERRORS, NoCreditsAvailable } from './booking.errors';
import type { PairFacts } from './booking.types';
import { PairRepository } from './pair.repository';
import {
  discoveryPayment,
  discoveryRefusal,
  maySingly,
  packagePayment,
  type Payment,
  paymentRule,
  type PaymentWish,
  singlePayment,
} from './payment-choice.rules';

/** Who wants which session, and how the two stand to each other. */
export interface Buyer {
  schedule: CoachSchedule;
  clientId: string;
  startsAt: Date;
  relation: Relation | null;
  pair: PairFacts;
}

/** What could pay. */
interface AtHand {
  pack: Payment | null;
  /** The cheapest of the public ones, else of the private ones. */
  price: SessionPrice | null;
}

/** What a client has with a coach, told beside the slots. */
export interface Means extends CreditSums {
  canBook: boolean;
}

/** What pays a booking (rules §1.4): brings the facts to the rules, and only those that the rule looks at. */
@Injectable()
export class PaymentChoiceService {
  constructor(
    private readonly coaches: CoachService,
    private readonly credits: CreditService,
    private readonly relations: RelationService,
    private readonly pairs: PairRepository,
  ) {}

  /**
   * Under the lock of the coach: what lies ready to pay with, as far as the wish leaves it open.
   *
   * @throws PackageNotFound, PackageExpired, NoCreditsAvailable for a package that was named
   */
  async atHand(buyer: Pick<Buyer, 'schedule' | 'clientId' | 'startsAt'>, wish: PaymentWish): Promise<AtHand> {
    const rule = paymentRule(wish);
    const { coachId } = buyer.schedule;
    const [pack, price] = await together(
      rule === 'discovery' || rule === 'single' ? null : this.package(buyer, wish.packageId),
      rule === 'package_or_single' || rule === 'single'
        ? this.coaches.sessionPriceFor(coachId, { includePrivate: true })
        : null,
    );
    return { pack, price };
  }

  /**
   * @throws DiscoveryNotOffered, DiscoveryAlreadyUsed, PricingNotFound, and NoCreditsAvailable when nothing pays
   */
  async choose(buyer: Buyer, wish: PaymentWish, { pack, price }: AtHand): Promise<Payment> {
    const rule = paymentRule(wish);
    if (rule === 'discovery') return this.discovery(buyer);
    const sellsSingly = rule === 'single' || rule === 'package_or_single';
    return orThrow(pack ?? (sellsSingly ? await this.single(buyer, price, wish.pricingId) : null), NoCreditsAvailable);
  }

  /**
   * Whether the client could pay something with this coach now: rule 5 of §1.4, or a discovery. At most six queries,
   * whatever there is.
   */
  async means(schedule: CoachSchedule, clientId: string, now: Date): Promise<Means> {
    const { coachId } = schedule;
    const sums = (await this.credits.sumsOf(coachId, [clientId])).get(clientId) ?? { remaining: 0, bookable: 0 };
    // A package whose last day has passed counts until the job has closed it, but pays nothing more.
    const today = localDate(now, schedule.timezone);
    const canBook = sums.bookable > 0 && (await this.credits.isUsable(coachId, clientId, today));
    return { ...sums, canBook: canBook || (await this.canPayOtherwise(schedule, clientId)) };
  }

  private async canPayOtherwise(schedule: CoachSchedule, clientId: string): Promise<boolean> {
    const { coachId } = schedule;
    if ((await this.coaches.sessionPriceFor(coachId, { includePrivate: false })) !== null) return true;
    const relation = await this.relations.find(coachId, clientId);
    if (relation?.allowUnitBooking && (await this.coaches.hasPrices(coachId))) return true;
    if (!schedule.discoveryEnabled) return false;
    const pair = await this.pairs.facts(coachId, clientId);
    return discoveryRefusal(schedule, { ...pair, relation: relation?.status ?? null }) === null;
  }

  private discovery({ schedule, relation, pair }: Buyer): Payment {
    const refusal = discoveryRefusal(schedule, { ...pair, relation: relation?.status ?? null });
    if (refusal) throw new DISCOVERY_ERRORS[refusal]();
    return discoveryPayment(schedule);
  }

  private async package(
    { schedule, clientId, startsAt }: Pick<Buyer, 'schedule' | 'clientId' | 'startsAt'>,
    packageId?: string,
  ): Promise<Payment | null> {
    const on = localDate(startsAt, schedule.timezone);
    const choice = await this.credits.choose(schedule.coachId, clientId, on, packageId);
    return choice && packagePayment(choice);
  }

  /**
   * Null when single sessions are not sold to this client.
   *
   * @param price the cheapest of the public ones, else of the private ones
   */
  private async single(
    { schedule, relation }: Buyer,
    price: SessionPrice | null,
    pricingId?: string,
  ): Promise<Payment | null> {
    const { coachId, currency } = schedule;
    const allowUnitBooking = relation?.allowUnitBooking ?? false;
    const cheapest = price?.isPublic || allowUnitBooking ? price : null;
    const hasPublicPrice = cheapest?.isPublic ?? false;
    const hasPrices = cheapest !== null || (allowUnitBooking && (await this.coaches.hasPrices(coachId)));
    if (!maySingly({ hasPrices, hasPublicPrice, allowUnitBooking })) return null;
    if (pricingId === undefined) return singlePayment(cheapest, currency);
    const named = await this.coaches.getSessionPrice(coachId, pricingId, { includePrivate: allowUnitBooking });
    return singlePayment(named, currency);
  }
}
