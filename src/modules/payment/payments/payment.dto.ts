import { Cents, Currency } from 'src/common/http/domain-fields';
import { Check, Choice, Id, Instant, Nullable, Optional, Text } from 'src/common/http/fields';
import { PageQuery } from 'src/common/paging/page';
import { InstantOrDay } from 'src/common/paging/range';
import { PAYMENT_METHODS, PAYMENT_STATUSES, type PaymentMethod, type PaymentStatus } from './payment.state';

function hasDateOfPayment(request: object): boolean {
  return (request as RecordPaymentDto).paid_at instanceof Date;
}

export class RecordPaymentDto {
  @Cents()
  amount_cents: number;

  /** That of what it pays, else the coach's. */
  @Optional()
  @Currency()
  currency?: string;

  @Optional()
  @Choice(PAYMENT_METHODS)
  payment_method?: PaymentMethod;

  @Nullable()
  @Id()
  package_id?: string | null;

  /** A payment is for a package or for a booking. */
  @Nullable()
  @Id()
  @Check('invalid_value', (value, whole) => !value || !(whole as RecordPaymentDto).package_id)
  booking_id?: string | null;

  @Nullable()
  @Text({ max: 100 })
  reference?: string | null;

  @Nullable()
  @Text({ max: 500, multiline: true })
  description?: string | null;

  @Nullable()
  @Instant()
  paid_at?: Date | null;

  @Nullable()
  @Instant()
  due_at?: Date | null;

  /** Paid when `paid_at` is given, else pending. */
  @Optional()
  @Choice(['pending', 'paid'])
  @Check('invalid_value', (value, whole) => value !== 'pending' || !hasDateOfPayment(whole))
  status?: 'pending' | 'paid';
}

export class ChangePaymentDto {
  @Optional()
  @Choice(['paid', 'cancelled'])
  @Check('invalid_value', (value, whole) => value !== 'cancelled' || !hasDateOfPayment(whole))
  status?: 'paid' | 'cancelled';

  @Optional()
  @Choice(PAYMENT_METHODS)
  payment_method?: PaymentMethod;

  /** Of an open payment: it is paid now. */
  @Optional()
  @Instant()
  paid_at?: Date;

  @Nullable()
  @Instant()
  due_at?: Date | null;

  @Nullable()
  @Text({ max: 100 })
  reference?: string | null;

  @Nullable()
  @Text({ max: 500, multiline: true })
  description?: string | null;
}

export class ListClientPaymentsQuery extends PageQuery {
  @Optional()
  @Choice(PAYMENT_STATUSES)
  status?: PaymentStatus;

  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}

export class ListOwnPaymentsQuery extends PageQuery {
  @Optional()
  @Id()
  coach_id?: string;

  @Optional()
  @Choice(PAYMENT_STATUSES)
  status?: PaymentStatus;
}

export class ExportPaymentsQuery {
  @Optional()
  @Id()
  client_id?: string;

  @Optional()
  @InstantOrDay()
  from?: string;

  @Optional()
  @InstantOrDay()
  to?: string;
}
