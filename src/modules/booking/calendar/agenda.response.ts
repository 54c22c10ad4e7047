import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import { BOOKING_STATUSES, BOOKING_TYPES, type BookingStatus, type Part } from 'src/modules/booking/booking.state';
import { titleOf } from './calendar.rules';
import type { OwnEvent } from './calendar.types';

export class AgendaEventResponse {
  @ApiProperty({ format: 'uuid' })
  booking_id: string;
  /** The other party's name. */
  title: string;
  @ApiInstant()
  scheduled_at: string;
  @ApiInstant()
  ends_at: string;
  @ApiProperty({ enum: BOOKING_STATUSES })
  status: BookingStatus;
  @ApiProperty({ enum: BOOKING_TYPES })
  type: string;
  @ApiProperty({ enum: ['client', 'coach'], type: String })
  as: Part;
  @ApiProperty({ format: 'uuid' })
  coach_id: string;
  coach_name: string;
  @ApiProperty({ format: 'uuid' })
  client_id: string;
  client_name: string;
  gym_name: string | null;

  static from(event: OwnEvent): AgendaEventResponse {
    return {
      booking_id: event.bookingId,
      title: titleOf(event),
      scheduled_at: wireInstant(event.scheduledAt),
      ends_at: wireInstant(event.endsAt),
      status: event.status,
      type: event.type,
      as: event.as,
      coach_id: event.coachId,
      coach_name: event.coachName,
      client_id: event.clientId,
      client_name: event.clientName,
      gym_name: event.gymName,
    };
  }
}

export class AgendaPage extends PageResponse(AgendaEventResponse) {}
