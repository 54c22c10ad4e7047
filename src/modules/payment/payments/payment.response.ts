import { HttpStatus } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from 'src/common/http/answer';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { Recorded } from './payment-recording.service';
import { PAYMENT_METHODS, PAYMENT_STATUSES, type PaymentMethod, type PaymentStatus } from './payment.state';
import type { Payment } from './payment.types';

export class PaymentResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  package_id: string | null;
  @ApiProperty({ type: String, nullable: true })
  package_name: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  booking_id: string | null;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  @ApiProperty({ type: 'integer' })
  amount_cents: number;
  /** ISO 4217. */
  currency: string;
  @ApiProperty({ enum: PAYMENT_METHODS })
  payment_method: PaymentMethod;
  @ApiProperty({ type: String, nullable: true })
  reference: string | null;
  @ApiProperty({ enum: PAYMENT_STATUSES })
  status: PaymentStatus;
  @ApiProperty({ type: String, nullable: true })
  description: string | null;
  @ApiInstant({ nullable: true })
  paid_at: string | null;
  @ApiInstant({ nullable: true, description: 'After it an open payment is late; null = never' })
  due_at: string | null;
  @ApiInstant()
  created_at: string;

  static from(payment: Payment): PaymentResponse {
    return {
      id: payment.id,
      package_id: payment.packageId,
      package_name: payment.packageName,
      booking_id: payment.bookingId,
      coach_id: payment.coachId,
      client_id: payment.clientId,
      amount_cents: payment.amountCents,
      currency: payment.currency,
      payment_method: payment.paymentMethod,
      reference: payment.reference,
      status: payment.status,
      description: payment.description,
      paid_at: wireInstantOrNull(payment.paidAt),
      due_at: wireInstantOrNull(payment.dueAt),
      created_at: wireInstant(payment.createdAt),
    };
  }
}

export class PaymentPage extends PageResponse(PaymentResponse) {}

/** 201 with a new payment, 200 with one that was there and has been settled. */
export function answerOf({ payment, isNew }: Recorded): Answer<PaymentResponse> {
  return new Answer(isNew ? HttpStatus.CREATED : HttpStatus.OK, PaymentResponse.from(payment));
}
