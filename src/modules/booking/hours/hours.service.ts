import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { orThrow } from 'src/common/errors/domain.error';
import { ClientNotFound } from 'src/modules/booking/booking.errors';
import { BookingService } from 'src/modules/booking/booking.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { CreditService } from 'src/modules/payment/credits/credit.service';
import { PackageService } from 'src/modules/payment/packages/package.service';
import type { Package } from 'src/modules/payment/packages/package.types';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { type Hours, hoursOf } from './hours.rules';

/** The hours of one client with his coach. */
export interface HoursSummary extends Hours {
  clientId: string;
  /** The one that the next session is taken from. */
  activePackage: Package | null;
  /** Sessions and penalties whose payment is pending or late. */
  due: number;
}

/** What a coach and a client have had of each other, and what is left. */
@Injectable()
export class HoursService {
  constructor(
    private readonly relations: RelationService,
    private readonly bookings: BookingService,
    private readonly credits: CreditService,
    private readonly packages: PackageService,
    private readonly payments: PaymentService,
  ) {}

  /** @throws ClientNotFound for anybody without a relation to the caller */
  async find(me: Principal, clientId: string): Promise<HoursSummary> {
    const coachId = me.userId;
    orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
    const tally = await this.bookings.tallyOfPair(coachId, clientId);
    const sums = await this.credits.sumsOf(coachId, [clientId]);
    return {
      ...hoursOf(tally, sums.get(clientId)),
      clientId,
      activePackage: await this.packages.current(coachId, clientId),
      due: await this.payments.dueOfPair(coachId, clientId),
    };
  }
}
