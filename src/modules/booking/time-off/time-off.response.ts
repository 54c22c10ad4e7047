import { ApiProperty } from '@nestjs/swagger';
import { ApiInstant, wireInstant } from 'src/common/http/instants';
import { PageResponse } from 'src/common/paging/page';
import type { TimeOff } from 'src/modules/booking/entities/time-off.entity';

/** An absence, seen by its coach. */
export class TimeOffResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiInstant()
  starts_at: string;
  @ApiInstant()
  ends_at: string;
  reason: string | null;
  @ApiInstant()
  created_at: string;

  static from(timeOff: TimeOff): TimeOffResponse {
    return {
      id: timeOff.id,
      starts_at: wireInstant(timeOff.startsAt),
      ends_at: wireInstant(timeOff.endsAt),
      reason: timeOff.reason,
      created_at: wireInstant(timeOff.createdAt),
    };
  }
}

export class TimeOffPage extends PageResponse(TimeOffResponse) {}

/** An absence that was just taken, with the sessions that it found. */
export class TakenTimeOffResponse extends TimeOffResponse {
  @ApiProperty({
    type: [String],
    format: 'uuid',
    description: 'Pending and confirmed bookings inside, by start; they stay as they are',
  })
  affected_booking_ids: string[];

  static fromTaken(taken: { timeOff: TimeOff; affectedBookingIds: string[] }): TakenTimeOffResponse {
    return { ...TimeOffResponse.from(taken.timeOff), affected_booking_ids: taken.affectedBookingIds };
  }
}
