import type { PaymentEntity } from 'src/modules/payment/entities/payment.entity';

/** A payment as it is read, with the name of the package that it pays for. */
export type Payment = PaymentEntity & { packageName: string | null };

/** A booking that is to be paid by itself (rules §5.4). */
export interface BilledBooking {
  bookingId: string;
  /** users.id */
  coachId: string;
  /** users.id */
  clientId: string;
  amountCents: number;
  /** ISO 4217. */
  currency: string;
  at: Date;
}
