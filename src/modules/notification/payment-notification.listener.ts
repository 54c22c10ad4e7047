import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventBus } from 'src/common/events/event-bus';
import {
  PackageCreated,
  PackageExhausted,
  PackageExpiring,
  type PackageFact,
  PackageLow,
  PackagePurchased,
  type PaymentFact,
  PaymentLate,
  PaymentRecorded,
} from 'src/modules/payment/payment.events';
import { AnnouncementService } from './announcement.service';
import type { Count, Money } from './notification.types';
import { PartyService } from './party.service';

/** Tells coach and client what becomes of packages and payments. A part of the act: if it fails, so does the act. */
@Injectable()
export class PaymentNotificationListener implements OnModuleInit {
  constructor(
    private readonly events: EventBus,
    private readonly parties: PartyService,
    private readonly announcements: AnnouncementService,
  ) {}

  onModuleInit(): void {
    this.events.subscribe(PackageCreated, 'notification', (event) => this.created(event));
    this.events.subscribe(PackagePurchased, 'notification', (event) => this.purchased(event));
    this.events.subscribe(PackageLow, 'notification', (event) => this.low(event));
    this.events.subscribe(PackageExhausted, 'notification', (event) => this.exhausted(event));
    this.events.subscribe(PackageExpiring, 'notification', (event) => this.expiring(event));
    this.events.subscribe(PaymentRecorded, 'notification', (event) => this.recorded(event));
    this.events.subscribe(PaymentLate, 'notification', (event) => this.late(event));
  }

  private async created({ pack }: PackageCreated): Promise<void> {
    const { client, values } = await this.parties.of(pack.clientId, pack.coachId);
    await this.announcements.announce(client, {
      type: 'package_created',
      fact: pack.packageId,
      data: { package_id: pack.packageId },
      values: { ...values, title: pack.title, sessions: sessions(pack.sessions), amount: priceOf(pack) },
    });
  }

  private async purchased({ pack, paymentId }: PackagePurchased): Promise<void> {
    const { coach, values } = await this.parties.of(pack.clientId, pack.coachId);
    await this.announcements.announce(coach, {
      type: 'package_purchased',
      fact: pack.packageId,
      data: { package_id: pack.packageId, payment_id: paymentId },
      values: { ...values, title: pack.title, sessions: sessions(pack.sessions), amount: priceOf(pack) },
    });
  }

  private async low({ pack, remaining, seq }: PackageLow): Promise<void> {
    const { client, coach, values } = await this.parties.of(pack.clientId, pack.coachId);
    const message = {
      type: 'package_low',
      fact: `${pack.packageId}:${seq}`,
      data: { package_id: pack.packageId, sessions_remaining: String(remaining) },
      values: { ...values, title: pack.title, sessions: sessions(remaining) },
    } as const;
    await this.announcements.announceAll([client, message], [coach, { ...message, variant: 'for_coach' }]);
  }

  private async exhausted({ pack, seq }: PackageExhausted): Promise<void> {
    const { client, coach, values } = await this.parties.of(pack.clientId, pack.coachId);
    const message = {
      type: 'package_exhausted',
      fact: `${pack.packageId}:${seq}`,
      data: { package_id: pack.packageId },
      values: { ...values, title: pack.title },
    } as const;
    await this.announcements.announceAll([client, message], [coach, { ...message, variant: 'for_coach' }]);
  }

  private async expiring({ pack, remaining, validUntil }: PackageExpiring): Promise<void> {
    const { client, values } = await this.parties.of(pack.clientId, pack.coachId);
    await this.announcements.announce(client, {
      type: 'package_expiring',
      fact: `${pack.packageId}:${validUntil}`,
      data: { package_id: pack.packageId, valid_until: validUntil },
      values: { ...values, title: pack.title, sessions: sessions(remaining), day: { day: validUntil } },
    });
  }

  /** What pays for a single session opens no sessions. */
  private async recorded({ payment, sessionsBookable }: PaymentRecorded): Promise<void> {
    const { paymentId: fact, packageId } = payment;
    const { client, values } = await this.parties.of(payment.clientId, payment.coachId);
    await this.announcements.announce(client, {
      type: 'payment_recorded',
      fact,
      ...(packageId !== null && { variant: 'with_sessions' }),
      data: { payment_id: fact, package_id: packageId ?? '' },
      values: { ...values, amount: amountOf(payment), sessions: sessions(sessionsBookable) },
    });
  }

  private async late({ payment, dueAt }: PaymentLate): Promise<void> {
    const { client, coach, values } = await this.parties.of(payment.clientId, payment.coachId);
    const message = {
      type: 'payment_late',
      fact: payment.paymentId,
      data: { payment_id: payment.paymentId },
      values: { ...values, amount: amountOf(payment), since: { at: dueAt, coachTimezone: null } },
    } as const;
    await this.announcements.announceAll(
      [client, { ...message, as: 'client' }],
      [coach, { ...message, as: 'coach', variant: 'for_coach' }],
    );
  }
}

function sessions(count: number): Count {
  return { count, of: 'sessions' };
}

function priceOf({ priceCents, currency }: PackageFact): Money {
  return { amountCents: priceCents, currency };
}

function amountOf({ amountCents, currency }: PaymentFact): Money {
  return { amountCents, currency };
}
