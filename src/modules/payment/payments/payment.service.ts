import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { DAY_MS } from 'src/common/clock/durations';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import type { Rows } from 'src/common/paging/page';
import { resolveRange } from 'src/common/paging/range';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { ClientNotFound } from 'src/modules/payment/payment.errors';
import { PaymentLate } from 'src/modules/payment/payment.events';
import type { ListClientPaymentsQuery, ListOwnPaymentsQuery } from './payment.dto';
import { PaymentRepository } from './payment.repository';
import { DUE_DAYS, factOfPayment } from './payment.rules';
import type { BilledBooking, Payment } from './payment.types';

export type { BilledBooking, Payment } from './payment.types';

/** What is owed and what was paid (rules §5.4). People are users.id; what is about a booking comes under its locks. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly relations: RelationService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * A session is to be paid by itself: one pending payment, due in 14 days, unless the booking has a payment that is not
   * cancelled, or nothing is to be paid.
   */
  @Transactional()
  async openForBooking(billed: BilledBooking): Promise<void> {
    if (billed.amountCents <= 0) return;
    await this.payments.openForBooking(billed, new Date(billed.at.getTime() + DUE_DAYS * DAY_MS));
  }

  /** Nothing is owed for the booking any more. What was paid stays: the coach settles it outside. */
  @Transactional()
  async cancelForBooking(bookingId: string, at: Date): Promise<void> {
    await this.payments.cancelOpenOfBooking(bookingId, at);
  }

  /** A booking was moved: what was recorded for it ahead is for the new one, of the same two people. */
  @Transactional()
  async moveToBooking(fromBookingId: string, toBookingId: string, at: Date): Promise<void> {
    await this.payments.moveToBooking(fromBookingId, toBookingId, at);
  }

  /** Whether there is a package or a payment of the two, whatever became of it. */
  async hasDealings(coachId: string, clientId: string): Promise<boolean> {
    return this.payments.hasDealings(coachId, clientId);
  }

  /** Bookings of the two whose payment is pending or late. */
  async dueOfPair(coachId: string, clientId: string): Promise<number> {
    return this.payments.countDue(coachId, clientId);
  }

  /** What the coach was paid in `[from, to)` in one currency, in cents. */
  async paidBetween(coachId: string, from: Date, to: Date, currency: string): Promise<number> {
    return this.payments.paidBetween(coachId, from, to, currency);
  }

  /** Payments of a client of the caller, newest first; dates are of the caller's zone. @throws ClientNotFound */
  async ofClient(me: Principal, clientId: string, query: ListClientPaymentsQuery): Promise<Rows<Payment>> {
    const range = resolveRange(query, me.timezone);
    orThrow(await this.relations.find(me.userId, clientId), ClientNotFound);
    return this.payments.page({ coachId: me.userId, clientId, status: query.status, ...range }, query);
  }

  /** What the caller owes and has paid himself, newest first. */
  async own(me: Principal, query: ListOwnPaymentsQuery): Promise<Rows<Payment>> {
    const { coach_id: coachId, status } = query;
    return this.payments.page({ clientId: me.userId, coachId, status, from: null, to: null }, query);
  }

  /** Pending payments that are overdue, the oldest first. */
  async overdueIds(limit: number): Promise<string[]> {
    return this.payments.overdueIds(this.clock.now(), limit);
  }

  /** When the next pending payment is overdue, or null when none will be. */
  async firstOverdue(): Promise<Date | null> {
    const dueAt = await this.payments.firstDue();
    return dueAt && new Date(dueAt.getTime() + 1);
  }

  /** By the job: false when it was paid or cancelled meanwhile. Coach and client are told once. */
  @Transactional()
  async markLate(id: string): Promise<boolean> {
    const at = this.clock.now();
    const payment = await this.payments.markLate(id, at);
    if (!payment?.dueAt) return false;
    await this.events.publish(new PaymentLate(factOfPayment(payment, at), payment.dueAt));
    return true;
  }
}
