import type { PaymentEntity } from 'src/modules/payment/entities/payment.entity';
import type { PaymentFact } from 'src/modules/payment/payment.events';
import { isOpen, mayBecome, type PaymentStatus } from './payment.state';

/** How long a session may be paid after it (rules §5.4). */
export const DUE_DAYS = 14;

interface Wish {
  status?: 'pending' | 'paid' | 'cancelled';
  paid_at?: Date | null;
}

/** What a payment becomes: its new status, if any, and its new day of payment, if any. */
export interface Settlement {
  status?: PaymentStatus;
  paidAt?: Date;
}

/**
 * What a request makes of a payment. A day of payment pays an open one, and corrects that of a paid one. Null when the
 * payment cannot go there.
 */
export function settlement(current: PaymentStatus, wish: Wish, now: Date): Settlement | null {
  const { status, paid_at: paidAt } = wish;
  const wanted = status ?? (paidAt && isOpen(current) ? 'paid' : undefined);
  if (wanted === undefined || wanted === 'pending') {
    if (!paidAt) return {};
    return current === 'paid' ? { paidAt } : null;
  }
  if (!mayBecome(current, wanted)) return null;
  return wanted === 'paid' ? { status: wanted, paidAt: paidAt ?? now } : { status: wanted };
}

/** A payment as its facts tell of it. */
export function factOfPayment(payment: PaymentEntity, at: Date): PaymentFact {
  const { id, coachId, clientId, packageId, bookingId, amountCents, currency } = payment;
  return { paymentId: id, coachId, clientId, packageId, bookingId, amountCents, currency, at };
}
