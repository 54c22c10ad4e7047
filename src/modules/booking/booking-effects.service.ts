import { Injectable } from '@nestjs/common';
import { localDate } from 'src/common/clock/local-days';
import { RelationService, type SessionKind } from 'src/modules/coach/relations/relation.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import type { BookingAct, PricingKind } from './booking.state';
import type { BookingChange } from './booking.types';
import { PairRepository } from './pair.repository';
import { chargeOf, type Settlement } from './penalty.rules';

/** What the effects look at. */
interface Affected {
  id: string;
  coachId: string;
  clientId: string;
  packageId: string | null;
  priceCents: number | null;
  currency: string;
  pricingType: PricingKind;
  sessionDeducted: boolean;
}

/** When money moves, and whose doing it is. */
export interface Circumstances {
  at: Date;
  /** IANA name. */
  coachTimezone: string;
  /** The client must not lose by it that his package has expired meanwhile (rules §5.3). */
  causedByCoach: boolean;
}

/**
 * What a booking does to others than itself: the session of a package that is held, taken or given back, the payment
 * that is opened or cancelled, the relation of its people. In the caller's transaction, after the locks of coach and
 * booking.
 */
@Injectable()
export class BookingEffects {
  constructor(
    private readonly credits: CreditService,
    private readonly payments: PaymentService,
    private readonly relations: RelationService,
    private readonly pairs: PairRepository,
  ) {}

  /** @throws NoCreditsAvailable when the package has nothing left to hold */
  async hold(booking: Affected, at: Date): Promise<void> {
    if (booking.packageId !== null) await this.credits.hold(booking.packageId, booking, at);
  }

  /** What was held for the old booking is held for the new one; so is a payment that was recorded ahead. */
  async carry(from: Affected, to: Affected, at: Date): Promise<void> {
    if (from.packageId !== null) await this.credits.move(from.id, to, at);
    else await this.payments.moveToBooking(from.id, to.id, at);
  }

  /** Of the client's active packages with this coach; null when no package pays the booking. */
  async sessionsRemaining({ packageId, coachId, clientId }: Affected): Promise<number | null> {
    if (packageId === null) return null;
    return (await this.credits.sumsOf(coachId, [clientId])).get(clientId)?.remaining ?? 0;
  }

  /** Takes what the session costs, or gives it back; answers what changes on the booking. */
  async settle(
    booking: Affected,
    money: Settlement['money'],
    { at, coachTimezone, causedByCoach }: Circumstances,
  ): Promise<Pick<BookingChange, 'sessionDeducted'>> {
    if (money === 'keep') return {};
    if (money === 'take') return this.take(booking, at);
    if (booking.packageId === null) {
      await this.payments.cancelForBooking(booking.id, at);
      return {};
    }
    const options = { causedByCoach, today: localDate(at, coachTimezone) };
    if (booking.sessionDeducted) await this.credits.restore(booking.id, at, options);
    else await this.credits.release(booking.id, at, options);
    return { sessionDeducted: false };
  }

  /** What became of the session changes how the two stand to each other. After the booking is written. */
  async tellRelation(booking: Affected, act: BookingAct, at: Date): Promise<void> {
    const { coachId, clientId } = booking;
    if (act === 'confirm') await this.relations.bookingConfirmed(coachId, clientId, kindOf(booking), at);
    if (act === 'complete') await this.relations.sessionDone(coachId, clientId, kindOf(booking), at);
    if (act === 'correct')
      await this.relations.setFirstDone(coachId, clientId, await this.pairs.firstDone(coachId, clientId));
  }

  private async take(booking: Affected, at: Date): Promise<Pick<BookingChange, 'sessionDeducted'>> {
    const { id: bookingId, coachId, clientId, priceCents, currency } = booking;
    const charge = chargeOf(booking);
    if (charge === 'session') {
      await this.credits.consume(bookingId, at);
      return { sessionDeducted: true };
    }
    if (charge === 'payment')
      await this.payments.openForBooking({ bookingId, coachId, clientId, amountCents: priceCents ?? 0, currency, at });
    return {};
  }
}

function kindOf({ pricingType }: Affected): SessionKind {
  return pricingType === 'discovery' ? 'discovery' : 'session';
}
