import { Injectable } from '@nestjs/common';
import { AuditLog } from 'src/common/audit/audit-log';
import { BookingHistoryRepository } from './booking-history.repository';
import type { BookingStep } from './booking.types';

/** Writes what happened to a booking: into its history, and where an admin did it in the coach's place also as such. */
@Injectable()
export class BookingRecord {
  constructor(
    private readonly history: BookingHistoryRepository,
    private readonly audit: AuditLog,
  ) {}

  async append(bookingId: string, step: BookingStep): Promise<void> {
    await this.history.append(bookingId, step);
    if (step.actorRole === 'admin') await this.audit.write('booking.moved', { type: 'booking', id: bookingId });
  }
}
