import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { CoachService } from 'src/modules/coach/coach.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { PaymentService } from 'src/modules/payment/payments/payment.service';
import { type AgendaFigures, AgendaFiguresService } from './agenda-figures.service';
import { monthAround } from './dashboard.rules';
import { type LowPackage, LowPackageService } from './low-package.service';

/** What a coach sees first. */
export interface Dashboard extends AgendaFigures {
  /** Relations that are active. */
  activeClients: number;
  /** Cents of `currency` that were paid this month. */
  revenueCents: number;
  /** ISO 4217, the coach's own. */
  currency: string;
  lowPackages: LowPackage[];
}

/** The coach's day on one page, in a fixed number of queries. */
@Injectable()
export class DashboardService {
  constructor(
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly payments: PaymentService,
    private readonly agenda: AgendaFiguresService,
    private readonly packages: LowPackageService,
    private readonly clock: Clock,
  ) {}

  /** @throws CoachProfileNotFound */
  async find({ userId, timezone }: Principal): Promise<Dashboard> {
    const { currency } = await this.coaches.getProfile(userId);
    const now = this.clock.now();
    const month = monthAround(now, timezone);
    return {
      ...(await this.agenda.of(userId, timezone, now)),
      activeClients: await this.relations.countActive(userId),
      revenueCents: await this.payments.paidBetween(userId, month.from, month.to, currency),
      currency,
      lowPackages: await this.packages.of(userId),
    };
  }
}
