import { Injectable } from '@nestjs/common';
import { orThrow } from 'src/common/errors/domain.error';
import { BookingCurrencies } from 'src/modules/payment/booking-currencies';
import { CreditRepository } from 'src/modules/payment/credits/credit.repository';
import { CreditSumsRepository } from 'src/modules/payment/credits/credit-sums.repository';
import { activated } from 'src/modules/payment/credits/credit.rules';
import { BookingNotFound, PackageNotFound } from 'src/modules/payment/payment.errors';

interface Purpose {
  packageId: string | null;
  bookingId: string | null;
}

/** What a payment is for: a package, a booking, or neither. */
@Injectable()
export class PaymentPurposeService {
  constructor(
    private readonly credits: CreditRepository,
    private readonly sums: CreditSumsRepository,
    private readonly bookings: BookingCurrencies,
  ) {}

  /**
   * The currency that the payment must be in, or null when it is for neither.
   *
   * @throws PackageNotFound, BookingNotFound when it is not of these two (users.id)
   */
  async currency({ packageId, bookingId }: Purpose, coachId: string, clientId: string): Promise<string | null> {
    if (packageId !== null)
      return orThrow(await this.credits.lockOfPair(packageId, coachId, clientId), PackageNotFound).currency;
    if (bookingId !== null) return orThrow(await this.bookings.find(bookingId, coachId, clientId), BookingNotFound);
    return null;
  }

  /**
   * The money is there: a package that waited for it can be booked with.
   *
   * @returns what the client can book now with this coach, over all active packages
   */
  async paid({ packageId }: Purpose, coachId: string, clientId: string, at: Date): Promise<number> {
    const pack = packageId === null ? null : await this.credits.lock(packageId);
    if (pack?.status === 'awaiting_payment') await this.credits.change(pack, activated(pack), at);
    const sums = await this.sums.sumsOfClients(coachId, [clientId]);
    return sums.get(clientId)?.bookable ?? 0;
  }
}
