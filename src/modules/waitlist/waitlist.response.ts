import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant, wireInstantOrNull } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { BookingResponse } from 'src/modules/booking/booking.response';
import type { Confirmation } from './waitlist-confirmation.service';
import { WAITLIST_STATUSES, type WaitlistStatus } from './waitlist.state';
import type { WaitlistEntry } from './waitlist.types';

export class WaitlistEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  coach_name: string;
  client_name: string;
  @ApiInstant({ description: 'The start of the slot that is waited for' })
  slot_datetime: string;
  @ApiProperty({ type: 'integer', description: '1 = next; of an entry that waits no more, the last one it had' })
  position: number;
  @ApiProperty({ enum: WAITLIST_STATUSES })
  status: WaitlistStatus;
  @ApiInstant({ nullable: true, description: 'When a place was offered' })
  notified_at: string | null;
  @ApiInstant({ nullable: true, description: 'Until when it can be taken, that instant included' })
  expires_at: string | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  booking_id: string | null;
  @ApiInstant()
  created_at: string;

  static from(entry: WaitlistEntry): WaitlistEntryResponse {
    return {
      id: entry.id,
      coach_id: entry.coachId,
      client_id: entry.clientId,
      coach_name: entry.coachName,
      client_name: entry.clientName,
      slot_datetime: wireInstant(entry.startsAt),
      position: entry.position,
      status: entry.status,
      notified_at: wireInstantOrNull(entry.notifiedAt),
      expires_at: wireInstantOrNull(entry.expiresAt),
      booking_id: entry.bookingId,
      created_at: wireInstant(entry.createdAt),
    };
  }
}

export class WaitlistEntryPage extends PageResponse(WaitlistEntryResponse) {}

export class WaitlistConfirmationResponse {
  entry: WaitlistEntryResponse;
  booking: BookingResponse;

  static from({ entry, booking }: Confirmation): WaitlistConfirmationResponse {
    return { entry: WaitlistEntryResponse.from(entry), booking: BookingResponse.from(booking) };
  }
}
