import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { Clock } from 'src/common/clock/clock';
import { orThrow } from 'src/common/errors/domain.error';
import { EventBus } from 'src/common/events/event-bus';
import { Transactional } from 'src/common/transaction/transactional.decorator';
import { CoachService } from 'src/modules/coach/coach.service';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import type { PaymentEntity } from 'src/modules/payment/entities/payment.entity';
import {
  ClientNotFound,
  CurrencyMismatch,
  InvalidTransition,
  PaymentNotFound,
} from 'src/modules/payment/payment.errors';
import { PaymentRecorded } from 'src/modules/payment/payment.events';
import type { ChangePaymentDto, RecordPaymentDto } from './payment.dto';
import { PaymentPurposeService } from './payment-purpose.service';
import { type PaymentChanges, PaymentRepository } from './payment.repository';
import { factOfPayment, settlement } from './payment.rules';
import { isOpen } from './payment.state';
import type { Payment } from './payment.types';

/** A payment as it was recorded; `isNew` is false when it was there and has been settled. */
export interface Recorded {
  payment: Payment;
  isNew: boolean;
}

/**
 * The coach writes down what he was paid, or is to be. Under the coach's lock, as everything that opens or cancels a
 * payment of a booking: two people at once leave one payment.
 */
@Injectable()
export class PaymentRecordingService {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly purposes: PaymentPurposeService,
    private readonly coaches: CoachService,
    private readonly relations: RelationService,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * A payment for a booking settles the open one that the booking has.
   *
   * @throws ClientNotFound, PackageNotFound, BookingNotFound, CurrencyMismatch
   * @throws InvalidTransition when the booking is paid already
   */
  @Transactional()
  async record(me: Principal, clientId: string, dto: RecordPaymentDto): Promise<Recorded> {
    const coachId = me.userId;
    await this.begin(coachId, clientId);
    const purpose = { packageId: dto.package_id ?? null, bookingId: dto.booking_id ?? null };
    const expected = await this.purposes.currency(purpose, coachId, clientId);
    const currency = dto.currency ?? expected ?? (await this.currencyOf(coachId));
    if (expected !== null && currency !== expected) throw new CurrencyMismatch();
    const at = this.clock.now();
    const known = purpose.bookingId === null ? null : await this.payments.lockOfBooking(purpose.bookingId);
    if (known && !isOpen(known.status)) throw new InvalidTransition();
    if (known) return { payment: await this.settle(known, dto, at), isNew: false };
    const paidAt = dto.status === 'paid' ? (dto.paid_at ?? at) : (dto.paid_at ?? null);
    const payment = await this.payments.insert(
      {
        id: randomUUID(),
        coachId,
        clientId,
        ...purpose,
        amountCents: dto.amount_cents,
        currency,
        paymentMethod: dto.payment_method ?? 'cash',
        reference: dto.reference ?? null,
        description: dto.description ?? null,
        status: paidAt === null ? 'pending' : 'paid',
        paidAt,
        dueAt: dto.due_at ?? null,
      },
      at,
    );
    if (paidAt !== null) await this.received(payment, at);
    return { payment: orThrow(await this.payments.find(payment.id), PaymentNotFound), isNew: true };
  }

  /**
   * Pays, cancels or corrects a payment; what is paid or cancelled stays so.
   *
   * @throws ClientNotFound, PaymentNotFound, InvalidTransition
   */
  @Transactional()
  async change(me: Principal, clientId: string, id: string, dto: ChangePaymentDto): Promise<Payment> {
    await this.begin(me.userId, clientId);
    const payment = orThrow(await this.payments.lockOfPair(id, me.userId, clientId), PaymentNotFound);
    return this.settle(payment, dto, this.clock.now());
  }

  private async begin(coachId: string, clientId: string): Promise<void> {
    orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
    await this.coaches.lockTimezone(coachId);
    // A request that was withdrawn while the lock was waited for may have taken the relation with it.
    orThrow(await this.relations.find(coachId, clientId), ClientNotFound);
  }

  private async settle(payment: PaymentEntity, dto: ChangePaymentDto | RecordPaymentDto, at: Date): Promise<Payment> {
    const settled = orThrow(settlement(payment.status, dto, at), InvalidTransition);
    await this.payments.update(payment, { ...changesIn(dto), ...settled }, at);
    const written = orThrow(await this.payments.find(payment.id), PaymentNotFound);
    if (settled.status === 'paid') await this.received(written, at);
    return written;
  }

  private async received(payment: PaymentEntity, at: Date): Promise<void> {
    const bookable = await this.purposes.paid(payment, payment.coachId, payment.clientId, at);
    await this.events.publish(new PaymentRecorded(factOfPayment(payment, at), bookable));
  }

  private async currencyOf(coachId: string): Promise<string> {
    return orThrow(await this.coaches.profileOf(coachId), ClientNotFound).currency;
  }
}

/** What a request names, beside the settlement; an absent field is unchanged, null clears. */
function changesIn(dto: ChangePaymentDto | RecordPaymentDto): PaymentChanges {
  return {
    ...('amount_cents' in dto && { amountCents: dto.amount_cents }),
    ...(dto.payment_method && { paymentMethod: dto.payment_method }),
    ...(dto.due_at !== undefined && { dueAt: dto.due_at }),
    ...(dto.reference !== undefined && { reference: dto.reference }),
    ...(dto.description !== undefined && { description: dto.description }),
  };
}
