import { Injectable } from '@nestjs/common';
import type { Principal } from 'src/common/auth/principal';
import { localDate } from 'src/common/clock/local-days';
import type { CsvCell } from 'src/common/csv/csv-file';
import { orThrow } from 'src/common/errors/domain.error';
import { languageOf } from 'src/common/i18n/languages';
import { Translator } from 'src/common/i18n/translator';
import { batches } from 'src/common/paging/batches';
import { type InstantRange, resolveRange } from 'src/common/paging/range';
import { RelationService } from 'src/modules/coach/relations/relation.service';
import { ClientNotFound } from 'src/modules/payment/payment.errors';
import type { ExportPaymentsQuery } from './payment.dto';
import { type ExportedPayment, PaymentRepository } from './payment.repository';

const BATCH = 500;
const COLUMNS = [
  'date',
  'client',
  'description',
  'sessions',
  'amount_cents',
  'currency',
  'payment_method',
  'status',
  'reference',
] as const;

/** A table that is read while it is written. */
export interface PaymentTable {
  columns: readonly string[];
  rows: AsyncIterable<readonly CsvCell[]>;
}

interface Selection extends InstantRange {
  coachId: string;
  clientId?: string;
}

/** What a coach hands to his accountant. */
@Injectable()
export class PaymentExportService {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly relations: RelationService,
    private readonly translator: Translator,
  ) {}

  /**
   * All payments of the caller as coach, oldest first, read in batches. A day is that of the payment, or while it is not
   * paid that of its record, in the caller's zone.
   *
   * @throws ClientNotFound, ValidationFailed `invalid_date_range`
   */
  async table(me: Principal, query: ExportPaymentsQuery): Promise<PaymentTable> {
    const range = resolveRange(query, me.timezone);
    const { client_id: clientId } = query;
    if (clientId !== undefined) orThrow(await this.relations.find(me.userId, clientId), ClientNotFound);
    const selection = { coachId: me.userId, clientId, ...range };
    // Read before the first byte is sent: a database that is away is still a refusal then.
    const first = await this.payments.exported(selection, null, BATCH);
    return { columns: COLUMNS, rows: this.rows(selection, first, me) };
  }

  private async *rows(selection: Selection, first: ExportedPayment[], me: Principal): AsyncGenerator<CsvCell[]> {
    const language = languageOf(me.locale);
    for await (const batch of batches(BATCH, (last) => this.payments.exported(selection, last, BATCH), first))
      for (const payment of batch) {
        const clientName = this.translator.shown(language, payment.clientName);
        yield rowOf({ ...payment, clientName }, me.timezone);
      }
  }
}

function rowOf(payment: ExportedPayment, zone: string): CsvCell[] {
  return [
    localDate(payment.day, zone),
    payment.clientName,
    payment.description ?? payment.packageName,
    payment.packageSessions ?? (payment.bookingId === null ? null : 1),
    payment.amountCents,
    payment.currency,
    payment.paymentMethod,
    payment.status,
    payment.reference,
  ];
}
