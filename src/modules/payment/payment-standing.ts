import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Standings } from 'src/common/events/standings';
import { CreditRepository } from './credits/credit.repository';
import { PaymentRepository } from './payments/payment.repository';

/** Tells those who carry messages how a package and a payment stand: each by its status. */
@Injectable()
export class PaymentStanding implements OnModuleInit {
  constructor(
    private readonly standings: Standings,
    private readonly packages: CreditRepository,
    private readonly payments: PaymentRepository,
  ) {}

  onModuleInit(): void {
    this.standings.register('package', async (id) => (await this.packages.find(id))?.status ?? null);
    this.standings.register('payment', async (id) => (await this.payments.find(id))?.status ?? null);
  }
}
