import { ApiProperty } from '@nestjs/swagger';
import type { BulkCancellation } from './bulk-cancel.service';

const Count = (description?: string): PropertyDecorator => ApiProperty({ type: 'integer', minimum: 0, description });

export class BulkCancelResponse {
  @Count('Bookings that are cancelled now and were not before')
  cancelled_count: number;
  @Count('Not settled within 5 seconds')
  sms_pending_count: number;
  @Count()
  sms_sent_count: number;
  @Count('With those who cannot be reached by SMS')
  sms_failed_count: number;
  @ApiProperty({
    type: [String],
    description: 'Names of the clients whom no SMS reached, whose session is first first',
  })
  failed_clients: string[];

  static from({ cancelled, sms, failedClients }: BulkCancellation): BulkCancelResponse {
    return {
      cancelled_count: cancelled,
      sms_pending_count: sms.pending,
      sms_sent_count: sms.sent,
      sms_failed_count: sms.failed,
      failed_clients: failedClients,
    };
  }
}
